// The interactive map: MapLibre and nothing that another page needs.
//
// A place for a map is an element with `data-map`, the address of its style, and optionally
// `data-bounds`, west, south, east and north in degrees. With `data-areas` and `data-figures` its
// areas have colours, can be pointed at and gone through by keyboard: see map/explorer.ts. The
// page links map.css. For tests and benchmarks the element tells how it is:
//   data-map-state   "starting", "ready", "changing", or "failed" where there is no WebGL
//   data-period      the period whose colours it shows
//   data-chosen      the code of the area that is chosen
//   mapView          (a property) MapLibre's own map

import { Map as MapView, NavigationControl, setWorkerUrl } from "maplibre-gl";
import type { LngLatBoundsLike, StyleSpecification } from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs";
import { type Areas, type Figures, asked } from "./map/data";
import { Explorer, bounded, shownBy } from "./map/explorer";
import { coloured, currentLook, hatching, HATCHING, inLook } from "./map/look";

setWorkerUrl(new URL(worker, import.meta.url).href);

const SWEDEN: [number, number, number, number] = [10.5, 55.2, 24.3, 69.1];

/** A place of a map that has been drawn. */
export interface MapPlace extends HTMLElement {
  mapView?: MapView;
}

export function boundsOf(text: string | undefined): LngLatBoundsLike {
  return bounded(text ?? "") ?? SWEDEN;
}

export async function drawMap(place: MapPlace): Promise<void> {
  if (place.dataset["mapState"]) return; // it was found twice while this module was on its way
  place.dataset["mapState"] = "starting";
  try {
    if (place.dataset["figures"]) await drawAreas(place);
    else await ready(place, view(place, place.dataset["map"] ?? ""));
  } catch (error) {
    showPicture(place);
    console.warn(error);
  }
}

async function drawAreas(place: MapPlace): Promise<void> {
  const shown = shownBy(place);
  const look = currentLook();
  const [own, areas, figures] = await Promise.all([
    asked<StyleSpecification>(inLook(shown.style, look)),
    asked<Areas>(shown.areas),
    asked<Figures>(shown.figures),
  ]);
  const map = view(place, await onGround(place, coloured(own, figures, look)));
  await map.once("style.load");
  map.addImage(HATCHING, hatching(figures.colours[look]), { pixelRatio: 2 });
  new Explorer(place, map, shown, areas, figures);
  await ready(place, map);
}

function view(place: MapPlace, style: string | StyleSpecification): MapView {
  const map = new MapView({
    container: place,
    style,
    bounds: boundsOf(place.dataset["bounds"]),
    fitBoundsOptions: { padding: 24 },
    maxZoom: 15,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    keyboard: !place.dataset["figures"],
    fadeDuration: 0,
    renderWorldCopies: false,
    locale: {
      "NavigationControl.ZoomIn": place.dataset["zoomIn"] ?? "Zoom in",
      "NavigationControl.ZoomOut": place.dataset["zoomOut"] ?? "Zoom out",
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  place.mapView = map;
  return map;
}

async function ready(place: MapPlace, map: MapView): Promise<void> {
  if (!map.loaded()) await map.once("load");
  place.dataset["mapState"] = "ready";
}

/** The style upon the background that an operator has chosen, under its names. */
async function onGround(place: MapPlace, own: StyleSpecification): Promise<StyleSpecification> {
  const address = place.dataset["basemap"];
  if (!address) return own;
  try {
    const ground = await asked<StyleSpecification>(address);
    const names = ground.layers.findIndex((layer) => layer.type === "symbol");
    const split = names < 0 ? ground.layers.length : names;
    const layers = own.layers
      .filter(({ id }) => id !== "sea" && id !== "land")
      .map((layer) => (layer.type === "symbol" ? layer : translucent(layer)));
    return {
      ...ground,
      sources: { ...ground.sources, ...own.sources },
      layers: [...ground.layers.slice(0, split), ...layers, ...ground.layers.slice(split)],
    };
  } catch (error) {
    console.warn(error); // a map without its background is a map
    return own;
  }
}

function translucent<L extends StyleSpecification["layers"][number]>(layer: L): L {
  if (layer.id !== "areas" || layer.type !== "fill") return layer;
  const out = ["boolean", ["feature-state", "out"], false];
  return { ...layer, paint: { ...layer.paint, "fill-opacity": ["case", out, 0.15, 0.7] } };
}

/** The same map as a picture, where the browser cannot draw this one. */
function showPicture(place: MapPlace): void {
  place.dataset["mapState"] = "failed";
  const picture = document.getElementById("map-picture");
  const page = new DOMParser().parseFromString(
    picture?.querySelector("noscript")?.textContent ?? "",
    "text/html",
  );
  const told = document.createElement("p");
  told.textContent = place.dataset["failed"] ?? "";
  picture?.replaceChildren(told, ...page.body.children);
  place.hidden = true;
}
