/** A room in memory for tests: speaks the server's side, and can hold back its answers or cut its lines. */

import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";

import type { Dial, LineHandlers } from "./line";

export class FakeRoom {
  /** What is in the log: the state that survives everything. */
  readonly log = new Y.Doc();
  readonly awarenessFrames: Uint8Array[] = [];
  isUp = true;
  holdsAnswers = false;
  /** The next document frame is refused with this reason. */
  refuseNext: string | null = null;
  readonly #lines = new Set<RoomLine>();

  readonly dial: Dial = (_address, handlers) => {
    const line = new RoomLine(this, handlers);
    queueMicrotask(() => (this.isUp ? this.#welcome(line) : handlers.closed(1006)));
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
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(this.log));
    other.on("update", (update: Uint8Array) => this.store(update, null));
    change(other);
  }

  store(update: Uint8Array, from: RoomLine | null): void {
    Y.applyUpdate(this.log, update);
    for (const line of this.#lines) if (line !== from) line.answer(syncFrame(2, update));
  }

  leave(line: RoomLine): void {
    this.#lines.delete(line);
  }

  #welcome(line: RoomLine): void {
    this.#lines.add(line);
    line.handlers.opened();
    line.answer(syncFrame(0, Y.encodeStateVector(this.log)));
  }
}

class RoomLine {
  readonly handlers: LineHandlers;
  readonly #room: FakeRoom;
  #hasAsked = false;
  #frames = 0;
  #held: Uint8Array[] = [];

  constructor(room: FakeRoom, handlers: LineHandlers) {
    this.#room = room;
    this.handlers = handlers;
  }

  receive(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    const type = decoding.readVarUint(decoder);
    if (type === 100) this.#hasAsked = true;
    if (type === 1) this.#room.awarenessFrames.push(decoding.readVarUint8Array(decoder));
    if (type === 0) this.#sync(decoding.readVarUint(decoder), decoding.readVarUint8Array(decoder));
  }

  answer(frame: Uint8Array): void {
    this.#held.push(frame);
    if (!this.#room.holdsAnswers) this.flush();
  }

  flush(): void {
    for (const frame of this.#held.splice(0)) {
      this.handlers.received(frame.slice().buffer);
    }
  }

  #sync(step: number, payload: Uint8Array): void {
    if (step === 0) {
      this.answer(syncFrame(1, Y.encodeStateAsUpdate(this.#room.log, payload)));
      return;
    }
    this.#frames += 1;
    const reason = this.#room.refuseNext;
    this.#room.refuseNext = null;
    if (reason !== null) {
      // As the real room does: a refused frame is settled too.
      this.answer(refusedFrame(this.#frames, reason));
      this.answer(storedFrame(this.#frames));
      return;
    }
    this.#room.store(payload, this);
    if (this.#hasAsked) this.answer(storedFrame(this.#frames));
  }
}

function syncFrame(step: number, payload: Uint8Array): Uint8Array {
  return frame((encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, payload);
  });
}

function storedFrame(count: number): Uint8Array {
  return frame((encoder) => {
    encoding.writeVarUint(encoder, 101);
    encoding.writeVarUint(encoder, count);
  });
}

function refusedFrame(count: number, reason: string): Uint8Array {
  return frame((encoder) => {
    encoding.writeVarUint(encoder, 102);
    encoding.writeVarUint(encoder, count);
    encoding.writeVarString(encoder, reason);
  });
}

function frame(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  write(encoder);
  return encoding.toUint8Array(encoder);
}
