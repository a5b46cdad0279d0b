// What is typed and not yet saved. A form with `data-draft` is kept on the server a few seconds after
// the last change. Where the server cannot be reached, or the log-in has run out, it is kept in this
// browser until it can, and is offered when the form is opened again.

type Typed = Record<string, string[]>;

interface Kept {
  typed: Typed;
  at: string; // when, as ISO 8601
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const PAUSE = 2_000; // milliseconds without typing after which it is kept
const AGAIN = 15_000; // milliseconds until the server is asked again
const SKIPPED = new Set(["csrfmiddlewaretoken"]);
const PREFIX = "samsyn-draft:";

function isTyped(value: unknown): value is Typed {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every(
      (texts) => Array.isArray(texts) && texts.every((text) => typeof text === "string"),
    )
  );
}

/** What the page says of drafts, in its language, and where they are kept. */
class Words {
  constructor(private readonly element: HTMLElement) {}

  get(name: string): string {
    return this.element.dataset[name] ?? "";
  }

  key(address: string): string {
    return `${PREFIX}${this.get("account")}:${address}`;
  }
}

/** The address of a form as the server keeps its draft: in no language, and not as a draft. */
function addressOf(form: HTMLFormElement): string {
  const url = new URL(form.getAttribute("action") ?? location.href, location.href);
  url.searchParams.delete("utkast");
  return url.pathname.replace(/^\/en(?=\/)/, "") + url.search;
}

function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (one): one is Control =>
      (one instanceof HTMLInputElement && one.type !== "file") ||
      one instanceof HTMLSelectElement ||
      one instanceof HTMLTextAreaElement,
  );
}

function typedIn(form: HTMLFormElement): Typed {
  const typed: Typed = {};
  for (const [name, value] of new FormData(form)) {
    if (SKIPPED.has(name) || typeof value !== "string") continue;
    (typed[name] ??= []).push(value.replaceAll("\r\n", "\n"));
  }
  return typed;
}

function fill(form: HTMLFormElement, typed: Typed): void {
  const used: Record<string, number> = {};
  for (const one of controls(form)) {
    if (!one.name || SKIPPED.has(one.name)) continue;
    const texts = typed[one.name] ?? [];
    if (one instanceof HTMLInputElement && (one.type === "checkbox" || one.type === "radio")) {
      one.checked = texts.includes(one.value);
    } else if (one instanceof HTMLSelectElement && one.multiple) {
      for (const option of one.options) option.selected = texts.includes(option.value);
    } else {
      const at = used[one.name] ?? 0;
      used[one.name] = at + 1;
      one.value = texts[at] ?? "";
    }
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function read(key: string): Kept | null {
  try {
    const told: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    if (typeof told !== "object" || told === null) return null;
    const { typed, at } = told as Partial<Kept>;
    return isTyped(typed) && typeof at === "string" ? { typed, at } : null;
  } catch {
    return null; // no room for it here, or somebody else's entry
  }
}

function write(key: string, typed: Typed | null): void {
  try {
    if (typed === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ typed, at: new Date().toISOString() }));
  } catch {
    // A browser that keeps nothing still has the form itself.
  }
}

/** One form: says where what is typed in it is kept. */
class Draft {
  private readonly said = document.createElement("p");
  private readonly address: string;
  private readonly key: string;
  private last: string;
  private timer = 0;
  private out = false; // whether the log-in has run out
  private sent = false; // then a draft that comes late would be one of what is saved

  constructor(
    private readonly form: HTMLFormElement,
    private readonly words: Words,
  ) {
    this.address = addressOf(form);
    this.key = words.key(this.address);
    this.last = JSON.stringify(typedIn(form));
    this.said.className = "soft draft-state";
    this.said.setAttribute("role", "status");
    form.append(this.said);
  }

  follow(): void {
    this.offer();
    for (const event of ["input", "change"]) {
      this.form.addEventListener(event, () => {
        this.sent = false;
        this.later(PAUSE);
      });
    }
    // Whatever becomes of it, it is here until the server says that it is saved.
    this.form.addEventListener("submit", () => {
      window.clearTimeout(this.timer);
      this.sent = true;
      if (this.changed()) write(this.key, typedIn(this.form));
    });
    window.addEventListener("online", () => this.later(0));
    document.addEventListener("visibilitychange", () => {
      // Who comes back may have logged in in another tab.
      if (document.visibilityState === "hidden" || this.out) void this.keep();
    });
  }

