// A grid of links is one stop for the keyboard: within it one goes by arrows, Home and End.

type Place = { row: number; column: number };

type Step = (at: Place) => Place;

const STEPS: Record<string, Step> = {
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
};

function cellsOf(table: HTMLTableElement): (HTMLAnchorElement | null)[][] {
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  return rows.map((row) =>
    [...row.querySelectorAll("td")].map((cell) => cell.querySelector<HTMLAnchorElement>("a.tie-cell")),
  );
}

function onlyStop(all: (HTMLAnchorElement | null)[][], stop: HTMLAnchorElement | undefined): void {
  for (const link of all.flat()) if (link) link.tabIndex = link === stop ? 0 : -1;
}

/** The link that a key leads to; the cell in which a row meets itself has none and is passed. */
function reached(
  all: (HTMLAnchorElement | null)[][],
  from: Place,
  key: string,
): HTMLAnchorElement | undefined {
  const links = (all[from.row] ?? []).filter((one) => one !== null);
  if (key === "Home") return links[0];
  if (key === "End") return links.at(-1);
  const step = STEPS[key];
  if (!step) return undefined;
  for (let at = step(from); ; at = step(at)) {
    const link = all[at.row]?.[at.column];
    if (link === undefined) return undefined; // outside
    if (link !== null) return link;
  }
}

export function followGrids(page: Document): void {
  for (const table of page.querySelectorAll<HTMLTableElement>("table[data-grid]")) {
    const all = cellsOf(table);
    const target = page.querySelector<HTMLAnchorElement>("td:target a.tie-cell");
    onlyStop(all, target ?? all.flat().find((link) => link !== null) ?? undefined);
    table.addEventListener("keydown", (event) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>("a.tie-cell");
      if (!link || event.altKey || event.ctrlKey || event.metaKey) return;
      const row = all.findIndex((one) => one.includes(link));
      const column = all[row]?.indexOf(link) ?? 0;
      const next = reached(all, { row, column }, event.key);
      if (!next) return;
      event.preventDefault();
      onlyStop(all, next);
      next.focus();
    });
  }
}
