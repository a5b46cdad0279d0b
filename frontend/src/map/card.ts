// The card that tells of an area: beside the pointer, or at the foot of the map when it is chosen.

import { type Areas, type Figures, classOf, named } from "./data";

export interface Words {
  open: string;
  parts: string;
}

export interface Told {
  areas: Areas;
  figures: Figures;
  id: number;
  address: string;
  /** Where it has parts to show. */
  down: boolean;
}

function element(tag: string, name: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = text;
  return made;
}

export class Card {
  private readonly root = element("div", "map-card");
  private wide = 0;

  constructor(
    private readonly frame: HTMLElement,
    private readonly words: Words,
    private readonly showParts: () => void,
  ) {
    this.root.hidden = true;
    frame.append(this.root);
  }

  /** Shows an area; `pinned` with ways on, at the foot of the map. */
  show(told: Told, pinned: boolean): void {
    const { areas, figures, id } = told;
    const { name, town } = named(areas, id);
    const at = classOf(figures, id);
    const label = at < 0 ? "" : (figures.labels[at] ?? "");
    const said = figures.said[id] ?? figures.missing;
    const value = element("p", "map-card-value");
    value.append(element("span", `shade ${at < 0 ? "none" : figures.shades[at]}`), ` ${said}`);
    this.root.replaceChildren(element("strong", "", name));
    if (town) this.root.append(element("span", "soft", town));
    this.root.append(value);
    if (label && label !== said) this.root.append(element("span", "soft", label));
    if (pinned) this.root.append(this.ways(told));
    this.root.classList.toggle("is-pinned", pinned);
    this.root.hidden = false;
    this.wide = this.root.offsetWidth;
    if (pinned) this.root.style.transform = "";
  }

  /** Moves it beside the pointer, inside the frame. */
  move(x: number, y: number): void {
    const room = this.frame.clientWidth;
    const left = x + 16 + this.wide > room ? Math.max(8, x - 16 - this.wide) : x + 16;
    const top = Math.max(8, Math.min(y + 12, this.frame.clientHeight - 120));
    this.root.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  hide(): void {
    this.root.hidden = true;
  }

  private ways({ address, down }: Told): HTMLElement {
    const ways = element("p", "map-card-ways");
    const open = element("a", "", this.words.open) as HTMLAnchorElement;
    open.href = address;
    ways.append(open);
    if (down) {
      const parts = element("button", "quiet", this.words.parts) as HTMLButtonElement;
      parts.type = "button";
      parts.addEventListener("click", this.showParts);
      ways.append(parts);
    }
    return ways;
  }
}
