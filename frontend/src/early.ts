// Runs before the page is drawn: a reader who has chosen a colour mode never sees the other one.

import { applyColourMode, storedColourMode } from "./colour-mode";

applyColourMode(storedColourMode());
document.documentElement.dataset["script"] = "yes";
