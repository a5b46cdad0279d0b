// A grid of links is one stop for the keyboard: within it one goes by arrows, Home and End.

type Place = { row: number; column: number };

const STEPS: Record<string, (at: Place, size: Place) => Place> = {
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }, size) => ({ row, column: size.column - 1 }),
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

function go(all: (HTMLAnchorElement | null)[][], from: Place, step: (at: Place, size: Place) => Place): void {
  const size = { row: all.length, column: all[0]?.length ?? 0 };
  let at = step(from, size);
  // The cell in which a row meets itself has no link: one goes past it.
  while (at.row >= 0 && at.row < size.row && at.column >= 0 && at.column < size.column) {
    const link = all[at.row]?.[at.column];
    if (link) {
      onlyStop(all, link);
      link.focus();
      return;
    }
    const next = step(at, size);
    if (next.row === at.row && next.column === at.column) return;
    at = next;
  }
}

export function followGrids(page: Document): void {
  for (const table of page.querySelectorAll<HTMLTableElement>("table[data-grid]")) {
    const all = cellsOf(table);
    const target = page.querySelector<HTMLAnchorElement>("td:target a.tie-cell");
    onlyStop(all, target ?? all.flat().find((link) => link !== null) ?? undefined);
    table.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      const link = (event.target as Element).closest<HTMLAnchorElement>("a.tie-cell");
      if (!step || !link || event.altKey || event.ctrlKey || event.metaKey) return;
      const row = all.findIndex((one) => one.includes(link));
      event.preventDefault();
      go(all, { row, column: all[row]?.indexOf(link) ?? 0 }, step);
    });
  }
}
