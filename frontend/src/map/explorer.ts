// The map of areas: its colours are the states of features, so that another figure needs no other
// tiles; what it shows follows the page, and the page follows what is chosen on it.

import type { Map as MapView, MapMouseEvent, StyleSpecification, VectorTileSource } from "maplibre-gl";
import { Card } from "./card";
import { type Areas, type Figures, asked, classOf, liesIn, named } from "./data";
import { HATCHING, coloured, currentLook, followLook, hatching, inLook } from "./look";
import { WAYS, nearest } from "./nearest";
import { addressOf, fetched, put } from "./page";
import { makeSliders } from "./slider";

const LAYER = { source: "areas", sourceLayer: "areas" };
const NONE = -1;

/** What the server tells in the map's place, by its data attributes. */
interface Shown {
  style: string;
  areas: string;
  figures: string;
  bounds: string;
  level: string;
  down: string;
  within: string;
  place: string;
}

export function shownBy(place: HTMLElement): Shown {
  const { map, areas, figures, bounds, level, down, within, place: page } = place.dataset;
  return {
    style: map ?? "",
    areas: areas ?? "",
    figures: figures ?? "",
    bounds: bounds ?? "",
    level: level ?? "",
    down: down ?? "",
    within: within ?? "",
    place: page ?? "",
  };
}

export function bounded(text: string): [number, number, number, number] | null {
  const [west, south, east, north, ...more] = text.split(",").map(Number);
  const edges = [west, south, east, north].map((edge) => edge ?? NaN);
  if (more.length > 0 || !edges.every(Number.isFinite)) return null;
  return edges as [number, number, number, number];
}

export class Explorer {
  private hovered = NONE;
  private chosen = NONE;
  private readonly card: Card;

  constructor(
    private readonly place: HTMLElement,
    private readonly map: MapView,
    private shown: Shown,
    private areas: Areas,
    private figures: Figures,
  ) {
    const words = { open: place.dataset["open"] ?? "", parts: place.dataset["parts"] ?? "" };
    this.card = new Card(place, words, () => this.goDown(this.chosen));
    this.paint();
    this.listenToPointer();
    this.listenToKeys();
    this.listenToPage();
    followLook(() => void this.redress());
  }

  // --- colours ---------------------------------------------------------------------------------

  /** Gives every area its class, and those beside the place that is shown less colour. */
  private paint(): void {
    for (let id = 0; id < this.areas.codes.length; id++) {
      const state = { class: classOf(this.figures, id), out: !liesIn(this.areas, id, this.shown.within) };
      this.map.setFeatureState({ ...LAYER, id }, state);
    }
    this.place.dataset["period"] = new URL(this.shown.figures, location.href).searchParams.get("period") ?? "";
  }

  /** The style in the colours of the page and of the figures; tiles stay as they are. */
  private async redress(): Promise<void> {
    const look = currentLook();
    const style = await asked<StyleSpecification>(inLook(this.shown.style, look));
    const picture = hatching(this.figures.colours[look]);
    if (this.map.hasImage(HATCHING)) this.map.updateImage(HATCHING, picture);
    this.map.setStyle(coloured(style, this.figures, look), { diff: true });
    this.paint();
  }

  // --- what is shown ---------------------------------------------------------------------------

  /** Goes to another state of the page; in the history where it is another place. */
  async go(address: string, keep: boolean): Promise<void> {
    this.place.dataset["mapState"] = "changing";
    let page: Document | null;
    try {
      page = await fetched(address);
    } catch {
      location.assign(address); // the page that says what is wrong
      return;
    }
    if (page === null) return;
    if (keep) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    await this.follow(page);
  }

  /** Shows what a page that was fetched says. */
  private async follow(page: Document): Promise<void> {
    const then = page.getElementById("map");
    if (!then) return location.reload();
    const now = shownBy(then);
    const before = this.shown;
    const [areas, figures] = await Promise.all([asked<Areas>(now.areas), asked<Figures>(now.figures)]);
    this.shown = now;
    this.figures = figures;
    this.choose(NONE);
    this.hover(NONE);
    put(page);
    this.dressPage();
    if (now.style !== before.style) await this.change(areas);
    else this.areas = areas;
    await this.redress();
    const edges = bounded(now.bounds);
    if (edges && now.bounds !== before.bounds) this.map.fitBounds(edges, { padding: 24 });
    this.place.dataset["mapState"] = "ready";
    this.say(document.querySelector("#map-head h1")?.textContent ?? "");
  }

