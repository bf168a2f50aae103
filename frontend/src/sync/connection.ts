/** How does a Y.Doc stay in step with its room, and what may the interface honestly say about it? */

import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";

import type { AsideReason, AsideStore, Copy } from "./asideStore";
import { AwarenessRelay } from "./awarenessRelay";
import { Checks } from "./checks";
import { type ConnectionState, describeConnection, isSameState } from "./connectionState";
import type { Edit, EditStore } from "./editStore";
import { Heartbeat } from "./heartbeat";
import { LastingLine, type LastingLineOptions, type LineEnd } from "./line";
import { Outbox } from "./outbox";
import { decode, encodeAsk, encodeCheck, encodeStep2, encodeUpdate } from "./protocol";
import type { Incoming, Place, Refusal } from "./protocol";
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

interface KeptEdit extends Edit {
  readonly key: Promise<number | null>;
}

/** Merged edits stay well below the largest update that the server takes, 256 KiB. */
const MERGE_BYTES = 128 * 1024;
const TOO_FAST_PAUSE_MS = 2_000;

const CLOSE_NOT_STORED = 1011;

const NOWHERE: Place = { epoch: "", seq: 0 };

/** Origin of what an earlier tab left in the store. */
const FROM_STORE = Symbol("kept by an earlier tab");

export class Connection {
  readonly #doc: Y.Doc;
  readonly #store: EditStore;
  readonly #asides: AsideStore;
  readonly #forgetWhenClosed: boolean;
  readonly #trustsChecks: boolean;
  readonly #line: LastingLine;
  readonly #heartbeat: Heartbeat;
  readonly #checks: Checks;
  readonly #presence: AwarenessRelay;
  readonly #outbox = new Outbox<KeptEdit>();
  readonly #listeners = new Set<() => void>();
  /** Edits of an earlier tab that this page may not send any more. */
  #leftOver: readonly Edit[] = [];
  #mayWrite: boolean;
  /** Who could never write has nothing to keep. */
  readonly #couldWrite: boolean;
  /** How far in the server's log this document is. */
  #place = NOWHERE;
  #isSynced = false;
  #wasLost = false;
  #hasBase = false;
  #isStoreAway = false;
  /** Nothing goes out on this line any more: the server was told too much too fast. */
  #isResting = false;
  #isGoingAside = false;
  #copiesMade = 0;
  #aside: { readonly copy: Copy; readonly isKept: boolean } | null = null;
  #end: LineEnd | null = null;
  #state: ConnectionState = { kind: "connecting" };

