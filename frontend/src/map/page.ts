// The page around the map: the server writes every state of it, and its parts are put in place.

const PARTS = ["map-head", "map-legend", "map-table", "map-after"];

/** What belongs to the form as it stands; another subject or level has other choices. */
function shape(form: Element | null): string {
  const selects = form?.querySelectorAll("select") ?? [];
  return [...selects]
    .map((select) =>
      select.name === "indicator"
        ? select.value
        : `${select.name}:${[...select.options].map((option) => option.value).join()}`,
    )
    .concat([...(form?.querySelectorAll<HTMLInputElement>("input[type=hidden]") ?? [])].map(
      (input) => `${input.name}=${input.value}`,
    ))
    .join(" ");
}

/** The address of what the form says. */
export function addressOf(form: HTMLFormElement): string {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value !== "") asked.append(name, value);
  }
  return `${location.pathname}?${asked}`;
}

let going: AbortController | null = null;

/** Fetches a state of the page; null where another one was asked for meanwhile. */
export async function fetched(address: string): Promise<Document | null> {
  going?.abort();
  const own = (going = new AbortController());
  try {
    const response = await fetch(address, { signal: own.signal });
    if (!response.ok) throw new Error(String(response.status));
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch (error) {
    if (own.signal.aborted) return null;
    throw error;
  }
}

/** Puts the parts of a page that was fetched in place of those that stand. */
export function put(page: Document): void {
  const focused = document.activeElement?.id;
  const parts = [...PARTS];
  if (shape(page.getElementById("map-choices")) !== shape(document.getElementById("map-choices"))) {
    parts.push("map-choices");
  }
  for (const id of parts) {
    const [now, then] = [document.getElementById(id), page.getElementById(id)];
    if (now && then) now.replaceWith(document.adoptNode(then));
  }
  const [now, then] = [document, page].map((one) => one.querySelector(".languages"));
  if (now && then) now.replaceWith(document.adoptNode(then));
  document.title = page.title;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}
