/** For tests: sessions of two people, as rows of a log. */

import * as Y from "yjs";

import { seeded } from "../document/testing";
import type { Page, Person, Row } from "../workspace/history";

export const ANN = "ann";
export const BOB = "bob";
export const PEOPLE: readonly Person[] = [
  { participant: ANN, name: "Ann Lee", role: "interviewer", color: 1 },
  { participant: BOB, name: "Bob", role: "candidate", color: 2 },
];
export const STEPS = [1, 2, 3].map((number) => ({
  id: `step${number}`,
  number,
  name: `Step name ${number}`,
  short_name: `Name ${number}`,
  minutes: 5,
  purpose: "",
  prompts: [],
}));

export interface Recording {
  readonly rows: Row[];
  readonly doc: Y.Doc;
  /** A change by somebody, some time after the last one. */
  readonly change: (who: string | null, make: (doc: Y.Doc) => void, afterMs?: number) => void;
}

const BEGAN = Date.UTC(2026, 10, 23, 10, 1);

/** Begins as the server begins: the notes of each step, empty. */
export function record(): Recording {
  const doc = new Y.Doc();
  const rows: Row[] = [];
  let at = BEGAN;
  let update: Uint8Array = new Uint8Array([0, 0]);
  doc.on("update", (made: Uint8Array) => (update = made));
  const change: Recording["change"] = (who, make, afterMs = 1_000) => {
    update = new Uint8Array([0, 0]); // what a change that changes nothing is
    doc.transact(() => make(doc));
    at += rows.length ? afterMs : 0;
    rows.push({ seq: rows.length + 1, at, who, update });
  };
  change(null, () => {
    for (const { id } of STEPS) doc.getMap("notes").set(id, new Y.Text());
  });
  return { rows, doc, change };
}

export const put =
  (id: string, values: object) =>
  (doc: Y.Doc): void =>
    void doc.getMap("components").set(id, new Y.Map(Object.entries(values)));

export const alter =
  (id: string, values: object) =>
  (doc: Y.Doc): void => {
    const item = doc.getMap<Y.Map<unknown>>("components").get(id);
    for (const [key, value] of Object.entries(values)) item?.set(key, value);
  };

export const remove =
  (id: string) =>
  (doc: Y.Doc): void =>
    doc.getMap("components").delete(id);

export const write =
  (step: string, text: string) =>
  (doc: Y.Doc): void => {
    const note = doc.getMap<Y.Text>("notes").get(step);
    note?.insert(note.length, text);
  };

export const erase =
  (step: string, length: number) =>
  (doc: Y.Doc): void => {
    const note = doc.getMap<Y.Text>("notes").get(step);
    note?.delete(0, Math.min(length, note.length));
  };

/** A session of so many random changes. */
export function randomSession(seed: number, count: number): Recording {
  const random = seeded(seed);
  const session = record();
  for (let i = 0; i < count; i++) {
    const who = random() < 0.5 ? ANN : BOB;
    const id = `c${Math.floor(random() * 8)}`;
    const step = `step${1 + Math.floor(random() * 3)}`;
    const choice = random();
    if (choice < 0.3) session.change(who, put(id, { name: `Part ${i}`, x: i, y: 0 }));
    else if (choice < 0.5) session.change(who, alter(id, { x: i * 2, tags: [`t${i}`] }));
    else if (choice < 0.6) session.change(who, remove(id));
    else if (choice < 0.9) session.change(who, write(step, `w${i} 🙂 `));
    else session.change(who, erase(step, Math.floor(random() * 6)));
  }
  return session;
}

export function contentOf(doc: Y.Doc): unknown {
  return Object.fromEntries(
    ["components", "connections", "notes", "steps"].map((root) => [
      root,
      doc.getMap(root).toJSON() as unknown,
    ]),
  );
}

/** What the document was after the first `count` rows, made in the plain way. */
export function contentAfter(rows: readonly Row[], count: number): unknown {
  const doc = new Y.Doc();
  for (const { update } of rows.slice(0, count)) Y.applyUpdate(doc, update);
  return contentOf(doc);
}

export function pageOf(rows: readonly Row[], last = rows.at(-1)?.seq ?? 0): Page {
  return { epoch: "e", last, people: PEOPLE, rows, markers: [] };
}
