// The form of a situation report. What is chosen and typed is kept in the reader's own browser, one
// entry for each place, until she clears it; as a file the texts go to a colleague or the command.

import { within } from "./within";

interface Draft {
  period: string;
  compare: string[];
  sections: string[];
  author: string;
  own: Record<string, string>;
  saved: string; // when, as ISO 8601
}

const PAUSE = 600; // milliseconds without typing after which it is kept
const OWN = "own-";
const SHARED = ["period", "compare", "section"]; // what an address may tell

function isTexts(value: unknown): value is Record<string, string> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === "string")
  );
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const { period, compare, sections, author, own, saved } = value as Partial<Draft>;
  return (
    [period, author, saved].every((text) => typeof text === "string") &&
    isNames(compare) &&
    isNames(sections) &&
    isTexts(own)
  );
}

/** The fields of the form as a draft and back. */
class Fields {
  constructor(private readonly form: HTMLFormElement) {}

  areas(): HTMLTextAreaElement[] {
    return [...this.form.querySelectorAll("textarea")];
  }

  /** The box that says whether the section of a text is in the report. */
  section({ name }: HTMLTextAreaElement): HTMLInputElement | null {
    const value = CSS.escape(name.slice(OWN.length));
    return this.form.querySelector(`input[name=section][value="${value}"]`);
  }

  texts(): Record<string, string> {
    const filled = this.areas().filter(({ value }) => value.trim() !== "");
    return Object.fromEntries(filled.map(({ name, value }) => [name.slice(OWN.length), value]));
  }

  /** Puts texts in their fields, and opens what holds them; the names that have no field. */
  fill(texts: Record<string, string>): string[] {
    for (const area of this.areas()) {
      const text = texts[area.name.slice(OWN.length)];
      if (text === undefined) continue;
      area.value = text;
      for (let at = area.closest("details"); at; at = at.parentElement?.closest("details") ?? null)
        at.open = true;
    }
    const known = new Set(this.areas().map(({ name }) => name.slice(OWN.length)));
    return Object.keys(texts).filter((name) => !known.has(name));
  }

  draft(): Draft {
    const data = new FormData(this.form);
    return {
      period: String(data.get("period") ?? ""),
      compare: data.getAll("compare").map(String).filter(Boolean),
      sections: data.getAll("section").map(String).filter(Boolean),
      author: String(data.get("author") ?? ""),
      own: this.texts(),
      saved: new Date().toISOString(),
    };
  }

  show(draft: Draft, options: boolean): void {
    this.fill(draft.own);
    const author = this.form.querySelector<HTMLInputElement>("input[name=author]");
    if (author) author.value = draft.author;
    if (!options) return;
    const period = this.form.querySelector<HTMLSelectElement>("select[name=period]");
    // A newer release may have other periods than the one that was kept.
    if (period && [...period.options].some(({ value }) => value === draft.period))
      period.value = draft.period;
    for (const box of this.form.querySelectorAll<HTMLInputElement>("input[type=checkbox]"))
      box.checked = draft[box.name === "compare" ? "compare" : "sections"].includes(box.value);
  }

  clear(): void {
    for (const area of this.areas()) area.value = "";
    this.show({ ...this.draft(), author: "" }, false);
    for (const box of this.form.querySelectorAll<HTMLInputElement>("input[type=checkbox]"))
      box.checked = true;
    const period = this.form.querySelector<HTMLSelectElement>("select[name=period]");
    if (period) period.value = "";
  }
}

/** The entry of one place. A browser may refuse to keep anything. */
class Entry {
  constructor(private readonly key: string) {}

  read(): Draft | null {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(this.key) ?? "null");
      return isDraft(value) ? value : null;
    } catch {
      return null;
    }
  }

  write(draft: Draft): boolean {
    try {
      localStorage.setItem(this.key, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  remove(): void {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Then there is nothing.
    }
  }
}

function clock(saved: string): string {
  const at = new Date(saved);
  const today = at.toDateString() === new Date().toDateString();
  const day: Intl.DateTimeFormatOptions = today ? {} : { dateStyle: "medium" };
  // The page's language, but the time as it is written in Sweden.
  const language = document.documentElement.lang === "en" ? "en-GB" : "sv-SE";
  return new Intl.DateTimeFormat(language, { ...day, timeStyle: "short" }).format(at);
}

function save(name: string, content: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function follow(form: HTMLFormElement): void {
  const kept = form.querySelector<HTMLElement>("[data-kept]");
  const status = kept?.querySelector("[role=status]");
  const file = kept?.querySelector<HTMLInputElement>("input[type=file]");
  if (!kept || !status || !file) return;
  const fields = new Fields(form);
  const entry = new Entry(`report:${form.dataset["report"]}`);
  const say = (name: string, more = ""): void => {
    status.textContent = `${kept.dataset[name] ?? ""} ${more}`.trim();
  };
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const keep = (told = "saved"): void => {
    clearTimeout(waiting);
    waiting = undefined;
    const draft = fields.draft();
    if (entry.write(draft)) say(told, told === "saved" ? clock(draft.saved) : "");
    else say("blocked");
  };

  const before = entry.read();
  if ("filled" in form.dataset) keep();
  else if (before) {
    const told = new URLSearchParams(location.search);
    fields.show(before, !SHARED.some((name) => told.has(name)));
    say("restored", clock(before.saved));
  }
  kept.hidden = false;

  form.addEventListener("input", ({ target }) => {
    if (target === file) return;
    // Who writes for a section wants to have it.
    const box = target instanceof HTMLTextAreaElement ? fields.section(target) : null;
    if (box) box.checked = true;
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  });
  // Who goes away in the middle of a word finds that word again.
  const flush = (): void => {
    if (waiting !== undefined) keep();
  };
  document.addEventListener("visibilitychange", flush);
  addEventListener("pagehide", flush);
  form.addEventListener("submit", ({ submitter }) => {
    flush();
    if (submitter?.hasAttribute("data-file")) say("making");
  });

  kept.querySelector("[data-save]")?.addEventListener("click", () => {
    save(form.dataset["name"] ?? "text.json", `${JSON.stringify(fields.texts(), null, 2)}\n`);
  });
  kept.querySelector("[data-open]")?.addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    file.value = ""; // so that the same file can be chosen again
    if (!chosen) return;
    let texts: unknown = null;
    try {
      texts = JSON.parse((await chosen.text()).replace(/^\uFEFF/, ""));
    } catch {
      // Then it is no file of ours.
    }
    if (!isTexts(texts)) return say("wrong");
    const unknown = fields.fill(texts);
    keep("opened");
    if (unknown.length > 0) status.textContent += ` ${kept.dataset["unknown"]} ${unknown.join(", ")}.`;
  });
  kept.querySelector("[data-clear]")?.addEventListener("click", () => {
    if (!confirm(kept.dataset["sure"])) return;
    clearTimeout(waiting);
    waiting = undefined;
    fields.clear();
    entry.remove();
    say("cleared");
  });
}

/** Keeps what is typed in the forms of reports in `root`. */
export function followReports(root: ParentNode): void {
  for (const form of within(root, "form[data-report]:not([data-followed])")) {
    form.dataset["followed"] = "";
    if (form instanceof HTMLFormElement) follow(form);
  }
}
