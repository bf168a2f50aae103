/** Is the other side still there, and has nothing been missed? Asked by a clock of its own. */

export interface HeartbeatOptions {
  /** Something is on its way that the server always answers. */
  readonly isWaiting: () => boolean;
  /** Others may change the document, and so something may go missing on its way here. */
  readonly areOthersHere: () => boolean;
  /** Asks for what came after the last known change; an answer is due. */
  readonly ask: () => void;
  readonly died: () => void;
}

/** After so much silence the server is asked, which it always answers. */
const SILENCE_MS = 20_000;
/** Where others are, a change that went missing is noticed within this time. */
const BEAT_MS = 4_000;
/** A line that does not answer for so long is dead, whatever the browser believes. */
const ANSWER_MS = 10_000;

export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #answer: ReturnType<typeof setTimeout> | undefined;
  #ask: ReturnType<typeof setTimeout> | undefined;
  #askAt = Infinity;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  /** The first frame without an answer starts the clock; those after it do not set it back. */
  expectAnswer(): void {
    this.#answer ??= setTimeout(() => this.#options.died(), ANSWER_MS);
  }

  /** Something came in: from now on either an answer is due, or silence is fine for a while. */
  heard(): void {
    this.#forgetAnswer();
    if (this.#options.isWaiting()) this.expectAnswer();
    this.#askIn(this.#options.areOthersHere() ? BEAT_MS : SILENCE_MS);
  }

  stop(): void {
    this.#forgetAnswer();
    this.#forgetAsk();
  }

  /** Only ever sooner: a busy room is asked too. */
  #askIn(ms: number): void {
    const at = performance.now() + ms;
    if (at >= this.#askAt) return;
    this.#forgetAsk();
    this.#askAt = at;
    this.#ask = setTimeout(() => {
      this.#forgetAsk();
      this.expectAnswer();
      this.#options.ask();
    }, ms);
  }

  #forgetAnswer(): void {
    clearTimeout(this.#answer);
    this.#answer = undefined;
  }

  #forgetAsk(): void {
    clearTimeout(this.#ask);
    this.#askAt = Infinity;
  }
}
