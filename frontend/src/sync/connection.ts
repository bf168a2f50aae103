/** How does a Y.Doc stay in step with its room, and what may the interface honestly say about it? */

import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from "y-protocols/awareness";
import * as Y from "yjs";

import type { EditStore } from "./editStore";
import { LastingLine, type LastingLineOptions, type LineEnd } from "./line";
import { Outbox } from "./outbox";
import {
  decode,
  encodeAsk,
  encodeAwareness,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
} from "./protocol";
import type { Incoming, Refusal } from "./protocol";

export type ConnectionState =
  | { readonly kind: "connecting" }
  /** Everything that was made here is in the server's log. */
  | { readonly kind: "saved" }
  | { readonly kind: "saving"; readonly count: number }
  | { readonly kind: "offline"; readonly kept: number }
  | { readonly kind: "refused"; readonly reason: Refusal }
  | { readonly kind: "closed"; readonly reason: LineEnd };

export interface ConnectionOptions extends LastingLineOptions {
  readonly address: string;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly store: EditStore;
  readonly mayWrite: boolean;
  /** Guests leave nothing in a browser that has lost its access. */
  readonly forgetWhenClosed: boolean;
}

interface KeptEdit {
  readonly update: Uint8Array;
  readonly key: Promise<number | null>;
}

/** Merged edits stay well below the largest update that the server takes, 256 KiB. */
const MERGE_BYTES = 128 * 1024;
/** After so much silence the server is asked for its state, which it always answers. */
const SILENCE_MS = 20_000;
/** A line that does not answer for so long is dead, whatever the browser believes. */
const ANSWER_MS = 10_000;
const TOO_FAST_PAUSE_MS = 2_000;

/** Origin of the edits that an earlier tab left in the store. */
const FROM_STORE = Symbol("edits kept by an earlier tab");

export class Connection {
  readonly #doc: Y.Doc;
  readonly #awareness: Awareness;
  readonly #store: EditStore;
  readonly #forgetWhenClosed: boolean;
  readonly #line: LastingLine;
  readonly #outbox = new Outbox<KeptEdit>();
  readonly #listeners = new Set<() => void>();
  #mayWrite: boolean;
  #isSynced = false;
  #wasLost = false;
  /** Nothing goes out on this line any more: the server was told too much too fast. */
  #isResting = false;
  #wasWelcomed = false;
  #refusal: Refusal | null = null;
  #end: LineEnd | null = null;
  #state: ConnectionState = { kind: "connecting" };
  #watch: ReturnType<typeof setTimeout> | undefined;
  #isAnswerDue = false;

  constructor(options: ConnectionOptions) {
    this.#doc = options.doc;
    this.#awareness = options.awareness;
    this.#store = options.store;
    this.#mayWrite = options.mayWrite;
    this.#forgetWhenClosed = options.forgetWhenClosed;
    this.#line = new LastingLine(
      options.address,
      {
        opened: () => this.#opened(),
        received: (data) => this.#received(data),
        lost: () => this.#lost(),
        ended: (reason) => this.#ended(reason),
      },
      options,
    );
    this.#doc.on("update", this.#docUpdated);
    this.#awareness.on("update", this.#awarenessUpdated);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Edits that would be lost from view, though not from this browser, if the page went away now. */
  get unstored(): number {
    return this.#outbox.size;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes up what an earlier tab could not deliver, then opens the socket. */
  async start(): Promise<void> {
    if (this.#mayWrite) await this.#takeUpKeptEdits();
    this.#line.start();
  }

  /** The role changed or the session ended while the page was open. */
  setMayWrite(mayWrite: boolean): void {
    this.#mayWrite = mayWrite;
  }

  tryNow(): void {
    this.#line.hurry();
  }

  /** Drops what the server refused, so that the page can start afresh. */
  async forgetEdits(): Promise<void> {
    this.#outbox.clear();
    await this.#store.clear();
    this.#tell();
  }

  stop(): void {
    this.#stopWatching();
    this.#doc.off("update", this.#docUpdated);
    this.#awareness.off("update", this.#awarenessUpdated);
    this.#line.stop();
  }

  // Own edits ---------------------------------------------------------------------------------

  async #takeUpKeptEdits(): Promise<void> {
    for (const { key, update } of await this.#store.all()) {
      this.#outbox.keep({ update, key: Promise.resolve(key) });
      Y.applyUpdate(this.#doc, update, FROM_STORE);
    }
    this.#tell();
  }

  readonly #docUpdated = (
    update: Uint8Array,
    _origin: unknown,
    _doc: Y.Doc,
    transaction: Y.Transaction,
  ): void => {
    if (!transaction.local || !this.#mayWrite) return;
    // A browser whose storage is full still has the edit in memory.
    this.#outbox.keep({ update, key: this.#store.add(update).catch(() => null) });
    this.#sendEdits();
    this.#tell();
  };

  #sendEdits(): void {
    if (!this.#line.isOpen || this.#isResting || this.#refusal !== null) return;
    for (const edits of inGroups(this.#outbox.unsent())) {
      this.#expectAnswer();
      this.#outbox.carried(edits.length);
      this.#line.send(encodeUpdate(Y.mergeUpdates(edits.map((edit) => edit.update))));
    }
  }

  #stored(count: number): void {
    const safe = this.#outbox.stored(count);
    void this.#removeFromStore(safe);
    this.#tell();
  }

  async #removeFromStore(edits: readonly KeptEdit[]): Promise<void> {
    const keys = await Promise.all(edits.map((edit) => edit.key));
    await this.#store.remove(keys.filter((key) => key !== null));
  }

  #refused(reason: Refusal): void {
    if (reason === "too-fast") {
      // The edits are fine: they go out again, merged, on the next line. Counts of this one end here.
      this.#isResting = true;
      this.#outbox.cut();
      setTimeout(() => this.#line.drop(), TOO_FAST_PAUSE_MS);
      return;
    }
    this.#refusal = reason;
    this.#tell();
  }

  // The line ----------------------------------------------------------------------------------

  #opened(): void {
    this.#isResting = false;
    this.#wasWelcomed = false;
    this.#outbox.cut();
    this.#expectAnswer();
    this.#line.send(encodeAsk());
    this.#line.send(encodeStep1(Y.encodeStateVector(this.#doc)));
    this.#sendEdits();
    // A higher clock than before the cut, or the others keep us away.
    this.#awareness.setLocalState(this.#awareness.getLocalState());
  }

