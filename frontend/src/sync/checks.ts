/** Does this document still say what the log says? Asked after changes, in quiet moments. */

export interface ChecksOptions {
  /** Nothing is unsaved and nothing is missing: only then do the two sides mean the same document. */
  readonly isSettled: () => boolean;
  /** The row of the log that the document stands at. */
  readonly seq: () => number;
  /** Digests the document and sends it. */
  readonly send: () => void;
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
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastAt = -Infinity;
  #editedAt = -Infinity;
  #asked: number | null = null;
  #failures = 0;

  constructor(options: ChecksOptions) {
    this.#options = options;
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
    if (this.#failures === 1) this.#options.fetchAll();
    if (this.#failures === 2) this.#options.gaveUp();
  }

  /** The line is gone: no verdict will come on it. */
  cut(): void {
    this.#asked = null;
    this.#failures = 0;
  }

  stop(): void {
    clearTimeout(this.#timer);
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
    onIdle(() => {
      this.#timer = undefined;
      // What makes it settled is a change too, and comes back here.
      if (!this.#options.isSettled()) return;
      this.#lastAt = performance.now();
      this.#asked = this.#options.seq();
      this.#options.send();
    });
  }
}

/** Safari has no idle callback. */
function onIdle(work: () => void): void {
  if ("requestIdleCallback" in window) window.requestIdleCallback(work, { timeout: QUIET_MS });
  else setTimeout(work, 0);
}
