/** How far has this document followed the server's log, and is it up to date? */

import * as Y from "yjs";

import type { Place } from "./protocol";

/** Something made on one log: an edit, or how far somebody was. */
interface OfEpoch {
  /** "" where no log was known yet. */
  readonly epoch: string;
}

export class Replica {
  readonly #doc: Y.Doc;
  #place: Place = { epoch: "", seq: 0 };
  #isSynced = false;

  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  get place(): Place {
    return this.#place;
  }

  /** The room has answered on this line, and tells of every change from there on. */
  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** Goes on from where an earlier tab was. */
  resume(place: Place): void {
    this.#place = place;
  }

  /** What the room answers when it is asked. Returns whether it is the first answer on this line. */
  welcomed(place: Place, update: Uint8Array): boolean {
    this.changed(update, place.seq);
    this.#place = { ...this.#place, epoch: place.epoch };
    const isFirst = !this.#isSynced;
    this.#isSynced = true;
    return isFirst;
  }

  changed(update: Uint8Array, seq: number): void {
    Y.applyUpdate(this.#doc, update, this);
    this.reached(seq);
  }

  /** A row of the log holds nothing that is not here. */
  reached(seq: number): void {
    if (seq > this.#place.seq) this.#place = { ...this.#place, seq };
  }

  cut(): void {
    this.#isSynced = false;
  }
}

/** Applied onto a document of another log, edits would double some things and hide others. */
export const areOfEpoch = (made: readonly OfEpoch[], epoch: string): boolean =>
  made.every((one) => one.epoch === "" || one.epoch === epoch);
