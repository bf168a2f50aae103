/** Does this document still say what the log says? Asked after changes, in quiet moments. */

import type * as Y from "yjs";

import { createDigester, type Digester } from "./digest";

export interface ChecksOptions {
  readonly doc: Y.Doc;
  /** Nothing is unsaved and nothing is missing: only then do the two sides mean the same document. */
  readonly isSettled: () => boolean;
  /** The row of the log that the document stands at. */
  readonly seq: () => number;
  /** Asks the server whether its document has this digest too, at this row. */
  readonly ask: (seq: number, digest: string) => void;
  /** The document may lack something: bring the whole state. */
  readonly fetchAll: () => void;
  /** The whole state did not help. */
  readonly gaveUp: () => void;
}

const CHECK_EVERY_MS = 2_000;
/** A digest takes milliseconds, which nobody notices between two words, but between two letters. */
const QUIET_MS = 400;

export class Checks {
  readonly #options: ChecksOptions;
  readonly #digester: Digester;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastAt = -Infinity;
  #editedAt = -Infinity;
  #asked: number | null = null;
  #failures = 0;
  #isFetchingAll = false;

  constructor(options: ChecksOptions) {
    this.#options = options;
    this.#digester = createDigester(options.doc);
  }

  /** isOwn: by this browser, where somebody may be in the middle of typing. */
  changed(isOwn: boolean): void {
    if (isOwn) this.#editedAt = performance.now();
    this.#timer ??= setTimeout(() => this.#whenIdle(), this.#pause());
  }

  verdict(seq: number, isEqual: boolean): void {
    if (seq !== this.#asked) return;
    this.#asked = null;
    this.#failures = isEqual ? 0 : this.#failures + 1;
    if (this.#failures === 1) this.#fetchAll();
    if (this.#failures === 2) this.#options.gaveUp();
  }

  /** The room has answered, which is what a fetch of the whole state waits for. */
  welcomed(): void {
    if (this.#isFetchingAll) this.changed(false);
    this.#isFetchingAll = false;
  }

  /** The line is gone: no verdict will come on it. */
  cut(): void {
    this.#asked = null;
    this.#failures = 0;
    this.#isFetchingAll = false;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#digester.stop();
  }

  #fetchAll(): void {
    this.#isFetchingAll = true;
    this.#options.fetchAll();
  }

  #pause(): number {
    const now = performance.now();
    return Math.max(this.#lastAt + CHECK_EVERY_MS - now, this.#editedAt + QUIET_MS - now, 0);
  }

  #whenIdle(): void {
    if (this.#pause() > 0) {
      this.#timer = setTimeout(() => this.#whenIdle(), this.#pause());
      return;
    }
    onIdle(() => this.#ask());
  }

  #ask(): void {
    this.#timer = undefined;
    // What makes it settled is a change too, and comes back here.
    if (this.#isFetchingAll || !this.#options.isSettled()) return;
    this.#lastAt = performance.now();
    this.#asked = this.#options.seq();
    this.#options.ask(this.#asked, this.#digester.digest());
  }
}

/** Safari has no idle callback. */
function onIdle(work: () => void): void {
  if ("requestIdleCallback" in window) window.requestIdleCallback(work, { timeout: QUIET_MS });
  else setTimeout(work, 0);
}
