// The interactive map: MapLibre and nothing that another page needs.
//
// A place for a map is an element with `data-map`, the address of its style, and optionally
// `data-bounds`, west, south, east and north in degrees. `data-map-state` then says how far it has
// come: "starting", "ready". The page links map.css.

import { Map as MapView, NavigationControl, setWorkerUrl } from "maplibre-gl";
import type { LngLatBoundsLike } from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs";

setWorkerUrl(new URL(worker, import.meta.url).href);

const SWEDEN: [number, number, number, number] = [10.5, 55.2, 24.3, 69.1];

export function boundsOf(text: string | undefined): LngLatBoundsLike {
  const numbers = (text ?? "").split(",").map(Number);
  const [west, south, east, north] = numbers;
  if (numbers.length !== 4 || !numbers.every(Number.isFinite)) return SWEDEN;
  return [west as number, south as number, east as number, north as number];
}

export function drawMap(place: HTMLElement): MapView {
  place.dataset["mapState"] = "starting";
  const map = new MapView({
    container: place,
    style: place.dataset["map"] ?? "",
    bounds: boundsOf(place.dataset["bounds"]),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
  });
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.once("load", () => {
    place.dataset["mapState"] = "ready";
  });
  return map;
}