  /** Takes the tiles of another level. */
  private async change(areas: Areas): Promise<void> {
    const style = await asked<StyleSpecification>(inLook(this.shown.style, currentLook()));
    const source = style.sources["areas"];
    this.map.removeFeatureState(LAYER);
    this.areas = areas;
    if (source?.type === "vector" && source.tiles) {
      (this.map.getSource("areas") as VectorTileSource).setTiles(source.tiles);
    }
  }

  /** Another period while the slider is drawn: the map only, the page follows when it is let go. */
  private async preview(period: string, level: string): Promise<void> {
    if (level !== this.areas.level) return; // other borders come with the page
    const address = new URL(this.shown.figures, location.href);
    address.searchParams.set("period", period);
    const wanted = address.pathname + address.search;
    this.shown = { ...this.shown, figures: wanted };
    const figures = await asked<Figures>(wanted);
    if (this.shown.figures !== wanted) return; // the slider has gone on
    this.figures = figures;
    this.paint();
  }

  /** Whether a click on an area shows its parts, or first the municipality that it lies in. */
  private canGoDown(id: number): boolean {
    return this.downFrom(id) !== null;
  }

  private downFrom(id: number): Record<string, string> | null {
    const { kind, codes, municipality, down } = this.areas;
    const town = municipality?.[id];
    const small = kind === "regso" || kind === "deso";
    if (small && town && !/^(municipality|regso|deso)\//.test(this.shown.within)) {
      return { within: `municipality/${town}`, level: this.level };
    }
    if (this.shown.down === "" || down[id] !== "1") return null;
    return { within: `${kind}/${codes[id]}`, level: this.shown.down };
  }

  private get level(): string {
    return new URL(this.shown.figures, location.href).searchParams.get("level") ?? this.shown.level;
  }

  private goDown(id: number): void {
    const changes = id === NONE ? null : this.downFrom(id);
    if (changes === null) return;
    const address = new URL(location.href);
    const asked = new URL(this.shown.figures, location.href).searchParams;
    const pinned = address.searchParams.has("release");
    for (const [name, value] of asked) {
      if (name !== "release" || pinned) address.searchParams.set(name, value);
    }
    for (const [name, value] of Object.entries(changes)) address.searchParams.set(name, value);
    address.searchParams.delete("page");
    void this.go(address.pathname + address.search, true);
  }

  private addressOf(id: number): string {
    const release = new URL(location.href).searchParams.get("release");
    const address = this.shown.place.replace("CODE", this.areas.codes[id] ?? "");
    return release === null ? address : `${address}?release=${encodeURIComponent(release)}`;
  }

  // --- one area --------------------------------------------------------------------------------

  private mark(id: number, hover: boolean): void {
    if (id === NONE) return;
    this.map.setFeatureState({ ...LAYER, id }, { hover });
    const code = this.areas.codes[id] ?? "";
    const row = document.querySelector(`#map-table tr[data-code="${CSS.escape(code)}"]`);
    row?.classList.toggle("is-shown", hover);
  }

  private tell(id: number, pinned: boolean): void {
    const { areas, figures } = this;
    this.card.show({ areas, figures, id, address: this.addressOf(id), down: this.canGoDown(id) }, pinned);
  }

  private hover(id: number): void {
    if (id === this.hovered) return;
    if (this.hovered !== this.chosen) this.mark(this.hovered, false);
    this.hovered = id;
    this.mark(id, true);
    if (id !== NONE) this.tell(id, false);
    else if (this.chosen !== NONE) this.tell(this.chosen, true);
    else this.card.hide();
  }

  private choose(id: number): void {
    this.mark(this.chosen, false);
    this.chosen = id;
    this.mark(id, true);
    if (id === NONE) this.card.hide();
    else this.tell(id, true);
    this.place.dataset["chosen"] = id === NONE ? "" : (this.areas.codes[id] ?? "");
  }

  private say(text: string): void {
    const said = document.getElementById("map-said");
    if (said) said.textContent = text;
  }

  private sayArea(id: number): void {
    const { name, town } = named(this.areas, id);
    const label = this.figures.labels[classOf(this.figures, id)] ?? "";
    const said = this.figures.said[id] ?? "";
    this.say([town ? `${name}, ${town}` : name, said, label === said ? "" : label].filter(Boolean).join(": "));
  }

  // --- pointer ---------------------------------------------------------------------------------

  private at(event: MapMouseEvent): number {
    const [found] = this.map.queryRenderedFeatures(event.point, { layers: ["areas"] });
    return typeof found?.id === "number" ? found.id : NONE;
  }

