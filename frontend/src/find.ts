// The search box: the arrow keys go through what was found, Escape puts it away, and how many there
// are is said to those who do not see them. What is found are links, so they work like any.

import { within } from "./within";

function step(from: Element | null, links: HTMLAnchorElement[], key: string): number {
  const at = links.findIndex((link) => link === from);
  if (key === "Home") return 0;
  if (key === "End") return links.length - 1;
  return key === "ArrowDown" ? Math.min(at + 1, links.length - 1) : at - 1;
}

function follow(box: HTMLElement): void {
  const input = box.querySelector<HTMLInputElement>("input[type=search]");
  const found = box.querySelector<HTMLElement>(".found");
  const status = box.querySelector<HTMLElement>("[role=status]");
  if (!input || !found || !status) return;
  let reached = ""; // the address of the link that has the focus
  let away = false; // until something is typed: an answer on its way comes too late
  const putAway = (): void => {
    reached = "";
    away = true;
    found.replaceChildren();
  };

  input.addEventListener("input", () => {
    away = false;
  });

  box.addEventListener("keydown", (event) => {
    const links = [...found.querySelectorAll("a")];
    const inside = found.contains(document.activeElement);
    if (event.key === "Escape") {
      // With nothing to put away the key does what it does in any search box: it empties it.
      if (found.hasChildNodes()) {
        event.preventDefault();
        input.focus();
      }
      putAway();
    } else if (links.length > 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      if (!inside && event.key === "ArrowUp") return;
      event.preventDefault();
      (links[step(document.activeElement, links, event.key)] ?? input).focus();
    } else if (inside && (event.key === "Home" || event.key === "End")) {
      event.preventDefault();
      links[step(null, links, event.key)]?.focus();
    } else if (inside && event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
      input.focus(); // who types on means the box
    }
  });
  box.addEventListener("focusin", ({ target }) => {
    reached = target instanceof HTMLAnchorElement && found.contains(target) ? target.href : "";
  });
  // Whoever goes elsewhere is done with it.
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !box.contains(relatedTarget)) putAway();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && !box.contains(target)) putAway();
  });
  new MutationObserver(() => {
    if (away) found.replaceChildren();
    const said = found.querySelector<HTMLElement>("[data-said]")?.dataset["said"] ?? "";
    if (status.textContent !== said) status.textContent = said;
    // An answer that comes late takes the link away that somebody has reached already.
    if (reached && document.activeElement === document.body) {
      const links = [...found.querySelectorAll("a")];
      (links.find(({ href }) => href === reached) ?? links[0] ?? input).focus();
    }
  }).observe(found, { childList: true, subtree: true });
}

/** Makes the search boxes in `root` follow the keyboard. */
export function followSearches(root: ParentNode): void {
  for (const box of within(root, "[data-find]:not([data-find=followed])")) {
    box.dataset["find"] = "followed";
    follow(box);
  }
}
