import { describe, expect, test } from "vitest";

import { connect, deleteItems, move, rename } from "../document/changes";
import { group } from "../document/groups";
import type { BoardDocument } from "../document/open";
import { readAll } from "../document/read";
import { card, emptyBoard, seeded, twoBoards } from "../document/testing";
import { CATALOGUE } from "../tools/testing";

import { createBoardView, type BoardView, type Flush } from "./BoardView";
import { nodesOf, patchNodes } from "./flowNodes";

/** A view whose frames come when the test says so. */
function watched(board: BoardDocument): { view: BoardView; frame: () => void; told: Flush[] } {
  const waiting: (() => void)[] = [];
  const view = createBoardView(board, CATALOGUE, (callback) => waiting.push(callback));
  const told: Flush[] = [];
  view.start();
  view.subscribe((flush) => told.push(flush));
  return { view, told, frame: () => waiting.splice(0).forEach((callback) => callback()) };
}

describe("the view of a board", () => {
  test("many changes are told once a frame, by the ids that changed", () => {
    const board = emptyBoard();
    const [a, b] = [card(board, "a"), card(board, "b")];
    const { told, frame } = watched(board);

    for (let step = 0; step < 10; step++) move(board, [a], 1, 0);
    rename(board, b, "B");
    expect(told).toEqual([]);
    frame();

    expect(told).toEqual([{ items: new Set([a, b]), connections: new Set() }]);
  });

  test("a frame without changes tells nothing", () => {
    const { told, frame } = watched(emptyBoard());

    frame();

    expect(told).toEqual([]);
  });

  test("a move keeps what the card shows the same object, and other records whole", () => {
    const board = emptyBoard();
    const [a, b] = [card(board, "a"), card(board, "b", 300)];
    const { view, frame } = watched(board);
    const [before, other] = [view.item(a), view.item(b)];

    move(board, [a], 5, 5);
    frame();

    expect(view.item(a)?.data).toBe(before?.data);
    expect(view.item(a)?.box).toMatchObject({ x: 5, y: 5 });
    expect(view.item(b)).toBe(other);
  });

  test("a connection is hidden while its end is gone", () => {
    const { mine, theirs, sync } = twoBoards();
    const [a, b] = [card(mine, "a"), card(mine, "b", 300)];
    sync();
    const { view, frame } = watched(mine);
    const line = connect(mine, a, b, "data") ?? "";
    deleteItems(theirs, [b]);
    sync();
    frame();

    expect(view.connection(line)).toBeUndefined();
    expect(view.routes.get(line)).toBeUndefined();
  });

  test("a group has the hue of most of its members", () => {
    const board = emptyBoard();
    const { view, frame } = watched(board);
    const ids = [card(board, "a"), card(board, "b", 300)];
    const id = group(board, ids, "Box") ?? "";
    frame();

    // Unknown types are slate.
    expect(view.item(id)?.data).toEqual({ name: "Box", hue: "slate" });
  });
});

describe("somebody's drag", () => {
  test("moves what is shown, not the document", () => {
    const board = emptyBoard();
    const a = card(board, "a");
    const { view, frame } = watched(board);

    view.setDrag("peer 1", { ids: [a], dx: 40, dy: 0 });
    frame();

    expect(view.boxOf(a)).toMatchObject({ x: 40 });
    expect(readAll(board, "components")).toMatchObject([{ x: 0 }]);
  });

  test("ends with the drop, without a jump", () => {
    const board = emptyBoard();
    const a = card(board, "a");
    const { view, frame } = watched(board);
    view.setDrag("peer 1", { ids: [a], dx: 40, dy: 0 });
    frame();

    move(board, [a], 40, 0);
    frame();

    expect(view.boxOf(a)).toMatchObject({ x: 40 });
  });

  test("is forgotten with the one who left", () => {
    const board = emptyBoard();
    const a = card(board, "a");
    const { view, frame } = watched(board);
    view.setDrag("peer 1", { ids: [a], dx: 40, dy: 0 });
    frame();

    view.setDrag("peer 1", null);
    frame();

    expect(view.boxOf(a)).toMatchObject({ x: 0 });
  });
});

test.each([1, 2, 3, 4, 5, 6])("patched nodes equal nodes made anew, seed %i", (seed) => {
  const random = seeded(seed);
  const board = emptyBoard();
  const { view, frame } = watched(board);
  let nodes = nodesOf(view);
  view.subscribe((flush) => (nodes = patchNodes(nodes, view, flush)));
  const ids: string[] = [];
  const any = (): string => ids[Math.floor(random() * ids.length)] ?? "";

  for (let step = 0; step < 80; step++) {
    const dice = random();
    if (dice < 0.4) ids.push(card(board, `c${step}`, random() * 900, random() * 900));
    else if (dice < 0.6) move(board, [any()], 7, 3);
    else if (dice < 0.75) ids.push(group(board, [any(), any()], "Box") ?? "");
    else if (dice < 0.9) connect(board, any(), any(), "event");
    else deleteItems(board, [any()]);
    if (random() < 0.4) frame();
  }
  frame();

  expect(nodes).toEqual(nodesOf(createBoardView(board, CATALOGUE)));
});
