import { describe, expect, test } from "vitest";

import { connect, deleteItems, move, rename, setLabel } from "./changes";
import { group, ungroup } from "./groups";
import type { BoardDocument } from "./open";
import { readAll, readItem } from "./read";
import { card, contentOf, emptyBoard, seeded, twoBoards } from "./testing";
import { createUndo } from "./undo";

describe("undo", () => {
  test("undo of a delete brings the component back with its connections", () => {
    const board = emptyBoard();
    const [a, b] = [card(board, "a"), card(board, "b")];
    connect(board, a, b, "data", "rows");
    const undo = createUndo(board);
    const before = contentOf(board);

    deleteItems(board, [a]);
    undo.undo();

    expect(contentOf(board)).toEqual(before);
  });

  test("each gesture is a step, a joined one is not", () => {
    const board = emptyBoard();
    const undo = createUndo(board);
    const a = card(board, "a");

    undo.join("nudge", () => move(board, [a], 1, 0));
    undo.join("nudge", () => move(board, [a], 1, 0));
    undo.undo();

    expect(readItem(board, "components", a)?.x).toBe(0);
    undo.undo();
    expect(undo.canUndo()).toBe(false);
    undo.redo();
    undo.redo();
    expect(readItem(board, "components", a)?.x).toBe(2);
  });

  test("another gesture between two nudges separates them", () => {
    const board = emptyBoard();
    const undo = createUndo(board);
    const a = card(board, "a");

    undo.join("nudge", () => move(board, [a], 1, 0));
    rename(board, a, "A");
    undo.join("nudge", () => move(board, [a], 1, 0));
    undo.undo();

    expect(readItem(board, "components", a)).toMatchObject({ x: 1, name: "A" });
  });

  test("the other's component stays when I undo mine", () => {
    const { mine, theirs, sync } = twoBoards();
    const undo = createUndo(mine);
    card(mine, "mine");
    sync();
    card(theirs, "theirs");
    sync();

    undo.undo();
    sync();

    expect(readAll(theirs, "components").map(({ name }) => name)).toEqual(["theirs"]);
  });

  test("the other's later name of my component is not undone", () => {
    const { mine, theirs, sync } = twoBoards();
    const id = card(mine, "first");
    const undo = createUndo(mine);
    rename(mine, id, "mine");
    sync();
    rename(theirs, id, "theirs");
    sync();

    undo.undo();

    expect(readItem(mine, "components", id)?.name).toBe("theirs");
  });

  test("the other's connection to my undone component comes back with redo", () => {
    const { mine, theirs, sync } = twoBoards();
    const other = card(theirs, "other");
    sync();
    const undo = createUndo(mine);
    const id = card(mine, "mine");
    sync();
    const line = connect(theirs, other, id, "data") ?? "";
    sync();

    undo.undo();
    undo.redo();
    sync();

    expect(readItem(theirs, "connections", line)?.target).toBe(id);
    expect(readItem(theirs, "components", id)?.name).toBe("mine");
  });
});

/** One random edit of one's own items, of which some may be gone. */
function edit(board: BoardDocument, own: string[], random: () => number): void {
  const any = (): string => own[Math.floor(random() * own.length)] ?? "";
  const actions = [
    () => own.push(card(board, "made", random() * 900, random() * 900)),
    () => move(board, [any()], 8, 8),
    () => rename(board, any(), `name ${Math.floor(random() * 100)}`),
    () => own.push(connect(board, any(), any(), "data") ?? ""),
    () => setLabel(board, any(), "label"),
    () => own.push(group(board, [any(), any()], "Box") ?? ""),
    () => ungroup(board, [any()]),
    () => deleteItems(board, [any()]),
  ];
  actions[Math.floor(random() * actions.length)]?.();
}

describe.each(Array.from({ length: 40 }, (_, seed) => seed + 1))("with seed %i", (seed) => {
  test("undoing everything of mine leaves the other's items as they were", () => {
    const random = seeded(seed);
    const { mine, theirs, sync } = twoBoards();
    const undo = createUndo(mine);
    const [my, other]: [string[], string[]] = [[], []];
    for (let step = 0; step < 60; step++) {
      if (random() < 0.5) edit(mine, my, random);
      else edit(theirs, other, random);
      if (random() < 0.3) sync();
      if (random() < 0.2) undo.undo();
      if (random() < 0.1) undo.redo();
    }
    sync();
    const before = theirsOnly(mine, other);

    while (undo.canUndo()) undo.undo();
    sync();

    expect(theirsOnly(mine, other)).toEqual(before);
    expect(contentOf(mine)).toEqual(contentOf(theirs));
    expect(readAll(mine, "components").filter(({ id }) => my.includes(id))).toEqual([]);
  });
});

function theirsOnly(board: BoardDocument, ids: readonly string[]): unknown {
  return ids.flatMap((id) =>
    Object.values(board.items).map((map) => map.get(id)?.toJSON() as unknown),
  );
}