  #received(data: ArrayBuffer | string): void {
    if (typeof data === "string") return;
    this.#handle(decode(new Uint8Array(data)));
    // After it, because a count may have emptied the outbox.
    this.#heard();
  }

  #handle(message: Incoming): void {
    switch (message.kind) {
      case "step2":
        Y.applyUpdate(this.#doc, message.update, this);
        this.#isSynced = true;
        this.#tell();
        return;
      case "update":
        Y.applyUpdate(this.#doc, message.update, this);
        return;
      case "awareness":
        applyAwarenessUpdate(this.#awareness, message.update, this);
        return;
      case "query-awareness":
        this.#sendPresence();
        return;
      case "stored":
        this.#stored(message.count);
        return;
      case "refused":
        this.#refused(message.reason);
        return;
      case "step1":
        this.#fillGap(message.stateVector);
        return;
      case "unknown":
        return;
    }
  }

  /**
   * The welcome needs no answer: what the server may lack are the kept edits, and they go out by
   * themselves. A later step 1 says that it misses something below what it got.
   */
  #fillGap(stateVector: Uint8Array): void {
    const isWelcome = !this.#wasWelcomed;
    this.#wasWelcomed = true;
    if (isWelcome || !this.#mayWrite || this.#isResting) return;
    this.#outbox.carried(0);
    this.#line.send(encodeStep2(Y.encodeStateAsUpdate(this.#doc, stateVector)));
  }

  #lost(): void {
    this.#stopWatching();
    this.#isSynced = false;
    this.#wasLost = true;
    this.#outbox.cut();
    this.#forgetPeers();
    this.#tell();
  }

  #ended(reason: LineEnd): void {
    this.#stopWatching();
    this.#end = reason;
    this.#isSynced = false;
    this.#forgetPeers();
    if (reason === "not-allowed" && this.#forgetWhenClosed) {
      this.#outbox.clear();
      void this.#store.clear();
    }
    this.#tell();
  }

  /** Something came in: from now on either an answer is due, or silence is fine for a while. */
  #heard(): void {
    this.#stopWatching();
    if (!this.#isSynced || this.#outbox.size > 0) {
      this.#expectAnswer();
      return;
    }
    this.#watch = setTimeout(() => {
      this.#expectAnswer();
      this.#line.send(encodeStep1(Y.encodeStateVector(this.#doc)));
    }, SILENCE_MS);
  }

  /** The first frame without an answer starts the clock; those after it do not set it back. */
  #expectAnswer(): void {
    if (this.#isAnswerDue) return;
    this.#stopWatching();
    this.#isAnswerDue = true;
    this.#watch = setTimeout(() => this.#line.drop(), ANSWER_MS);
  }

  #stopWatching(): void {
    clearTimeout(this.#watch);
    this.#isAnswerDue = false;
  }

  // Presence ----------------------------------------------------------------------------------

  readonly #awarenessUpdated = (changes: {
    added: number[];
    updated: number[];
    removed: number[];
  }): void => {
    const own = this.#awareness.clientID;
    const changed = [...changes.added, ...changes.updated, ...changes.removed];
    if (changed.includes(own)) this.#sendPresence();
  };

  #sendPresence(): void {
    const own = this.#awareness.clientID;
    this.#line.send(encodeAwareness(encodeAwarenessUpdate(this.#awareness, [own])));
  }

  #forgetPeers(): void {
    const others = [...this.#awareness.getStates().keys()];
    removeAwarenessStates(
      this.#awareness,
      others.filter((client) => client !== this.#awareness.clientID),
      this,
    );
  }

  // What the interface says -------------------------------------------------------------------

  #tell(): void {
    const next = this.#describe();
    if (JSON.stringify(next) === JSON.stringify(this.#state)) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  #describe(): ConnectionState {
    const kept = this.#outbox.size;
    if (this.#end !== null) return { kind: "closed", reason: this.#end };
    if (this.#refusal !== null) return { kind: "refused", reason: this.#refusal };
    if (!this.#isSynced) return this.#wasLost ? { kind: "offline", kept } : { kind: "connecting" };
    return kept > 0 ? { kind: "saving", count: kept } : { kind: "saved" };
  }
}

/** Neighbours together, each group small enough for one frame. */
function* inGroups(edits: readonly KeptEdit[]): Generator<readonly KeptEdit[]> {
  let group: KeptEdit[] = [];
  let bytes = 0;
  for (const edit of edits) {
    if (group.length > 0 && bytes + edit.update.length > MERGE_BYTES) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(edit);
    bytes += edit.update.length;
  }
  if (group.length > 0) yield group;
}
