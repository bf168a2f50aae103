/** How does a Y.Doc stay in step with its room? Each part knows one side of it; they meet on one line. */

import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";

import { Aside } from "./aside";
import type { AsideReason, AsideStore, Copy } from "./asideStore";
import { AwarenessRelay } from "./awarenessRelay";
import { Checks } from "./checks";
import { type ConnectionState, describeConnection, isSameState } from "./connectionState";
import type { EditStore, StoredEdit } from "./editStore";
import { Heartbeat } from "./heartbeat";
import { LastingLine, type LastingLineOptions, type LineEnd } from "./line";
import { PendingEdits } from "./pendingEdits";
import {
  decode,
  encodeAsk,
  encodeCheck,
  type Incoming,
  type Place,
  type Refusal,
} from "./protocol";
import { areOfEpoch, Replica } from "./replica";
import { touchedBy } from "./touched";

export type { ConnectionState } from "./connectionState";

export interface ConnectionOptions extends LastingLineOptions {
  readonly address: string;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly store: EditStore;
  readonly asides: AsideStore;
  readonly mayWrite: boolean;
  /** Guests leave nothing in a browser that has lost its access. */
  readonly forgetWhenClosed: boolean;
  /** Putting a document aside because it differs has not helped just now: do not do it again. */
  readonly trustsChecks: boolean;
}

const TOO_FAST_PAUSE_MS = 2_000;

const CLOSE_NOT_STORED = 1011;

export class Connection {
  readonly #options: ConnectionOptions;
  readonly #line: LastingLine;
  readonly #heartbeat: Heartbeat;
  readonly #replica: Replica;
  readonly #edits: PendingEdits;
  readonly #checks: Checks;
  readonly #aside: Aside;
  readonly #presence: AwarenessRelay;
  readonly #listeners = new Set<() => void>();
  /** Edits of an earlier tab that this page may not send any more. */
  #leftOver: readonly StoredEdit[] = [];
  #mayWrite: boolean;
  #wasLost = false;
  #isStoreAway = false;
  #copiesMade = 0;
  #end: LineEnd | null = null;
  #state: ConnectionState = { kind: "connecting" };

  constructor(options: ConnectionOptions) {
    const { doc, store, asides, mayWrite } = options;
    this.#options = options;
    this.#mayWrite = mayWrite;
    this.#replica = new Replica(doc);
    this.#edits = new PendingEdits(doc, store);
    this.#aside = new Aside({ doc, edits: this.#edits, store, asides, couldWrite: mayWrite });
    this.#line = this.#createLine();
    this.#heartbeat = this.#createHeartbeat();
    this.#checks = this.#createChecks();
    this.#presence = new AwarenessRelay(options.awareness, (frame) => this.#line.send(frame));
    doc.on("update", this.#docUpdated);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The copy that was put aside, for a browser that cannot keep it. */
  get aside(): Copy | null {
    return this.#aside.copy;
  }

  /** Copies put aside without an end of this document. */
  get copiesMade(): number {
    return this.#copiesMade;
  }

  /** Edits that would be lost from view, though not from this browser, if the page went away now. */
  get unstored(): number {
    return this.#edits.size;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes up what an earlier tab could not deliver, then opens the socket. */
  async start(): Promise<void> {
    const edits = await this.#options.store.all();
    if (this.#mayWrite) this.#replica.resume(await this.#edits.restore(edits));
    else this.#leftOver = edits;
    this.#tell();
    this.#line.start();
  }

  /** The role changed or the session ended while the page was open. */
  setMayWrite(mayWrite: boolean): void {
    this.#mayWrite = mayWrite;
  }

  tryNow(): void {
    this.#line.hurry();
  }

  stop(): void {
    this.#heartbeat.stop();
    this.#checks.stop();
    this.#presence.stop();
    this.#options.doc.off("update", this.#docUpdated);
    this.#line.stop();
  }

  // The parts ---------------------------------------------------------------------------------

  #createLine(): LastingLine {
    const listener = {
      opened: () => this.#opened(),
      received: (data: ArrayBuffer | string) => this.#received(data),
      lost: (code: number | null) => this.#lost(code),
      ended: (reason: LineEnd) => this.#ended(reason),
    };
    return new LastingLine(this.#options.address, listener, this.#options);
  }

  #createHeartbeat(): Heartbeat {
    return new Heartbeat({
      isWaiting: () => !this.#replica.isSynced || this.#edits.size > 0,
      areOthersHere: () => this.#presence.arePeersHere,
      ask: () => this.#ask(this.#replica.place),
      died: () => this.#line.drop(),
    });
  }

  #createChecks(): Checks {
    return new Checks({
      doc: this.#options.doc,
      isSettled: () => this.#replica.isSynced && this.#edits.size === 0,
      seq: () => this.#replica.place.seq,
      ask: (seq, digest) => this.#line.send(encodeCheck(seq, digest)),
      fetchAll: () => this.#ask({ ...this.#replica.place, seq: 0 }),
      gaveUp: () => this.#differs(),
    });
  }

  // The line ----------------------------------------------------------------------------------

  #opened(): void {
    this.#heartbeat.expectAnswer();
    this.#ask(this.#replica.place);
    this.#presence.announce();
  }

  #ask(place: Place): void {
    this.#line.send(encodeAsk(place));
  }

