// Light or dark, as the page is, and the map in its colours.

import type { StyleSpecification } from "maplibre-gl";
import type { Colours, Figures } from "./data";

export type Look = "light" | "dark";

const SYSTEM = matchMedia("(prefers-color-scheme: dark)");
export const HATCHING = "unknown";

export function currentLook(): Look {
  const chosen = document.documentElement.dataset["colourMode"];
  if (chosen === "light" || chosen === "dark") return chosen;
  return SYSTEM.matches ? "dark" : "light";
}

/** Tells of each change of the page's colours, by the reader or by the system. */
export function followLook(tell: (look: Look) => void): void {
  let last = currentLook();
  const changed = (): void => {
    const look = currentLook();
    if (look !== last) tell((last = look));
  };
  SYSTEM.addEventListener("change", changed);
  new MutationObserver(changed).observe(document.documentElement, {
    attributeFilter: ["data-colour-mode"],
  });
}

/** The address of a style in the page's colours. */
export function inLook(address: string, look: Look): string {
  return look === "dark" ? `${address}&look=dark` : address;
}

/** The colour of an area by the class in its state. */
export function fill(colours: Colours): unknown[] {
  const pairs = colours.classes.flatMap((colour, at) => [at, colour]);
  const state = ["coalesce", ["feature-state", "class"], -1];
  return pairs.length > 0 ? ["match", state, ...pairs, colours.missing] : ["literal", colours.missing];
}

/** The style with the colours of the figures, and hatching where some area has none. */
export function coloured(style: StyleSpecification, figures: Figures, look: Look): StyleSpecification {
  const layers = style.layers.map((layer) => {
    if (layer.id === "areas" && layer.type === "fill") {
      const paint = { ...layer.paint, "fill-color": fill(figures.colours[look]) };
      return { ...layer, paint } as typeof layer;
    }
    if (layer.id === HATCHING && layer.type === "fill") {
      const visibility = figures.classes.includes(".") ? "visible" : "none";
      return { ...layer, layout: { ...layer.layout, visibility } } as typeof layer;
    }
    return layer;
  });
  return { ...style, layers };
}

/** Lines across, to be seen without telling colours apart. */
export function hatching(colours: Colours): ImageData {
  const size = 16;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
  pen.fillStyle = colours.missing;
  pen.fillRect(0, 0, size, size);
  pen.strokeStyle = colours.hatching;
  pen.lineWidth = 1.5;
  pen.beginPath();
  for (const start of [-size, -size / 2, 0, size / 2, size]) {
    pen.moveTo(start, size);
    pen.lineTo(start + size, 0);
  }
  pen.stroke();
  return pen.getImageData(0, 0, size, size);
}
