/** What would a person at a board do next? One random edit at a time, each with an id of its own. */

import * as Y from "yjs";
import { tokensOf } from "./view.mjs";

const ORIGIN = Symbol("edited here");
/** Few enough that people meet in the same text. */
const TEXTS = 3;
/** One unit and two units of UTF-16, and what JSON escapes. */
const TAILS = ["", "é", "😀", '"\\'];

const EDITS = [
  [20, "addCard"],
  [16, "moveCard"],
  [8, "renameCard"],
  [6, "deleteCard"],
  [9, "connect"],
  [4, "labelConnection"],
  [3, "deleteConnection"],
  [26, "type"],
  [6, "deleteToken"],
  [4, "undo"],
  [2, "redo"],
];

/** The hands of one seat. */
export class Editor {
  #counter;
  #typing = null;

  constructor({ doc, random, seat, counter }) {
    this.doc = doc;
    this.random = random;
    this.seat = seat;
    this.#counter = counter;
    this.cards = doc.getMap("components");
    this.connections = doc.getMap("connections");
    this.notes = doc.getMap("notes");
    this.undoing = new Y.UndoManager([this.cards, this.connections, this.notes], {
      trackedOrigins: new Set([ORIGIN]),
      captureTimeout: Infinity, // one edit is one step: `stopCapturing` says where it ends
    });
  }

  /** Does something. Who types goes on until the sentence is finished. */
  act() {
    if (this.#typing !== null) return this.#typeOn();
    this.undoing.stopCapturing();
    return this[this.random.weighted(EDITS)]();
  }

  addCard() {
    const id = this.#newId();
    this.#change(() => {
      this.cards.set(id, new Y.Map(Object.entries(cardAt(this.#place(), this.#place(), id))));
    });
  }

  moveCard() {
    this.#withOneOf(this.cards, (card) => {
      card.set("x", this.#place());
      card.set("y", this.#place());
    });
  }

  renameCard() {
    this.#withOneOf(this.cards, (card) => card.set("name", `name ${this.#newId()}`));
  }

  deleteCard() {
    this.#deleteOneOf(this.cards);
  }

  connect() {
    const ids = [...this.cards.keys()];
    if (ids.length < 2) return;
    const [source, target] = [this.random.of(ids), this.random.of(ids)];
    if (source === target) return;
    const id = this.#newId();
    this.#change(() => {
      this.connections.set(id, new Y.Map(Object.entries(connectionOf(source, target, id))));
    });
  }

  labelConnection() {
    this.#withOneOf(this.connections, (one) => one.set("label", `label ${this.#newId()}`));
  }

  deleteConnection() {
    this.#deleteOneOf(this.connections);
  }

  /** Begins a sentence of a few tokens, where no token is torn apart. */
  type() {
    const note = this.#anyNote();
    if (note === null) return;
    const at = this.random.of([0, ...tokensOf(note).map(({ end }) => end)]);
    this.#typing = { note, left: this.random.between(1, 4), after: null, at };
    this.#typeOn();
  }

  deleteToken() {
    const note = this.#anyNote();
    const tokens = note === null ? [] : tokensOf(note);
    if (tokens.length === 0) return;
    const { start, end } = this.random.of(tokens);
    this.#change(() => note.delete(start, end - start));
  }

  undo() {
    this.undoing.undo();
  }

  redo() {
    this.undoing.redo();
  }

  destroy() {
    this.undoing.destroy();
  }

  /** A token goes in as a whole: the letters of two people who type at one place may mix. */
  #typeOn() {
    const { note, after, at } = this.#typing;
    const index =
      after === null ? at : Y.createAbsolutePositionFromRelativePosition(after, this.doc).index;
    const token = `«${this.#newId()}${this.random.of(TAILS)}»`;
    this.#change(() => note.insert(index, token));
    // Bound to the token on its left: whatever others type, the next one follows this one.
    this.#typing.after = Y.createRelativePositionFromTypeIndex(note, index + token.length, -1);
    this.#typing.left -= 1;
    if (this.#typing.left === 0) this.#typing = null;
  }

  /** None before the document has arrived. */
  #anyNote() {
    const steps = [...this.notes.keys()].sort().slice(0, TEXTS);
    return steps.length === 0 ? null : this.notes.get(this.random.of(steps));
  }

  #withOneOf(map, change) {
    const ids = [...map.keys()];
    if (ids.length === 0) return;
    const id = this.random.of(ids);
    this.#change(() => change(map.get(id)));
  }

  #deleteOneOf(map) {
    const ids = [...map.keys()];
    if (ids.length === 0) return;
    const id = this.random.of(ids);
    this.#change(() => map.delete(id));
  }

  #change(change) {
    this.doc.transact(change, ORIGIN);
  }

  #newId() {
    return `${this.seat}.${this.#counter.next++}`;
  }

  /** A number that says who made it, and never comes twice. */
  #place() {
    return this.seat * 100_000 + this.#counter.next++ + 0.5;
  }
}

const cardAt = (x, y, id) => ({
  type: "service",
  name: `name ${id}`,
  notes: "",
  ...{ x, y, width: 168.5, height: 64.5 },
  ...{ group: "", pinned: false, tags: ["a"], fields: { qps: "10" }, z: `a${id}` },
});

const connectionOf = (source, target, id) => ({
  ...{ source, target, source_port: "", target_port: "" },
  ...{ kind: "data", label: "", waypoints: [[1.5, 2.5]], z: `a${id}` },
});