  #received(data: ArrayBuffer | string): void {
    if (typeof data === "string") return;
    this.#handle(decode(new Uint8Array(data)));
    // After it, because a count may have emptied the outbox.
    if (this.#line.isOpen) this.#heartbeat.heard();
  }

  #handle(message: Incoming): void {
    switch (message.kind) {
      case "welcome":
        this.#welcomed(message.place, message.update);
        return;
      case "changed":
        this.#replica.changed(message.update, message.seq);
        return;
      case "awareness":
        this.#presence.received(message.update);
        return;
      case "query-awareness":
        this.#presence.sendOwn();
        return;
      case "stored":
        this.#stored(message.count, message.seq);
        return;
      case "refused":
        this.#refused(message.reason);
        return;
      case "checked":
        this.#checks.verdict(message.seq, message.isEqual);
        return;
      case "step1":
        this.#fillGap(message.stateVector);
        return;
      // Of the standard protocol, which this side does not ask for.
      case "step2":
      case "update":
      case "unknown":
        return;
    }
  }

  #lost(code: number | null): void {
    this.#heartbeat.stop();
    this.#checks.cut();
    this.#replica.cut();
    this.#edits.cut();
    this.#edits.keepBase(this.#replica.place);
    this.#presence.forgetPeers();
    this.#wasLost = true;
    if (code === CLOSE_NOT_STORED) this.#isStoreAway = true;
    this.#tell();
  }

  #ended(reason: LineEnd): void {
    this.#hangUp();
    this.#end = reason;
    if (reason === "not-allowed" && this.#options.forgetWhenClosed) {
      void this.#edits.clear();
      void this.#options.asides.clear();
    }
    this.#tell();
  }

  #hangUp(): void {
    this.#heartbeat.stop();
    this.#checks.stop();
    this.#line.stop();
    this.#replica.cut();
    this.#presence.forgetPeers();
  }

  // The log -----------------------------------------------------------------------------------

  #welcomed(place: Place, update: Uint8Array): void {
    if (!areOfEpoch([this.#replica.place, ...this.#edits.all()], place.epoch)) {
      void this.#putAside("new-epoch");
      return;
    }
    const isFirst = this.#replica.welcomed(place, update);
    this.#checks.welcomed();
    if (isFirst) this.#synced();
  }

  #synced(): void {
    this.#edits.forgetBase();
    if (this.#edits.size === 0) this.#isStoreAway = false;
    this.#sendEdits();
    void this.#putLeftOverAside();
    this.#tell();
  }

  /**
   * The opening one needs no answer: what the server may lack are the kept edits, and they go out by
   * themselves. A later step 1 says that it misses something below what it got.
   */
  #fillGap(stateVector: Uint8Array): void {
    if (!this.#replica.isSynced || !this.#mayWrite) return;
    const frame = this.#edits.gapFrame(stateVector);
    if (frame !== null) this.#line.send(frame);
  }

  #differs(): void {
    if (this.#options.trustsChecks) void this.#putAside("differs");
    else console.warn("This document still differs from the server's; it has just been renewed.");
  }

  // Own edits ---------------------------------------------------------------------------------

  readonly #docUpdated = (
    update: Uint8Array,
    _origin: unknown,
    _doc: Y.Doc,
    transaction: Y.Transaction,
  ): void => {
    this.#checks.changed(transaction.local);
    if (!transaction.local || !this.#mayWrite) return;
    const { place, isSynced } = this.#replica;
    this.#edits.add({ update, epoch: place.epoch, touched: touchedBy(transaction) });
    if (isSynced) this.#sendEdits();
    else this.#edits.keepBase(place);
    this.#tell();
  };

  #sendEdits(): void {
    if (!this.#line.isOpen) return;
    for (const frame of this.#edits.unsentFrames()) {
      this.#heartbeat.expectAnswer();
      this.#line.send(frame);
    }
  }

  #stored(frames: number, seq: number): void {
    const count = this.#edits.stored(frames);
    this.#replica.reached(seq);
    if (count > 0) {
      this.#isStoreAway = false;
      this.#checks.changed(false);
    }
    this.#tell();
  }

  #refused(reason: Refusal): void {
    if (reason !== "too-fast") {
      void this.#putAside(reason);
      return;
    }
    this.#edits.rest();
    setTimeout(() => this.#line.drop(), TOO_FAST_PAUSE_MS);
  }

  async #putAside(reason: AsideReason): Promise<void> {
    if (this.#aside.isUnderWay) return;
    this.#hangUp();
    await this.#aside.put(reason);
    this.#tell();
  }

  async #putLeftOverAside(): Promise<void> {
    const edits = this.#leftOver;
    if (edits.length === 0) return;
    this.#leftOver = [];
    if (!(await this.#aside.putLeftOver(edits, this.#replica.place.epoch))) return;
    this.#copiesMade += 1;
    this.#notify();
  }

  // What the interface says -------------------------------------------------------------------

  #tell(): void {
    const next = this.#describe();
    if (isSameState(next, this.#state)) return;
    this.#state = next;
    this.#notify();
  }

  #describe(): ConnectionState {
    return describeConnection({
      end: this.#end,
      aside: this.#aside.outcome,
      isStoreAway: this.#isStoreAway,
      isSynced: this.#replica.isSynced,
      wasLost: this.#wasLost,
      pending: this.#edits.size,
    });
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
