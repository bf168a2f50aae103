/** How does a socket stay open? It comes back after a cut, with growing pauses, and stops where it may not. */

export interface LineHandlers {
  opened(): void;
  received(data: ArrayBuffer | string): void;
  closed(code: number): void;
}

export interface Line {
  send(data: Uint8Array | string): void;
  close(): void;
}

export type Dial = (address: string, handlers: LineHandlers) => Line;

/** Why a line ended for good: the right was taken away, or the two sides do not speak one protocol. */
export type LineEnd = "not-allowed" | "not-understood";

export interface LastingLineListener {
  opened(): void;
  received(data: ArrayBuffer | string): void;
  /** code: why the server closed it; null when this side gave it up. */
  lost(code: number | null): void;
  ended(reason: LineEnd): void;
}

export interface LastingLineOptions {
  readonly dial?: Dial;
  /** Asked after an attempt that never opened: a browser does not show a refused handshake's status. */
  readonly isAllowed?: () => Promise<boolean>;
  readonly random?: () => number;
}

const FIRST_PAUSE_MS = 400;
/** A server that was killed is up again in a few seconds; nobody is to wait as long once more. */
const LONGEST_PAUSE_MS = 2_500;
/** A line that broke sooner did no good: the pauses go on growing. */
const GOOD_AFTER_MS = 5_000;

const CLOSE_NOT_UNDERSTOOD = 1008;
const CLOSE_NOT_ALLOWED = 4403;

/** Half of the pause is fixed, half is chance, so that a restarted server is not met by everybody at once. */
export function pauseBefore(attempt: number, random: number): number {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
  return pause / 2 + (pause / 2) * random;
}

export const dialWebSocket: Dial = (address, handlers) => {
  const socket = new WebSocket(address);
  socket.binaryType = "arraybuffer";
  socket.onopen = () => handlers.opened();
  socket.onmessage = (event: MessageEvent<ArrayBuffer | string>) => handlers.received(event.data);
  socket.onclose = (event) => handlers.closed(event.code);
  return {
    send: (data) => socket.send(data as Uint8Array<ArrayBuffer> | string),
    close: () => socket.close(),
  };
};

export class LastingLine {
  readonly #address: string;
  readonly #listener: LastingLineListener;
  readonly #options: LastingLineOptions;
  readonly #abort = new AbortController();
  #line: Line | null = null;
  #isOpen = false;
  #attempt = 0;
  #openedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(address: string, listener: LastingLineListener, options: LastingLineOptions = {}) {
    this.#address = address;
    this.#listener = listener;
    this.#options = options;
    const { signal } = this.#abort;
    window.addEventListener("online", () => this.hurry(), { signal });
    window.addEventListener("offline", () => this.drop(), { signal });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  start(): void {
    if (this.#line !== null || this.#abort.signal.aborted) return;
    clearTimeout(this.#timer);
    const dial = this.#options.dial ?? dialWebSocket;
    // A line that was let go may still speak; only the newest one is listened to.
    const isCurrent = (): boolean => this.#line === line;
    const line: Line = dial(this.#address, {
      opened: () => isCurrent() && this.#opened(),
      received: (data) => isCurrent() && this.#listener.received(data),
      closed: (code) => isCurrent() && this.#closed(code),
    });
    this.#line = line;
  }

  send(data: Uint8Array | string): void {
    if (this.#isOpen) this.#line?.send(data);
  }

  /** Tries at once instead of waiting for the end of the pause. */
  hurry(): void {
    if (this.#isOpen) return;
    this.#attempt = 0;
    this.#letGo();
    this.start();
  }

  /** Gives this socket up and comes back with a new one. */
  drop(): void {
    this.#letGo();
    this.#listener.lost(null);
    this.#comeBack();
  }

  stop(): void {
    this.#abort.abort();
    clearTimeout(this.#timer);
    this.#letGo();
  }

  #opened(): void {
    this.#isOpen = true;
    this.#openedAt = performance.now();
    this.#listener.opened();
  }

  #closed(code: number): void {
    const neverOpened = !this.#isOpen;
    this.#letGo();
    if (code === CLOSE_NOT_ALLOWED) {
      this.#end("not-allowed");
      return;
    }
    if (code === CLOSE_NOT_UNDERSTOOD) {
      this.#end("not-understood");
      return;
    }
    this.#listener.lost(code);
    this.#comeBack();
    if (neverOpened) void this.#askWhetherAllowed();
  }

  async #askWhetherAllowed(): Promise<void> {
    const isAllowed = (await this.#options.isAllowed?.()) ?? true;
    if (!isAllowed && !this.#isOpen) this.#end("not-allowed");
  }

  #comeBack(): void {
    if (this.#abort.signal.aborted) return;
    const pause = pauseBefore(this.#attempt, (this.#options.random ?? Math.random)());
    this.#attempt += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.start(), pause);
  }

  #end(reason: LineEnd): void {
    if (this.#abort.signal.aborted) return;
    this.stop();
    this.#listener.ended(reason);
  }

  #letGo(): void {
    const line = this.#line;
    if (this.#isOpen && performance.now() - this.#openedAt > GOOD_AFTER_MS) this.#attempt = 0;
    this.#line = null;
    this.#isOpen = false;
    line?.close();
  }
}