  private changed(): boolean {
    return JSON.stringify(typedIn(this.form)) !== this.last;
  }

  private later(pause: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.keep(), pause);
  }

  private async keep(): Promise<void> {
    if (this.sent || !this.changed()) return;
    const typed = typedIn(this.form);
    const text = JSON.stringify(typed);
    try {
      let answer = await this.send(typed, text.length);
      if (answer.status === 403 && (await this.renewed())) {
        answer = await this.send(typed, text.length);
      }
      this.out = answer.status === 401 || answer.status === 403;
      if (answer.ok) {
        this.last = text;
        write(this.key, null);
        const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
        this.said.textContent = `${this.words.get("kept")} ${time}`;
        return;
      }
      write(this.key, typed);
      if (this.out) {
        this.loggedOut();
        return;
      }
    } catch {
      write(this.key, typed);
    }
    this.said.textContent = this.words.get("away");
    this.later(AGAIN);
  }

  private send(typed: Typed, length: number): Promise<Response> {
    return fetch(this.words.get("address"), {
      method: "POST",
      keepalive: length < 60_000,
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token() },
      body: JSON.stringify({ form: this.address, typed }),
    });
  }

  private token(): string {
    const field = this.form.elements.namedItem("csrfmiddlewaretoken");
    return field instanceof HTMLInputElement ? field.value : "";
  }

  /** Takes the token of a log-in in another tab into the forms of this page, if there is one. */
  private async renewed(): Promise<boolean> {
    const page = new DOMParser().parseFromString(
      await (await fetch(location.href)).text(),
      "text/html",
    );
    const selector = "input[name=csrfmiddlewaretoken]";
    const token = page.querySelector<HTMLInputElement>(`form[data-draft] ${selector}`)?.value;
    if (!token) return false;
    for (const field of document.querySelectorAll<HTMLInputElement>(selector)) field.value = token;
    return true;
  }

  private loggedOut(): void {
    const link = document.createElement("a");
    link.href = this.words.get("login");
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = this.words.get("in");
    this.said.replaceChildren(this.words.get("out"), " ", link);
  }

  /** Offers what is kept in this browser, where it is something else than what the form has. */
  private offer(): void {
    const kept = read(this.key);
    if (kept === null) return;
    // What was just sent stands in the form already, maybe laid together with what others wrote.
    if (this.form.dataset["draft"] === "sent") return;
    const own = { ...kept.typed, version: [] };
    const there = { ...typedIn(this.form), version: [] };
    if (JSON.stringify(own) === JSON.stringify(there)) {
      write(this.key, null);
      return;
    }
    const box = document.createElement("div");
    box.className = "note draft-offer";
    const text = document.createElement("p");
    text.textContent = this.words.get("offer");
    const buttons = document.createElement("div");
    buttons.className = "buttons";
    const button = (name: string, act: () => void): void => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "quiet";
      made.textContent = this.words.get(name);
      made.addEventListener("click", () => {
        act();
        box.remove();
        controls(this.form).find(({ type }) => type !== "hidden")?.focus();
      });
      buttons.append(made);
    };
    button("goOn", () => {
      fill(this.form, kept.typed);
      this.later(0);
    });
    button("throw", () => write(this.key, null));
    box.append(text, buttons);
    // What could not be sent is newer than what the server has.
    document.querySelector("[data-draft-offer]")?.remove();
    this.form.before(box);
  }
}

/** Keeps what is typed in the forms of the page, and forgets what the page says is saved. */
export function followDrafts(root: ParentNode): void {
  const element = root.querySelector<HTMLElement>("[data-draft-words]");
  if (!element) return;
  const words = new Words(element);
  for (const { dataset } of root.querySelectorAll<HTMLElement>("[data-done]")) {
    write(words.key(dataset["done"] ?? ""), null);
  }
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-draft]")) {
    new Draft(form, words).follow();
  }
}
