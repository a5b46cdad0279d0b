// What every page has. A page is whole without it.

import htmx from "htmx.org";
import { followColourModes, showColourModes } from "./colour-mode";
import { followSearches } from "./find";
import { fetchForPaper } from "./printing";
import { within } from "./within";

htmx.config.includeIndicatorCSS = false; // our own style sheet has it

/** Fetches the map's module, by far the largest, only where there is a map to draw. */
async function drawMaps(root: ParentNode): Promise<void> {
  const places = within(root, "[data-map]:not([data-map-state])");
  if (places.length === 0) return;
  const { drawMap } = await import("./map");
  for (const place of places) void drawMap(place);
}

/** Fetches what keeps a report's texts only where there is a form for them. */
async function keepReports(root: ParentNode): Promise<void> {
  if (within(root, "form[data-report]").length === 0) return;
  const { followReports } = await import("./report");
  followReports(root);
}

followColourModes();
showColourModes(document);
followSearches(document);
fetchForPaper();
void drawMaps(document);
void keepReports(document);
htmx.onLoad((part) => {
  followSearches(part);
  showColourModes(part);
  void drawMaps(part);
});
