/** How do two browsers on one debrief stay in step? The server draws the page; its parts are swapped. */

import { LastingLine } from "../sync/line";

/** Events after which the page may look different. */
const TELLING: ReadonlySet<string> = new Set([
  "hello",
  "debrief.changed",
  "cards.changed",
  "interview.changed",
  "design.ended",
  "people.changed",
  "score.done",
]);

export function openDebrief(page: Document): void {
  const view = page.defaultView;
  const address = page.querySelector<HTMLElement>("[data-socket]")?.dataset.socket;
  if (!view || address === undefined) return;
  let isFirstHello = true;
  let asked = 0;
  let shown = 0;

  async function show(url: string, isKept: boolean, request?: RequestInit): Promise<void> {
    asked += 1;
    const turn = asked;
    const answer = await fetch(url, { ...request, headers: { Accept: "text/html" } });
    if (!answer.ok) {
      view?.location.assign(url);
      return;
    }
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    // An answer that was overtaken would put back what is over.
    if (isKept && turn < shown) return;
    shown = Math.max(shown, turn);
    if (!isKept) view?.history.pushState(null, "", answer.url);
    swapParts(page, next);
  }

  page.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-soft]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void show(link.href, false).then(() => page.getElementById("h-drawer")?.focus());
  });
  page.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-quiet]")) return;
    event.preventDefault();
    const body = new FormData(form);
    form.reset();
    void show(form.action, false, { method: "POST", body });
  });
  page.addEventListener("keydown", (event) => followKey(page, event));
  view.addEventListener("popstate", () => void show(view.location.href, true));

  const { protocol, host } = view.location;
  const line = new LastingLine(`${protocol === "https:" ? "wss" : "ws"}://${host}${address}`, {
    opened: () => undefined,
    lost: () => undefined,
    ended: () => view.location.reload(),
    received: (data) => {
      const type = typeOf(data);
      if (!TELLING.has(type)) return;
      // The first greeting comes right after the page itself; a later one after a cut.
      if (type === "hello" && isFirstHello) isFirstHello = false;
      else void show(view.location.href, true);
    },
  });
  line.start();
}

/** Puts the parts of the next page in place of this one's, with the drafts and the focus kept. */
export function swapParts(page: Document, next: Document): void {
  const drafts = draftsOf(page);
  const choices = choicesOf(page);
  const unfolded = unfoldedIn(page);
  const focused = page.activeElement?.id ?? "";
  page.querySelectorAll<HTMLElement>("[data-part]").forEach((part) => {
    const fresh = next.querySelector(`[data-part="${part.dataset.part ?? ""}"]`);
    if (fresh) part.replaceWith(page.adoptNode(fresh));
  });
  const main = page.getElementById("main");
  const nextMain = next.getElementById("main");
  if (main && nextMain) main.className = nextMain.className;
  showMessages(page, next);
  for (const [key, text] of drafts) {
    const field = fieldOf(page, key);
    if (field) field.value = text;
  }
  for (const field of choiceFields(page))
    field.checked = choices.get(keyOf(field)) ?? field.checked;
  for (const details of foldsIn(page)) details.open ||= unfolded.has(wordsOf(details));
  if (focused && page.activeElement?.id !== focused) page.getElementById(focused)?.focus();
}

/** What was typed and not sent, by field and by what it is about. */
function draftsOf(page: Document): Map<string, string> {
  const fields = [...page.querySelectorAll<HTMLTextAreaElement>("[data-part] textarea")];
  const typed = fields.filter((field) => field.value !== field.defaultValue);
  return new Map(typed.map((field) => [keyOf(field), field.value]));
}

function fieldOf(page: Document, key: string): HTMLTextAreaElement | undefined {
  const fields = [...page.querySelectorAll<HTMLTextAreaElement>("[data-part] textarea")];
  return fields.find((field) => keyOf(field) === key);
}

/** What was chosen and not sent. */
function choicesOf(page: Document): Map<string, boolean> {
  const chosen = choiceFields(page).filter((field) => field.checked !== field.defaultChecked);
  return new Map(chosen.map((field) => [keyOf(field), field.checked]));
}

const choiceFields = (page: Document): HTMLInputElement[] => [
  ...page.querySelectorAll<HTMLInputElement>("[data-part] input:is([type=radio], [type=checkbox])"),
];

function keyOf(field: HTMLTextAreaElement | HTMLInputElement): string {
  const item = field.form?.querySelector<HTMLInputElement>('input[name="item"]')?.value ?? "";
  const own = field instanceof HTMLInputElement ? `${field.name} ${field.value}` : field.id;
  return `${own} ${item}`;
}

const unfoldedIn = (page: Document): Set<string> =>
  new Set(
    foldsIn(page)
      .filter(({ open }) => open)
      .map(wordsOf),
  );

/** Menus stay as they come: closed. */
const foldsIn = (page: Document): HTMLDetailsElement[] => [
  ...page.querySelectorAll<HTMLDetailsElement>("[data-part] details:not([data-menu])"),
];

const wordsOf = (details: HTMLDetailsElement): string =>
  details.querySelector("summary")?.textContent.trim() ?? "";

/** What the server had to say goes above the page, and is read out. */
function showMessages(page: Document, next: Document): void {
  const said = [...next.querySelectorAll("body > .banner")];
  page.querySelectorAll("body > .banner").forEach((banner) => banner.remove());
  page.getElementById("main")?.before(...said.map((banner) => page.adoptNode(banner)));
}

/** J and K go through the items, Escape closes the drawer; not while somebody types. */
function followKey(page: Document, event: KeyboardEvent): void {
  const isTyping = (event.target as Element).matches("input, textarea, select");
  if (event.ctrlKey || event.metaKey || event.altKey || (isTyping && event.key !== "Escape"))
    return;
  const links = [...page.querySelectorAll<HTMLElement>("a[data-key]")];
  links.find((link) => link.dataset.key === event.key)?.click();
}

function typeOf(data: ArrayBuffer | string): string {
  if (typeof data !== "string") return "";
  const message = JSON.parse(data) as { type?: unknown };
  return typeof message.type === "string" ? message.type : "";
}
