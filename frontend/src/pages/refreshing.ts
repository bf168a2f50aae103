/** `data-live`: parts of a page that are taken afresh from its address while it is open. */

import { closeMenus } from "./menus";
import { localiseTimes } from "./times";

/** Returns what fetches the page again. leave: called where the server leads to another page. */
export function keepFresh(page: Document, leave: (address: string) => void): () => void {
  let isBusy = false;
  let isStale = false;

  const fetchOnce = async (): Promise<void> => {
    const response = await fetch(page.location.href, { cache: "no-store" });
    if (response.redirected) leave(response.url);
    else if (response.ok) take(page, await response.text());
  };
  const refresh = async (): Promise<void> => {
    isStale = true;
    if (isBusy) return;
    isBusy = true;
    while (isStale) {
      isStale = false;
      // A server that is away says nothing; the next time asks again.
      await fetchOnce().catch(() => undefined);
    }
    isBusy = false;
  };
  return () => void refresh();
}

/** Only what has changed is replaced, and nothing under a hand or the focus. */
function take(page: Document, text: string): void {
  // The policy of this page refuses the styles of another, which are the same anyway.
  const unstyled = text.replaceAll(/<style\b.*?<\/style>/gs, "");
  const fresh = new DOMParser().parseFromString(unstyled, "text/html");
  localiseTimes(fresh);
  for (const part of page.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(part.id);
    if (now === null || wordsOf(now) === wordsOf(part) || isInUse(part)) continue;
    part.replaceChildren(...now.childNodes);
    closeMenus(part);
  }
}

/** Without the tokens of forms, which differ each time. */
const wordsOf = (part: Element): string =>
  part.innerHTML.replaceAll(/<input type="hidden" name="csrfmiddlewaretoken"[^>]*>/g, "");

const isInUse = (part: Element): boolean =>
  part.contains(part.ownerDocument.activeElement) || part.querySelector("[open]") !== null;
