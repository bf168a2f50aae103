/** How does the product itself keep a document in step? Its own code from src/sync, without a page. */

import { setMaxListeners } from "node:events";
import { setImmediate, setTimeout } from "node:timers";
import { URL, fileURLToPath } from "node:url";

import { runnerImport } from "vite";
import { WebSocket } from "ws";
import { Awareness } from "y-protocols/awareness";

const CONNECTION = fileURLToPath(new URL("../../src/sync/connection.ts", import.meta.url));
/** What the code asks of a page: whether the network comes and goes. */
globalThis.window = new globalThis.EventTarget();
setMaxListeners(0, globalThis.window);
const { module } = await runnerImport(CONNECTION, { logLevel: "error" });

const NEVER_OPENED = 1006;
/** The product's own, in src/sync/line.ts. */
const SHORTEST_PAUSE_MS = 400;

/** What IndexedDB keeps of a seat, over its reloads. removed: hears the number of each that is stored. */
class Store {
  rows = [];
  #base = null;
  #keys = 0;

  async all() {
    return [...this.rows];
  }

  async base() {
    return this.#base;
  }

  async keepBase(base) {
    this.#base = base;
  }

  add(edit) {
    const key = this.#keys++;
    this.rows.push({ ...edit, key, number: this.numberOfNext() });
    return Promise.resolve(key);
  }

  async remove(keys) {
    const gone = this.rows.filter(({ key }) => keys.includes(key));
    this.rows = this.rows.filter(({ key }) => !keys.includes(key));
    if (this.rows.length === 0) this.#base = null;
    for (const { number } of gone) this.removed(number);
  }

  async clear() {
    this.rows = [];
    this.#base = null;
  }
}

export class ProductLink {
  #socket = null;
  #isWanted = true;
  #number = -1;
  #connection;
  #awareness;

  /** kept: the store of the tab before, if the browser has not lost it. */
  constructor({ address, headers, pauses, writes, doc, kept, random, log, putAside }) {
    Object.assign(this, { headers, pauses, random, log });
    this.kept = kept ?? new Store();
    this.kept.numberOfNext = () => this.#number;
    this.kept.removed = (number) => this.log({ kind: "acked", number });
    this.#awareness = new Awareness(doc);
    this.#connection = new module.Connection({
      ...{ address, doc, awareness: this.#awareness, store: this.kept },
      ...{ mayWrite: writes, forgetWhenClosed: false, trustsChecks: true },
      asides: { add: async (copy) => putAside(copy), clear: async () => undefined },
      dial: (to, handlers) => this.#dial(to, handlers),
      random: () => this.random.next(),
    });
    this.#connection.subscribe(() => this.#hearState());
    void this.#connection.start();
  }

  get isSettled() {
    return this.#connection.state.kind === "saved" && this.kept.rows.length === 0;
  }

  isStored(number) {
    return !this.kept.rows.some((row) => row.number <= number);
  }

  /** The connection listens to the document by itself, and keeps the edit right after this. */
  add({ number }) {
    this.#number = number;
  }

  cut() {
    this.#socket?.terminate();
  }

  pause() {
    this.#socket?.pause();
  }

  resume() {
    this.#socket?.resume();
  }

  goOffline() {
    this.#isWanted = false;
    this.cut();
  }

  goOnline() {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#connection.tryNow();
  }

  destroy() {
    this.log = () => undefined;
    this.#isWanted = false;
    this.#connection.stop();
    this.cut();
    this.#awareness.destroy();
  }

  #dial(address, handlers) {
    if (!this.#isWanted) {
      setImmediate(() => handlers.closed(NEVER_OPENED));
      return { send: () => undefined, close: () => undefined };
    }
    const socket = new WebSocket(address, { headers: this.headers, perMessageDeflate: false });
    socket.on("open", () => handlers.opened());
    socket.on("message", (data) => handlers.received(new Uint8Array(data).buffer));
    socket.on("error", () => undefined); // a close follows, always
    socket.on("close", (code) => {
      handlers.closed(code);
      this.#hurryAfter(socket);
    });
    this.#socket = socket;
    return { send: (data) => socket.send(data), close: () => socket.close() };
  }

  /** The product waits longer than a short run has time for: a hint that the network is there. */
  #hurryAfter(socket) {
    const [first] = this.pauses;
    if (first >= SHORTEST_PAUSE_MS) return;
    const hint = () => this.#isWanted && this.#socket === socket && this.#connection.tryNow();
    setTimeout(hint, first * (0.5 + this.random.next()));
  }

  /** "Saved" must be true of every edit made until then. */
  #hearState() {
    const { kind, reason } = this.#connection.state;
    if (kind === "aside" || kind === "closed") this.log({ kind, reason });
    if (kind !== "saved") return;
    const number = this.#number;
    // The store hears of it a moment later than the page.
    setImmediate(() => {
      if (!this.isStored(number)) this.log({ kind: "said saved before it was", number });
    });
  }
}
