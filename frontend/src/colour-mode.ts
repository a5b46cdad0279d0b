// The reader's choice of light or dark, kept in her own browser. Without one the system decides.

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

function radios(root: ParentNode): HTMLInputElement[] {
  return [...root.querySelectorAll<HTMLInputElement>("[data-colour-modes] input[type=radio]")];
}

/** Shows the switch in `root`, which is hidden until now, with the choice that stands. */
export function showColourModes(root: ParentNode): void {
  const stored = storedColourMode();
  for (const radio of radios(root)) radio.checked = radio.value === stored;
  for (const group of root.querySelectorAll<HTMLElement>("[data-colour-modes]")) {
    group.hidden = false;
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