  private listenToPointer(): void {
    const canvas = this.map.getCanvas();
    this.map.on("mousemove", (event) => {
      if (this.map.isMoving()) return;
      const id = this.at(event);
      canvas.style.cursor = id === NONE ? "" : "pointer";
      this.hover(id);
      if (id !== NONE) this.card.move(event.point.x, event.point.y);
    });
    this.map.on("mouseout", () => this.hover(NONE));
    this.map.on("click", (event) => {
      const id = this.at(event);
      const { originalEvent } = event;
      const touched = originalEvent instanceof PointerEvent && originalEvent.pointerType === "touch";
      // A finger has no hover: the first touch tells of an area, its card leads on.
      if (id !== NONE && !touched && this.canGoDown(id)) this.goDown(id);
      else this.choose(id);
    });
  }

  // --- keyboard --------------------------------------------------------------------------------

  private listenToKeys(): void {
    const canvas = this.map.getCanvas();
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", this.place.dataset["label"] ?? "");
    canvas.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (this.pressed(event.key)) event.preventDefault();
    });
  }

  private pressed(key: string): boolean {
    const way = WAYS[key];
    if (way) this.step(way);
    else if (key === "Enter" && this.chosen !== NONE) location.assign(this.addressOf(this.chosen));
    else if (key === " " && this.chosen !== NONE) this.goDown(this.chosen);
    else if (key === "+") this.map.zoomIn();
    else if (key === "-") this.map.zoomOut();
    else if (key === "Escape" && this.chosen !== NONE) this.choose(NONE);
    else if (key === "Escape") this.goUp();
    else return false;
    return true;
  }

  private goUp(): void {
    const larger = document.querySelectorAll<HTMLAnchorElement>("#map-head .breadcrumb a");
    const last = larger[larger.length - 1];
    if (last) void this.go(last.pathname + last.search, true);
  }

  private step(way: readonly [number, number]): void {
    const { lng, lat } = this.map.getCenter();
    const [x, y] = [this.areas.x[this.chosen], this.areas.y[this.chosen]];
    const from = x != null && y != null ? { lng: x, lat: y } : { lng, lat };
    const here = this.chosen === NONE ? null : way;
    const id = nearest(this.areas, this.shown.within, { ...from, id: this.chosen }, here);
    if (id === NONE) return;
    this.choose(id);
    this.sayArea(id);
    this.bringIntoView(id);
  }

  private bringIntoView(id: number): void {
    const [lng, lat] = [this.areas.x[id], this.areas.y[id]];
    if (lng == null || lat == null) return;
    const { x, y } = this.map.project([lng, lat]);
    const { clientWidth, clientHeight } = this.place;
    const edge = 60;
    if (x > edge && y > edge && x < clientWidth - edge && y < clientHeight - 2 * edge) return;
    this.map.easeTo({ center: [lng, lat] }); // at once where motion is to be reduced
  }

  // --- the page --------------------------------------------------------------------------------

  private listenToPage(): void {
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!link?.closest("#map-head, #map-table thead, #map-table .pages")) return;
      if (link.pathname !== location.pathname || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      void this.go(link.pathname + link.search, link.closest("#map-head") !== null);
    });
    document.addEventListener("submit", (event) => {
      if (this.sendForm(event.target)) event.preventDefault();
    });
    document.addEventListener("change", ({ target }) => {
      if (target instanceof Element) this.sendForm(target.closest("form"));
    });
    addEventListener("popstate", () => void this.back());
    for (const [type, id] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]] as const) {
      document.addEventListener(type, ({ target }) => this.pointAt(target, id));
    }
    this.dressPage();
  }

  private sendForm(form: EventTarget | null): boolean {
    if (!(form instanceof HTMLFormElement) || form.id !== "map-choices") return false;
    void this.go(addressOf(form), false);
    return true;
  }

  private async back(): Promise<void> {
    const page = await fetched(location.href);
    if (page !== null) await this.follow(page);
  }

  private pointAt(target: EventTarget | null, there: boolean): void {
    const row = target instanceof Element ? target.closest<HTMLElement>("#map-table tr[data-code]") : null;
    if (!row) return;
    this.hover(there ? this.areas.codes.indexOf(row.dataset["code"] ?? "") : NONE);
    this.card.move(0, 0);
  }

  /** What a page needs that the server has just written. */
  private dressPage(): void {
    makeSliders(document, (period, level) => void this.preview(period, level));
  }
}
