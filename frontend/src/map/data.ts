// What the page's server tells of areas and their figures: see explore/areamap/columns.py.

/** The areas of a level by position, which is their id in tiles. */
export interface Areas {
  level: string;
  kind: string;
  codes: string[];
  names: (string | null)[];
  x: (number | null)[];
  y: (number | null)[];
  municipality?: (string | null)[];
  county?: (string | null)[];
  parent?: (string | null)[];
  towns: Record<string, string>;
  down: string;
}

export interface Colours {
  classes: string[];
  missing: string;
  hatching: string;
}

/** A figure of each area: the digit of its class or a dot, and the figure in words. */
export interface Figures {
  title: string;
  classes: string;
  said: string[];
  labels: string[];
  shades: string[];
  missing: string;
  colours: { light: Colours; dark: Colours };
}

const KEPT = 24;
const kept = new Map<string, Promise<unknown>>();

/** A JSON answer; the last ones are kept, for the slider goes back and forth. */
export function asked<T>(address: string): Promise<T> {
  let answer = kept.get(address);
  if (answer === undefined) {
    answer = fetch(address).then((response) => {
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      return response.json() as Promise<unknown>;
    });
    answer.catch(() => kept.delete(address));
  }
  kept.delete(address);
  kept.set(address, answer);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  return answer as Promise<T>;
}

/** The class of an area, -1 where it has no figure. */
export function classOf(figures: Figures, id: number): number {
  const letter = figures.classes.charCodeAt(id) - 48;
  return letter >= 0 && letter <= 9 ? letter : -1;
}

/** Whether an area lies in the place that is shown, such as municipality/1488; all lie in none. */
export function liesIn(areas: Areas, id: number, within: string): boolean {
  if (within === "") return true;
  const [kind, code] = within.split("/");
  if (kind === areas.kind) return areas.codes[id] === code;
  if (kind === "municipality") return areas.municipality?.[id] === code;
  if (kind === "county") return areas.county?.[id] === code;
  return kind !== "regso" || areas.parent?.[id] === code;
}

/** An area's name with its municipality, where that is another. */
export function named(areas: Areas, id: number): { name: string; town: string } {
  const code = areas.codes[id] ?? "";
  const town = areas.towns[areas.municipality?.[id] ?? ""] ?? "";
  const name = areas.names[id] ?? code;
  return { name, town: areas.kind === "regso" || areas.kind === "deso" ? town : "" };
}
