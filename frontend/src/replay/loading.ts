/** Fetches a session page by page, so that it can be played from the first page on. */

import { createStore, merge, type Store } from "../tools/store";
import type { Page, ReadPage } from "../workspace/history";

/** Small, so that playing begins at once; then as large as the server gives. */
const FIRST_ROWS = 300;
const NEXT_ROWS = 2_000;
/** How often to ask whether a session that goes on has got further. */
const ASK_EVERY_MS = 15_000;

export interface Loading {
  /** "waiting": all there was is here. "restored": what is here is of another store. */
  readonly state: "loading" | "waiting" | "failed" | "restored";
  /** What went wrong. */
  readonly problem: string;
  /** How many changes there are on the server that are not here. */
  readonly newer: number;
}

export interface Loader {
  readonly status: Store<Loading>;
  /** Fetches what is not here yet. After a failure, goes on where it stopped. */
  load(): Promise<void>;
  /** Looks from time to time whether there is more. Returns its own undo. */
  watch(): () => void;
}

/** take: gets each page; resolves when it is ready for the next. */
export function createLoader(
  read: ReadPage,
  take: (page: Page, isAll: boolean) => Promise<void>,
): Loader {
  const status = createStore<Loading>({ state: "waiting", problem: "", newer: 0 });
  let after = 0;
  let epoch: string | null = null;

  async function loadAll(): Promise<void> {
    for (let isAll = false; !isAll;) {
      const page = await read(after, after === 0 ? FIRST_ROWS : NEXT_ROWS);
      if (!isOfThisStore(page)) return;
      after = page.rows.at(-1)?.seq ?? after;
      isAll = page.rows.length === 0 || after >= page.last;
      merge(status, { newer: page.last - after });
      await take(page, isAll);
    }
    merge(status, { state: "waiting", problem: "" });
  }

  function isOfThisStore(page: Page): boolean {
    epoch ??= page.epoch;
    if (page.epoch === epoch) return true;
    merge(status, { state: "restored" });
    return false;
  }

  async function look(): Promise<void> {
    if (status.get().state !== "waiting" || document.hidden) return;
    // No answer is no news; who asks for the changes hears of it.
    const page = await read(after, 0).catch(() => null);
    if (page && isOfThisStore(page)) merge(status, { newer: Math.max(0, page.last - after) });
  }

  return {
    status,
    async load() {
      if (status.get().state === "loading") return;
      merge(status, { state: "loading", problem: "" });
      try {
        await loadAll();
      } catch (error) {
        merge(status, { state: "failed", problem: (error as Error).message });
      }
    },
    watch() {
      const timer = setInterval(() => void look(), ASK_EVERY_MS);
      return () => clearInterval(timer);
    },
  };
}
