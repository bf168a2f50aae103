/**
 * How does a document stay in step with its room? Without the product's own code: by a client that
 * keeps its edits until the server says that they are stored, and by the stock y-websocket provider.
 */

import { clearTimeout, setTimeout } from "node:timers";

import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

import * as wire from "./wire.mjs";

/** After so long without an answer a line is dead, whatever the network believes. */
const ANSWER_MS = 10_000;
const FOR_GOOD = new Set([1008, 4403]);
const FROM_STORE = Symbol("kept by an earlier tab");
const REMOTE = Symbol("from the server");

/** Speaks the protocol of y-websocket and asks what is stored, as docs/protocol.md has it. */
export class AskingLink {
  #watch;
  #socket = null;
  #isOpen = false;
  #isWanted = true;
  #isSynced = false;
  #wasGreeted = false;
  #attempt = 0;
  #retry;
  #sent = 0;
  /** How many of `kept` each frame carries that is not counted as stored yet. */
  #frames = [];
  #counted = 0;

  /**
   * kept: edits of the tab before that were not acknowledged, oldest first. pauses: before the first
   * try to come back, and the longest, in ms.
   */
  constructor({ address, headers, pauses, doc, kept = [], random, log }) {
    Object.assign(this, { address, headers, pauses, doc, kept, random, log });
    for (const { update } of kept) Y.applyUpdate(doc, update, FROM_STORE);
    this.#dial();
  }

  get isSettled() {
    return this.#isOpen && this.#isSynced && this.kept.length === 0 && this.#frames.length === 0;
  }

  isStored(number) {
    return !this.kept.some((edit) => edit.number <= number);
  }

  add(edit) {
    this.kept.push(edit);
    this.#sendEdits();
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
    clearTimeout(this.#retry);
    this.cut();
  }

  goOnline() {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#attempt = 0;
    if (this.#socket === null) this.#dial();
  }

  /** As if the tab went away. */
  destroy() {
    this.goOffline();
    this.log = () => undefined;
  }

  #dial() {
    const socket = new WebSocket(this.address, {
      headers: this.headers,
      perMessageDeflate: false,
    });
    socket.binaryType = "nodebuffer";
    socket.on("open", () => this.#opened());
    socket.on("message", (data) => this.#received(new Uint8Array(data)));
    socket.on("error", () => undefined); // a close follows, always
    socket.on("close", (code) => this.#closed(code));
    this.#socket = socket;
  }

  #opened() {
    this.#isOpen = true;
    this.#attempt = 0;
    this.#wasGreeted = false;
    this.#forgetFrames();
    this.#send(wire.ask());
    this.#send(wire.step1(Y.encodeStateVector(this.doc)));
    this.#sendEdits();
  }

  #closed(code) {
    this.#socket = null;
    this.#isOpen = false;
    this.#isSynced = false;
    this.#forgetFrames();
    clearTimeout(this.#watch);
    this.#watch = undefined;
    if (FOR_GOOD.has(code)) this.log({ kind: "expelled", code });
    else if (this.#isWanted) this.#comeBack();
  }

  #comeBack() {
    const [first, longest] = this.pauses;
    const pause = Math.min(longest, first * 2 ** this.#attempt);
    this.#attempt += 1;
    this.#retry = setTimeout(() => this.#dial(), pause * (0.5 + this.random.next() / 2));
  }

  /** Every frame of ours is answered sooner or later. */
  #send(frame) {
    this.#socket.send(frame);
    this.#watch ??= setTimeout(() => this.cut(), ANSWER_MS);
  }

  #heard() {
    clearTimeout(this.#watch);
    this.#watch = this.isSettled ? undefined : setTimeout(() => this.cut(), ANSWER_MS);
  }

  #sendEdits() {
    const edits = this.kept.slice(this.#sent);
    if (!this.#isOpen || edits.length === 0) return;
    this.#carry(edits.length);
    this.#send(wire.update(Y.mergeUpdates(edits.map(({ update }) => update))));
    for (const { number } of edits) this.log({ kind: "sent", number });
  }

  #carry(count) {
    this.#frames.push(count);
    this.#sent += count;
  }

  #forgetFrames() {
    this.#sent = 0;
    this.#counted = 0;
    this.#frames = [];
  }

  #received(bytes) {
    // Frames of a socket that was given up may still arrive; they belong to nobody.
    if (!this.#isOpen) return;
    const message = wire.read(bytes);
    switch (message.kind) {
      case "step1":
        this.#fillGap(message.body);
        break;
      case "step2":
        this.#isSynced = true;
        Y.applyUpdate(this.doc, message.body, REMOTE);
        break;
      case "update":
        Y.applyUpdate(this.doc, message.body, REMOTE);
        break;
      case "stored":
        this.#stored(message.count);
        break;
      case "refused":
        this.log({ kind: "refused", reason: message.reason });
        break;
      default:
    }
    this.#heard();
  }

  /** The first step 1 is the greeting; a later one says that the server misses something. */
  #fillGap(vector) {
    const isGreeting = !this.#wasGreeted;
    this.#wasGreeted = true;
    if (isGreeting) return;
    this.#carry(0);
    this.#send(wire.step2(Y.encodeStateAsUpdate(this.doc, vector)));
  }

  #stored(count) {
    for (; this.#counted < count && this.#frames.length > 0; this.#counted += 1) {
      const carried = this.#frames.shift();
      this.#sent -= carried;
      for (const { number } of this.kept.splice(0, carried)) this.log({ kind: "acked", number });
    }
  }
}

/** The provider of npm as it is. It is told nothing of what is stored, so it acknowledges nothing. */
export class StockLink {
  #provider;

  constructor({ address, headers, pauses, doc, log }) {
    class BrowserSocket extends WebSocket {
      constructor(url, protocols) {
        super(url, protocols, { headers, perMessageDeflate: false });
      }
    }
    const slash = address.lastIndexOf("/");
    this.#provider = new WebsocketProvider(address.slice(0, slash), address.slice(slash + 1), doc, {
      WebSocketPolyfill: BrowserSocket,
      disableBc: true,
      maxBackoffTime: pauses[1],
    });
    this.#provider.on("closed", ({ code }) => log({ kind: "expelled", code }));
  }

  get isSettled() {
    return this.#provider.synced;
  }

  isStored() {
    return true; // as far as it knows
  }

  add() {
    // The provider listens to the document by itself.
  }

  cut() {
    this.#provider.ws?.terminate();
  }

  pause() {
    this.#provider.ws?.pause();
  }

  resume() {
    this.#provider.ws?.resume();
  }

  goOffline() {
    this.#provider.disconnect();
  }

  goOnline() {
    this.#provider.connect();
  }

  destroy() {
    this.#provider.destroy();
  }
}
