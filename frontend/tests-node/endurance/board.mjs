/** What happens at one board? Five seats edit, are cut off and come back, until all is quiet again. */

import { performance } from "node:perf_hooks";
import { setTimeout } from "node:timers";
import { setTimeout as pass } from "node:timers/promises";

import * as Y from "yjs";

import { randomOf } from "./random.mjs";
import { Seat } from "./seat.mjs";
import { View, residueOf } from "./view.mjs";

const LONGEST_PAUSE_MS = 40;
/** Long, for a machine may be busy with other things. */
const QUIET_WITHIN_MS = 120_000;
const POLL_MS = 20;

const HAPPENINGS = [
  [860, "edit"],
  [30, "cut"],
  [30, "stall"],
  [30, "changeNetwork"],
  [20, "reload"],
  [6, "everybodyLeaves"],
  [24, "rest"],
];

export class Board {
  events = [];
  actions = 0;
  #isEnding = false;

  /** plan: {seed, seats, isRough}. A board that is not rough only edits. */
  constructor(plan) {
    this.plan = plan;
    this.random = randomOf(plan.seed);
    const log = (event) => this.events.push(event);
    this.seats = plan.seats.map((seat, index) => {
      return new Seat(index, seat, randomOf(plan.seed * 31 + index), log);
    });
    this.writers = this.seats.filter((seat) => seat.writes);
  }

  async run() {
    while (!this.#isEnding) {
      const happening = this.plan.isRough ? this.random.weighted(HAPPENINGS) : "edit";
      await this[happening]();
      this.actions += 1;
      await pass(this.random.below(LONGEST_PAUSE_MS));
    }
  }

  end() {
    this.#isEnding = true;
  }

  /** Everybody comes back and stays; what a newcomer sees then is what remains. */
  async settle() {
    for (const seat of this.seats) {
      seat.link.resume();
      seat.link.goOnline();
    }
    const settled = await until(() => this.seats.every((seat) => seat.isSettled));
    const newcomer = new Seat(this.seats.length, this.plan.newcomer, this.random, () => undefined);
    const all = [...this.seats, newcomer];
    const equal = await until(() => all.every((seat) => seat.isSettled) && areEqual(all));
    const outcome = this.#outcome(newcomer, all, { settled, equal });
    for (const seat of all) seat.close();
    return outcome;
  }

  /** Each writer does something, and waits until it is stored and everybody has it. */
  async probe() {
    const marks = this.writers.map((seat) => seat.mark());
    const isDone = () =>
      marks.every((mark) => mark.isStored() && this.seats.every((seat) => mark.isIn(seat.doc)));
    return until(isDone);
  }

  /** A line in the history, to divide it by. */
  note(name) {
    this.events.push({ kind: "note", name });
  }

  edit() {
    this.random.of(this.writers).editor.act();
  }

  cut() {
    this.random.of(this.seats).link.cut();
  }

  /** The computer of somebody does not keep up: nothing is read for a while. */
  stall() {
    const { link } = this.random.of(this.seats);
    link.pause();
    setTimeout(() => link.resume(), this.random.below(200));
  }

  /** Whoever was offline comes back, or somebody goes. */
  changeNetwork() {
    const { link } = this.random.of(this.seats);
    if (this.random.isLucky(0.6)) link.goOnline();
    else link.goOffline();
  }

  reload() {
    this.random.of(this.seats).reload({ keepsEdits: this.random.isLucky(0.6) });
  }

  /** Long enough for the room to be unloaded, then everybody is back. */
  async everybodyLeaves() {
    for (const { link } of this.seats) link.goOffline();
    await pass(300);
    for (const { link } of this.seats) link.goOnline();
  }

  async rest() {
    await pass(this.random.below(150));
  }

  #outcome(newcomer, all, { settled, equal }) {
    return {
      seed: this.plan.seed,
      actions: this.actions,
      settled: settled || this.seats.map((seat) => seat.isSettled),
      equal: equal || all.map((seat) => ({ seat: seat.index, content: contentOf(seat.doc) })),
      events: this.events,
      pieces: [...newcomer.view.pieces()],
      residue: residueOf(newcomer.doc),
      copies: this.seats.map((seat) => seat.copies.map(pathsIn)),
      content: contentOf(newcomer.doc),
    };
  }
}

async function until(isSo) {
  const deadline = performance.now() + QUIET_WITHIN_MS;
  while (!isSo()) {
    if (performance.now() > deadline) return false;
    await pass(POLL_MS);
  }
  return true;
}

/** Down to the structure: every item and every deletion is the same. */
function areEqual(seats) {
  const [first, ...others] = seats.map(({ doc }) => doc);
  const snapshot = Y.snapshot(first);
  const text = JSON.stringify(contentOf(first));
  return others.every(
    (doc) => Y.equalSnapshots(snapshot, Y.snapshot(doc)) && JSON.stringify(contentOf(doc)) === text,
  );
}

/** The pieces of a copy that was put aside. */
function pathsIn(state) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return [...new View(doc).pieces().keys()];
}

const ROOTS = ["meta", "steps", "notes", "components", "connections"];

/** The document as plain values, keys in order. */
function contentOf(doc) {
  return Object.fromEntries(ROOTS.map((root) => [root, sorted(doc.getMap(root).toJSON())]));
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}
