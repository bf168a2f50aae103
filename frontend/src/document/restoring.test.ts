import { expect, it } from "vitest";
import * as Y from "yjs";

import { addSticky, addText, change, connect, deleteItems, move, rename } from "./changes";
import { group } from "./groups";
import { openBoard, type BoardDocument } from "./open";
import { differenceTo, restore } from "./restoring";
import { card, contentOf, emptyBoard, seeded } from "./testing";
import { createUndo } from "./undo";

/** The same content in a document of its own, as it was at this moment. */
function stateOf(board: BoardDocument): BoardDocument {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(board.doc));
  return openBoard(doc);
}

function write(board: BoardDocument, step: string, text: string): void {
  change(board, () => {
    const notes = board.notes.get(step) ?? board.notes.set(step, new Y.Text());
    notes.delete(0, notes.length);
    notes.insert(0, text);
  });
}

const notesOf = (board: BoardDocument): unknown => board.notes.toJSON();

const NOTHING = { items: [], notes: [] };

it("finds nothing between a board and itself", () => {
  const board = emptyBoard();
  connect(board, card(board, "A"), card(board, "B"), "data", "rows");
  write(board, "data", "one");

  expect(differenceTo(board, stateOf(board))).toEqual(NOTHING);
});

it("names what restoring adds, changes and removes", () => {
  const board = emptyBoard();
  const [kept, renamed, lost] = [card(board, "A"), card(board, "B"), card(board, "C")];
  const earlier = stateOf(board);
  rename(board, renamed, "Other");
  deleteItems(board, [lost]);
  const since = card(board, "Since");
  write(board, "data", "new");

  const { items, notes } = differenceTo(board, earlier);

  expect(items.map(({ how, id }) => [how, id]).sort()).toEqual(
    [
      ["changed", renamed],
      ["added", lost],
      ["removed", since],
    ].sort(),
  );
  expect(items.map(({ id }) => id)).not.toContain(kept);
  expect(notes).toEqual(["data"]);
});

it("is one step of undo, which brings back what came since", () => {
  const board = emptyBoard();
  const first = card(board, "A");
  write(board, "data", "one");
  const earlier = stateOf(board);
  rename(board, first, "B");
  card(board, "C");
  write(board, "data", "one and two");
  write(board, "model", "of now");
  const [content, notes] = [contentOf(board), notesOf(board)];
  const undo = createUndo(board);

  restore(board, earlier);
  expect(contentOf(board)).toEqual(contentOf(earlier));
  undo.undo();

  expect(contentOf(board)).toEqual(content);
  expect(notesOf(board)).toEqual(notes);
});

it("writes nothing where nothing differs", () => {
  const board = emptyBoard();
  card(board, "A");
  const before = Y.encodeStateVector(board.doc);

  restore(board, stateOf(board));

  expect(Y.encodeStateVector(board.doc)).toEqual(before);
});

it("keeps what somebody types beside the changed part of a note", () => {
  const board = emptyBoard();
  write(board, "data", "Clicks, skips.");
  const earlier = stateOf(board);
  board.notes.get("data")?.insert(6, " and dwell time");
  const theirs = stateOf(board);
  theirs.notes.get("data")?.insert(0, "- ");

  restore(board, earlier);
  Y.applyUpdate(board.doc, Y.encodeStateAsUpdate(theirs.doc));

  expect(board.notes.get("data")?.toJSON()).toBe("- Clicks, skips.");
});

it.each([
  ["🙂🙃", "🙂🙂"],
  ["a🙃", "a🙂"],
  ["🙃b", "🙂b"],
  ["", "🙂"],
  ["x\ud83d\ude42y", "x\ud83d\ude43y"],
])("never cuts a pair of surrogates: %s to %s", (now, wanted) => {
  const board = emptyBoard();
  write(board, "data", wanted);
  const earlier = stateOf(board);
  write(board, "data", now);

  restore(board, earlier);

  expect(board.notes.get("data")?.toJSON()).toBe(wanted);
});

it.each(Array.from({ length: 40 }, (_, index) => index + 1))(
  "gives any earlier state exactly, seed %i",
  (seed) => {
    const chance = seeded(seed);
    const board = emptyBoard();
    const act = (): void => void ACTS[Math.floor(chance() * ACTS.length)]?.(board, chance);
    for (let i = 0; i < 20; i += 1) act();
    const earlier = stateOf(board);
    for (let i = 0; i < 20; i += 1) act();

    restore(board, earlier);

    expect(differenceTo(board, earlier)).toEqual(NOTHING);
    expect(contentOf(board)).toEqual(contentOf(earlier));
  },
);

type Act = (board: BoardDocument, chance: () => number) => unknown;

const pick = (board: BoardDocument, chance: () => number): string => {
  const ids = Object.values(board.items).flatMap((map) => [...map.keys()]);
  return ids[Math.floor(chance() * ids.length)] ?? "";
};

const ACTS: readonly Act[] = [
  (board, chance) => card(board, `card ${chance()}`, chance() * 900, chance() * 900),
  (board, chance) => connect(board, pick(board, chance), pick(board, chance), "data", "rows"),
  (board, chance) => deleteItems(board, [pick(board, chance)]),
  (board, chance) => move(board, [pick(board, chance)], 10, -10),
  (board, chance) => rename(board, pick(board, chance), `other ${chance()}`),
  (board, chance) => addSticky(board, { x: chance(), y: 0 }, "?"),
  (board, chance) => addText(board, { x: 0, y: chance() }, "text"),
  (board, chance) => group(board, [pick(board, chance), pick(board, chance)], "G"),
  (board, chance) => write(board, `step ${Math.floor(chance() * 3)}`, `${chance()} 🙂`),
];