  constructor(options: ConnectionOptions) {
    this.#doc = options.doc;
    this.#store = options.store;
    this.#asides = options.asides;
    this.#mayWrite = options.mayWrite;
    this.#couldWrite = options.mayWrite;
    this.#forgetWhenClosed = options.forgetWhenClosed;
    this.#trustsChecks = options.trustsChecks;
    this.#line = new LastingLine(
      options.address,
      {
        opened: () => this.#opened(),
        received: (data) => this.#received(data),
        lost: (code) => this.#lost(code),
        ended: (reason) => this.#ended(reason),
      },
      options,
    );
    this.#heartbeat = new Heartbeat({
      isWaiting: () => !this.#isSynced || this.#outbox.size > 0,
      areOthersHere: () => this.#presence.arePeersHere,
      ask: () => this.#line.send(encodeAsk(this.#place)),
      died: () => this.#line.drop(),
    });
    this.#checks = new Checks({
      doc: options.doc,
      isSettled: () => this.#isSettled(),
      seq: () => this.#place.seq,
      ask: (seq, digest) => this.#line.send(encodeCheck(seq, digest)),
      fetchAll: () => this.#line.send(encodeAsk({ ...this.#place, seq: 0 })),
      gaveUp: () => this.#differs(),
    });
    this.#presence = new AwarenessRelay(options.awareness, (frame) => this.#line.send(frame));
    this.#doc.on("update", this.#docUpdated);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The copy that was put aside, for a browser that cannot keep it. */
  get aside(): Copy | null {
    return this.#aside?.copy ?? null;
  }

  /** Copies put aside without an end of this document. */
  get copiesMade(): number {
    return this.#copiesMade;
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
    const edits = await this.#store.all();
    if (this.#mayWrite) await this.#takeUp(edits);
    else this.#leftOver = edits;
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
    this.#doc.off("update", this.#docUpdated);
    this.#presence.stop();
    this.#line.stop();
  }

  // Own edits ---------------------------------------------------------------------------------

  async #takeUp(edits: Awaited<ReturnType<EditStore["all"]>>): Promise<void> {
    const base = edits.length > 0 ? await this.#store.base() : null;
    if (base !== null) Y.applyUpdate(this.#doc, base.state, FROM_STORE);
    for (const { key, ...edit } of edits) {
      this.#outbox.keep({ ...edit, key: Promise.resolve(key) });
      Y.applyUpdate(this.#doc, edit.update, FROM_STORE);
    }
    // Without its base an edit can still go out, but what came before it has to come again.
    this.#place = base?.place ?? { epoch: epochOf(edits), seq: 0 };
    this.#tell();
  }

  readonly #docUpdated = (
    update: Uint8Array,
    _origin: unknown,
    _doc: Y.Doc,
    transaction: Y.Transaction,
  ): void => {
    this.#checks.changed(transaction.local);
    if (!transaction.local || !this.#mayWrite) return;
    const edit = { update, epoch: this.#place.epoch, touched: touchedBy(transaction) };
    // A browser whose storage is full still has the edit in memory.
    this.#outbox.keep({ ...edit, key: this.#store.add(edit).catch(() => null) });
    if (this.#isSynced) this.#sendEdits();
    else this.#keepBase();
    this.#tell();
  };

  /** While edits wait here, what they build on waits with them: the server may never have it again. */
  #keepBase(): void {
    if (this.#hasBase || this.#outbox.size === 0 || this.#place.epoch === "") return;
    this.#hasBase = true;
    const base = { place: this.#place, state: Y.encodeStateAsUpdate(this.#doc) };
    this.#store.keepBase(base).catch(() => undefined);
  }

  #sendEdits(): void {
    if (!this.#line.isOpen || this.#isResting) return;
    for (const edits of inGroups(this.#outbox.unsent())) {
      this.#heartbeat.expectAnswer();
      this.#outbox.carried(edits.length);
      this.#line.send(encodeUpdate(Y.mergeUpdates(edits.map((edit) => edit.update))));
    }
  }

  #stored(count: number, seq: number): void {
    const safe = this.#outbox.stored(count);
    if (safe.length > 0) this.#isStoreAway = false;
    void this.#removeFromStore(safe);
    this.#reached(seq);
    if (safe.length > 0) this.#checks.changed(false);
    this.#tell();
  }

  async #removeFromStore(edits: readonly KeptEdit[]): Promise<void> {
    const keys = await Promise.all(edits.map((edit) => edit.key));
    await this.#store.remove(keys.filter((key) => key !== null));
  }

  #refused(reason: Refusal): void {
    if (reason !== "too-fast") {
      void this.#putAside(reason);
      return;
    }
    // The edits are fine: they go out again, merged, on the next line. Counts of this one end here.
    this.#isResting = true;
    this.#outbox.cut();
    setTimeout(() => this.#line.drop(), TOO_FAST_PAUSE_MS);
  }

  // The line ----------------------------------------------------------------------------------

  #opened(): void {
    this.#isResting = false;
    this.#outbox.cut();
    this.#heartbeat.expectAnswer();
    this.#line.send(encodeAsk(this.#place));
    this.#presence.announce();
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
        this.#apply(message.update);
        this.#reached(message.seq);
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

  #welcomed(place: Place, update: Uint8Array): void {
    if (this.#isOfAnotherEpoch(place.epoch)) {
      // Applied onto this document it would double some things and hide others.
      void this.#putAside("new-epoch");
      return;
    }
    this.#apply(update);
    this.#place = { epoch: place.epoch, seq: Math.max(this.#place.seq, place.seq) };
    this.#checks.welcomed();
    this.#synced();
  }

  #isOfAnotherEpoch(epoch: string): boolean {
    const mine = [this.#place.epoch, ...this.#outbox.all().map((edit) => edit.epoch)];
    return mine.some((one) => one !== "" && one !== epoch);
  }

  #synced(): void {
    if (this.#isSynced) return;
    this.#isSynced = true;
    this.#hasBase = false;
    if (this.#outbox.size === 0) this.#isStoreAway = false;
    this.#sendEdits();
    void this.#putLeftOverAside();
    this.#tell();
  }

  #apply(update: Uint8Array): void {
    Y.applyUpdate(this.#doc, update, this);
  }

  #reached(seq: number): void {
    if (seq > this.#place.seq) this.#place = { ...this.#place, seq };
  }

  /**
   * The opening one needs no answer: what the server may lack are the kept edits, and they go out by
   * themselves. A later step 1 says that it misses something below what it got.
   */
  #fillGap(stateVector: Uint8Array): void {
    if (!this.#isSynced || !this.#mayWrite || this.#isResting) return;
    this.#outbox.carried(0);
    this.#line.send(encodeStep2(Y.encodeStateAsUpdate(this.#doc, stateVector)));
  }

  #lost(code: number | null): void {
    this.#heartbeat.stop();
    this.#checks.cut();
    this.#isSynced = false;
    this.#wasLost = true;
    if (code === CLOSE_NOT_STORED) this.#isStoreAway = true;
    this.#outbox.cut();
    this.#keepBase();
    this.#presence.forgetPeers();
    this.#tell();
  }

  #ended(reason: LineEnd): void {
    this.#heartbeat.stop();
    this.#end = reason;
    this.#isSynced = false;
    this.#presence.forgetPeers();
    if (reason === "not-allowed" && this.#forgetWhenClosed) {
      this.#outbox.clear();
      void this.#store.clear();
      void this.#asides.clear();
    }
    this.#tell();
  }

  // Divergence --------------------------------------------------------------------------------

  #isSettled(): boolean {
    return this.#isSynced && this.#outbox.size === 0;
  }

  #differs(): void {
    if (this.#trustsChecks) void this.#putAside("differs");
    else console.warn("This document still differs from the server's; it has just been renewed.");
  }

  /** Ends this document's life: its copy is kept, and the page starts from a fresh one. */
  async #putAside(reason: AsideReason): Promise<void> {
    if (this.#isGoingAside) return;
    this.#isGoingAside = true;
    const copy = this.#copy(reason, this.#outbox.all());
    this.#stopTalking();
    const isWorthIt = this.#couldWrite || this.#outbox.size > 0;
    const isKept = !isWorthIt || (await this.#asides.add(copy).catch(() => false));
    this.#aside = { copy, isKept };
    if (isKept) {
      this.#outbox.clear();
      await this.#store.clear();
    }
    this.#tell();
  }

  #stopTalking(): void {
    this.#heartbeat.stop();
    this.#checks.stop();
    this.#line.stop();
    this.#isSynced = false;
    this.#presence.forgetPeers();
  }

  /** This page never held them, so it can go on as it is. */
  async #putLeftOverAside(): Promise<void> {
    const edits = this.#leftOver;
    if (edits.length === 0) return;
    this.#leftOver = [];
    const base = await this.#store.base();
    const updates = [base?.state, ...edits.map((edit) => edit.update)].filter(
      (update) => update !== undefined,
    );
    const isSameEpoch = edits.every(({ epoch }) => epoch === "" || epoch === this.#place.epoch);
    if (isSameEpoch) updates.push(Y.encodeStateAsUpdate(this.#doc));
    const copy = { ...this.#copy("read-only", edits), state: Y.mergeUpdates(updates) };
    if (!(await this.#asides.add(copy))) return;
    await this.#store.clear();
    this.#copiesMade += 1;
    for (const listener of this.#listeners) listener();
  }

  #copy(reason: AsideReason, edits: readonly Edit[]): Copy {
    return {
      reason,
      at: Date.now(),
      state: Y.encodeStateAsUpdate(this.#doc),
      unsaved: [...new Set(edits.flatMap((edit) => edit.touched))],
    };
  }

  // What the interface says -------------------------------------------------------------------

  #tell(): void {
    const next = this.#describe();
    if (isSameState(next, this.#state)) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  #describe(): ConnectionState {
    return describeConnection({
      end: this.#end,
      aside: this.#aside && { reason: this.#aside.copy.reason, isKept: this.#aside.isKept },
      isStoreAway: this.#isStoreAway,
      isSynced: this.#isSynced,
      wasLost: this.#wasLost,
      pending: this.#outbox.size,
    });
  }
}

const epochOf = (edits: readonly Edit[]): string => edits.at(-1)?.epoch ?? "";

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
