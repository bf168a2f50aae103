import { describe, expect, it } from "vitest";
import * as Y from "yjs";

import { addSticky, change, connect, deleteItems, rename, setPinned } from "./changes";
import { group } from "./groups";
import { openBoard, type BoardDocument } from "./open";
import { findMissing, nameOfPlace, putBack } from "./recovery";
import { card, contentOf, emptyBoard, seeded } from "./testing";
import { createUndo } from "./undo";

/** A board of the same content that shares nothing else: as after a restored backup. */
function rebuilt(board: BoardDocument): BoardDocument {
  const other = emptyBoard();
  putBack(other, board, findMissing(other, board));
  return other;
}

const write = (board: BoardDocument, step: string, text: string): void => {
  const notes = board.notes.get(step) ?? board.notes.set(step, new Y.Text());
  notes.delete(0, notes.length);
  notes.insert(0, text);
};

const notesOf = (board: BoardDocument, step: string): string =>
  board.notes.get(step)?.toJSON() ?? "";

it("misses nothing in a board of the same content", () => {
  const copy = emptyBoard();
  connect(copy, card(copy, "A"), card(copy, "B"), "data", "rows");
  write(copy, "data", "one\ntwo");

  expect(findMissing(rebuilt(copy), copy)).toEqual([]);
});

it("finds what the board lacks and what it has otherwise", () => {
  const copy = emptyBoard();
  const [kept, changed, lost] = [card(copy, "A"), card(copy, "B"), card(copy, "C")];
  write(copy, "data", "one");
  const board = rebuilt(copy);
  rename(board, changed, "Other");
  deleteItems(board, [lost]);
  card(board, "Of somebody else");
  write(copy, "data", "one\ntwo");

  const missing = findMissing(board, copy);

  expect(missing).toMatchObject([
    { kind: "components", id: changed, differing: { name: "B" } },
    { kind: "components", id: lost, differing: null },
    { type: "notes", step: "data", lines: ["two"] },
  ]);
  expect(missing.map(nameOfPlace)).toEqual([
    `components/${changed}`,
    `components/${lost}`,
    "notes/data",
  ]);
  expect(missing.map(nameOfPlace)).not.toContain(`components/${kept}`);
});

it("replaces nothing by emptiness", () => {
  const copy = emptyBoard();
  const id = card(copy, "");
  const board = rebuilt(copy);
  rename(board, id, "Named since");
  setPinned(board, [id], true);
  write(board, "data", "written since");

  expect(findMissing(board, copy)).toEqual([]);
});

it("brings the ends of a line along", () => {
  const copy = emptyBoard();
  const line = connect(copy, card(copy, "A"), card(copy, "B"), "data") ?? "";
  const board = emptyBoard();

  putBack(
    board,
    copy,
    findMissing(board, copy).filter((one) => one.type === "item" && one.id === line),
  );

  expect(findMissing(board, copy)).toEqual([]);
});

it("is one step of undo, notes and items together", () => {
  const copy = emptyBoard();
  card(copy, "A");
  write(copy, "data", "one\ntwo");
  const board = emptyBoard();
  write(board, "data", "one");
  const undo = createUndo(board);
  putBack(board, copy, findMissing(board, copy));
  board.notes.get("data")?.insert(0, "typed after: ");

  undo.undo();

  expect(board.items.components.size).toBe(0);
  expect(notesOf(board, "data")).toBe("typed after: one");
  undo.redo();
  expect(notesOf(board, "data")).toBe("typed after: one\ntwo");
  expect(board.items.components.size).toBe(1);
});

it("carries no bytes of the old document over", () => {
  const copy = emptyBoard();
  card(copy, "A");
  const board = emptyBoard();

  putBack(board, copy, findMissing(board, copy));

  const clients = (doc: Y.Doc): number[] => [
    ...Y.decodeStateVector(Y.encodeStateVector(doc)).keys(),
  ];
  expect(clients(board.doc)).toEqual([board.doc.clientID]);
});

describe("whatever the two boards", () => {
  it.each(Array.from({ length: 100 }, (_, seed) => seed))("seed %i", (seed) => {
    const random = seeded(seed);
    const start = emptyBoard();
    for (let step = 0; step < 10; step += 1) edit(start, random);
    const [board, copy] = [rebuilt(start), twin(start)];
    for (let step = 0; step < 8; step += 1) edit(random() < 0.5 ? board : copy, random);
    const [itemsBefore, textBefore] = [idsOf(board), notesOf(board, "data")];

    const missing = findMissing(board, copy);
    const chosen = missing.filter(() => random() < 0.7);
    putBack(board, copy, chosen);

    const names = new Set(chosen.map(nameOfPlace));
    const left = findMissing(board, copy);
    expect(left.filter((one) => names.has(nameOfPlace(one)))).toEqual([]);
    expect(idsOf(board)).toEqual(expect.arrayContaining(itemsBefore));
    expect(lettersMissing(notesOf(board, "data"), textBefore)).toBe("");
    const after = [contentOf(board), board.notes.toJSON()];
    putBack(board, copy, chosen);
    expect([contentOf(board), board.notes.toJSON()]).toEqual(after);
    putBack(board, copy, left);
    expect(findMissing(board, copy)).toEqual([]);
  });
});

const idsOf = (board: BoardDocument): string[] =>
  Object.values(board.items).flatMap((map) => [...map.keys()]);

/** What is left of a text after its letters were found, in their order, in another. */
function lettersMissing(text: string, wanted: string): string {
  let found = 0;
  for (const letter of text) if (letter === wanted[found]) found += 1;
  return wanted.slice(found);
}

function twin(board: BoardDocument): BoardDocument {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(board.doc));
  return openBoard(doc);
}

function edit(board: BoardDocument, random: () => number): void {
  const ids = [...board.items.components.keys()];
  const pick = (): string => ids[Math.floor(random() * ids.length)] ?? "";
  const word = `w${Math.floor(random() * 20)}`;
  const edits = [
    () => card(board, word, Math.floor(random() * 100)),
    () => addSticky(board, { x: 0, y: 0 }, word),
    () => rename(board, pick(), word),
    () => connect(board, pick(), pick(), "request", word),
    () => deleteItems(board, [pick()]),
    () => group(board, [pick()], word),
    () => write(board, "data", `${notesOf(board, "data")}\nline ${word}`),
    () => change(board, () => write(board, "data", notesOf(board, "data").slice(0, -4))),
  ];
  edits[Math.floor(random() * edits.length)]?.();
}
