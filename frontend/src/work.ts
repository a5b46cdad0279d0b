// What pages on which people work do beside what all pages do. Each module has one subject.
import { followDrafts } from "./work/drafts";
import { followGrids } from "./work/grid";

followDrafts(document);
followGrids(document);
