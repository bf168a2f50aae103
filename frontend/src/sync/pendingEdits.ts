/** Which edits made here has the server not stored yet? Kept in memory and in this browser until it has. */

import * as Y from "yjs";

import type { Edit, EditStore, StoredEdit } from "./editStore";
import { Outbox } from "./outbox";
import { encodeStep2, encodeUpdate, type Place } from "./protocol";

interface PendingEdit extends Edit {
  /** In the store, or null where this browser keeps nothing. */
  readonly key: Promise<number | null>;
}

/** Merged edits stay well below the largest update that the server takes, 256 KiB. */
const MERGE_BYTES = 128 * 1024;

/** Origin of what an earlier tab left in the store. */
const FROM_STORE = Symbol("kept by an earlier tab");

export class PendingEdits {
  readonly #doc: Y.Doc;
  readonly #store: EditStore;
  readonly #outbox = new Outbox<PendingEdit>();
  #hasBase = false;
  #isResting = false;

  constructor(doc: Y.Doc, store: EditStore) {
    this.#doc = doc;
    this.#store = store;
  }

  get size(): number {
    return this.#outbox.size;
  }

  /** In the order of making. */
  all(): readonly Edit[] {
    return this.#outbox.all();
  }

  // Keeping -----------------------------------------------------------------------------------

  /** Takes up what an earlier tab could not deliver. Returns how far in the log the document is then. */
  async restore(edits: readonly StoredEdit[]): Promise<Place> {
    const base = edits.length > 0 ? await this.#store.base() : null;
    if (base !== null) Y.applyUpdate(this.#doc, base.state, FROM_STORE);
    for (const { key, ...edit } of edits) {
      this.#outbox.keep({ ...edit, key: Promise.resolve(key) });
      Y.applyUpdate(this.#doc, edit.update, FROM_STORE);
    }
    // Without its base an edit can still go out, but what came before it has to come again.
    return base?.place ?? { epoch: edits.at(-1)?.epoch ?? "", seq: 0 };
  }

  add(edit: Edit): void {
    // A browser whose storage is full still has the edit in memory.
    this.#outbox.keep({ ...edit, key: this.#store.add(edit).catch(() => null) });
  }

  /** While edits wait here, what they build on waits with them: the server may never have it again. */
  keepBase(place: Place): void {
    if (this.#hasBase || this.size === 0 || place.epoch === "") return;
    this.#hasBase = true;
    const base = { place, state: Y.encodeStateAsUpdate(this.#doc) };
    this.#store.keepBase(base).catch(() => undefined);
  }

  /** Gives up on them, in memory and in this browser. */
  async clear(): Promise<void> {
    this.#outbox.clear();
    await this.#store.clear();
  }

  // Going out ---------------------------------------------------------------------------------

  /** The document goes on from here: after the next cut its edits need a newer base. */
  forgetBase(): void {
    this.#hasBase = false;
  }

  /** What this line has not carried yet, as few frames; a frame counts as sent once it is taken. */
  *unsentFrames(): Generator<Uint8Array> {
    if (this.#isResting) return;
    for (const edits of inGroups(this.#outbox.unsent())) {
      this.#outbox.carried(edits.length);
      yield encodeUpdate(Y.mergeUpdates(edits.map((edit) => edit.update)));
    }
  }

  /** What the server says that it lacks, as a frame that carries no edit of its own. */
  gapFrame(stateVector: Uint8Array): Uint8Array | null {
    if (this.#isResting) return null;
    this.#outbox.carried(0);
    return encodeStep2(Y.encodeStateAsUpdate(this.#doc, stateVector));
  }

  /** The server has the first `frames` frames of this line. Returns how many edits are safe now. */
  stored(frames: number): number {
    const safe = this.#outbox.stored(frames);
    void this.#removeFromStore(safe);
    return safe.length;
  }

  /** Too much too fast: the edits are fine, and go out again, merged, on the next line. */
  rest(): void {
    this.#isResting = true;
    this.#outbox.cut();
  }

  /** Counts of the old line mean nothing on the next one. */
  cut(): void {
    this.#isResting = false;
    this.#outbox.cut();
  }

  async #removeFromStore(edits: readonly PendingEdit[]): Promise<void> {
    const keys = await Promise.all(edits.map((edit) => edit.key));
    await this.#store.remove(keys.filter((key) => key !== null));
  }
}

/** Neighbours together, each group small enough for one frame. */
function* inGroups(edits: readonly PendingEdit[]): Generator<readonly PendingEdit[]> {
  let group: PendingEdit[] = [];
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
