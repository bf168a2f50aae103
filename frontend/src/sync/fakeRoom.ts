/** A room in memory for tests: speaks the server's side, and can hold back its answers or cut its lines. */

import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";

import { createDigester } from "./digest";
import type { Dial, LineHandlers } from "./line";
import type { Place } from "./protocol";

export class FakeRoom {
  epoch = "first";
  readonly rows: Uint8Array[] = [];
  readonly asked: Place[] = [];
  readonly verdicts: boolean[] = [];
  readonly awarenessFrames: Uint8Array[] = [];
  isUp = true;
  holdsAnswers = false;
  /** The store fails: edits are neither stored nor answered, and the line is closed with 1011. */
  isStoreAway = false;
  /** The next document frame is refused with this reason. */
  refuseNext: string | null = null;
  /** So many broadcasts get lost on their way. */
  drops = 0;
  /** What every digest is compared with, instead of the log's own. */
  lies: string | null = null;
  readonly #lines = new Set<RoomLine>();

  /** What is in the log: the state that survives everything. */
  get log(): Y.Doc {
    return documentOf(this.rows);
  }

  readonly dial: Dial = (_address, handlers) => {
    const line = new RoomLine(this, handlers);
    queueMicrotask(() => (this.isUp ? this.#open(line) : handlers.closed(1006)));
    return { send: (data) => line.receive(data as Uint8Array), close: () => this.leave(line) };
  };

  /** Kills every line; frames that were not answered may or may not be in the log. */
  cut(code = 1006): void {
    const lines = [...this.#lines];
    this.#lines.clear();
    for (const line of lines) line.handlers.closed(code);
  }

  /** Sends what was held back. */
  answer(): void {
    this.holdsAnswers = false;
    for (const line of this.#lines) line.flush();
  }

  /** Somebody else's edit. */
  edit(change: (doc: Y.Doc) => void): void {
    const other = this.log;
    other.on("update", (update: Uint8Array) => this.store(update, null));
    change(other);
  }

  /** Somebody else's presence. */
  present(state: Uint8Array): void {
    for (const line of this.#lines) line.answer(frame(1, state));
  }

  /** An operator puts a backup back: the log ends after `seq` rows, and nobody is told. */
  restore(seq: number): void {
    this.cut();
    this.rows.length = seq;
  }

  store(update: Uint8Array, from: RoomLine | null): void {
    this.rows.push(update);
    for (const line of this.#lines) {
      if (line === from) continue;
      if (this.drops > 0) this.drops -= 1;
      else line.tell(this.rows.length, update);
    }
  }

  leave(line: RoomLine): void {
    this.#lines.delete(line);
  }

  #open(line: RoomLine): void {
    this.#lines.add(line);
    // On its way before anything that the client says can be answered.
    line.hold(syncFrame(0, Y.encodeStateVector(this.log)));
    line.handlers.opened();
  }
}

class RoomLine {
  readonly handlers: LineHandlers;
  readonly #room: FakeRoom;
  #speaksDialect = false;
  #frames = 0;
  #held: Uint8Array[] = [];

  constructor(room: FakeRoom, handlers: LineHandlers) {
    this.#room = room;
    this.handlers = handlers;
  }

  receive(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    const uint = (): number => decoding.readVarUint(decoder);
    const type = uint();
    if (type === 0) this.#sync(uint(), decoding.readVarUint8Array(decoder));
    if (type === 1) this.#room.awarenessFrames.push(decoding.readVarUint8Array(decoder));
    if (type === 100) this.#welcome({ epoch: decoding.readVarString(decoder), seq: uint() });
    if (type === 105) this.#check(uint(), decoding.readVarString(decoder));
  }

  /** Somebody else's change. */
  tell(seq: number, update: Uint8Array): void {
    if (this.#speaksDialect) this.answer(frame(103, seq, update));
  }

  hold(bytes: Uint8Array): void {
    this.#held.push(bytes);
  }

  answer(bytes: Uint8Array): void {
    this.hold(bytes);
    if (!this.#room.holdsAnswers) this.flush();
  }

  flush(): void {
    for (const bytes of this.#held.splice(0)) this.handlers.received(bytes.slice().buffer);
  }

  #welcome(place: Place): void {
    this.#speaksDialect = true;
    this.#room.asked.push(place);
    const { rows } = this.#room;
    const isSameLog = place.epoch === this.#room.epoch;
    if (isSameLog && place.seq > rows.length) this.#room.epoch += ", restored";
    const isKnown = place.epoch === this.#room.epoch && place.seq > 0;
    const missed = isKnown ? rows.slice(place.seq) : rows;
    // An empty merge is no update.
    const update = missed.length > 0 ? Y.mergeUpdates(missed) : Y.encodeStateAsUpdate(new Y.Doc());
    this.answer(frame(104, this.#room.epoch, rows.length, isKnown ? 1 : 0, update));
  }

  #check(seq: number, digest: string): void {
    const { rows, lies, verdicts } = this.#room;
    const isEqual = digest === (lies ?? createDigester(documentOf(rows.slice(0, seq))).digest());
    verdicts.push(isEqual);
    this.answer(frame(106, seq, isEqual ? 1 : 0));
  }

  #sync(step: number, payload: Uint8Array): void {
    if (step === 0) throw new Error("The dialect has no step 1 of the client.");
    if (this.#room.isStoreAway) {
      queueMicrotask(() => this.#room.cut(1011));
      return;
    }
    this.#frames += 1;
    const reason = this.#room.refuseNext;
    this.#room.refuseNext = null;
    // As the real room does: a refused frame is settled too.
    if (reason !== null) this.answer(frame(102, this.#frames, reason));
    else this.#room.store(payload, this);
    this.answer(frame(101, this.#frames, this.#room.rows.length));
  }
}

function documentOf(rows: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  for (const row of rows) Y.applyUpdate(doc, row);
  return doc;
}

function syncFrame(step: number, payload: Uint8Array): Uint8Array {
  return frame(0, step, payload);
}

function frame(...parts: readonly (number | string | Uint8Array)[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === "number") encoding.writeVarUint(encoder, part);
    else if (typeof part === "string") encoding.writeVarString(encoder, part);
    else encoding.writeVarUint8Array(encoder, part);
  }
  return encoding.toUint8Array(encoder);
}
