// The reader's choice of light or dark, kept in her own browser. Without one the system decides.

import { within } from "./within";

const MODES = ["auto", "light", "dark"] as const;
export type ColourMode = (typeof MODES)[number];

const KEY = "colour-mode";

function isColourMode(value: string | null): value is ColourMode {
  return MODES.some((mode) => mode === value);
}

export function storedColourMode(): ColourMode {
  try {
    const value = localStorage.getItem(KEY);
    return isColourMode(value) ? value : "auto";
  } catch {
    return "auto"; // storage is closed to us in some private windows
  }
}

export function applyColourMode(mode: ColourMode): void {
  if (mode === "auto") delete document.documentElement.dataset["colourMode"];
  else document.documentElement.dataset["colourMode"] = mode;
}

function keepColourMode(mode: ColourMode): void {
  try {
    if (mode === "auto") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, mode);
  } catch {
    // The choice then holds for this page.
  }
}

/** Shows in the switch in `root` the choice that stands. */
export function showColourModes(root: ParentNode): void {
  const stored = storedColourMode();
  for (const group of within(root, "[data-colour-modes]")) {
    for (const radio of group.querySelectorAll<HTMLInputElement>("input[type=radio]")) {
      radio.checked = radio.value === stored;
    }
  }
}

/** Follows the switch wherever it is on the page, and the same choice made in another tab. */
export function followColourModes(): void {
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    if (!target.closest("[data-colour-modes]") || !isColourMode(target.value)) return;
    applyColourMode(target.value);
    keepColourMode(target.value);
  });
  addEventListener("storage", ({ key }) => {
    if (key !== KEY) return;
    applyColourMode(storedColourMode());
    showColourModes(document);
  });
}
