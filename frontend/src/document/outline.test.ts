import { expect, test } from "vitest";

import { connect } from "./changes";
import { group } from "./groups";
import { outline } from "./outline";
import { card, emptyBoard } from "./testing";

test("the outline reads rows left to right, a group before its members", () => {
  const board = emptyBoard();
  const right = card(board, "right", 300, 8);
  const left = card(board, "left", 0, 20);
  card(board, "below", 0, 200);
  group(board, [right], "Box");
  connect(board, left, right, "event", "clicks");

  const entries = outline(board);

  expect(entries.map(({ item, depth }) => [item.name, depth])).toEqual([
    ["Box", 0],
    ["right", 1],
    ["left", 0],
    ["below", 0],
  ]);
  expect(entries[1]?.connections).toMatchObject([{ other: left, isOutgoing: false }]);
  expect(entries[2]?.connections).toMatchObject([{ other: right, isOutgoing: true }]);
});

test("a circle of groups is opened", () => {
  const board = emptyBoard();
  const [a, b] = [group(board, [card(board, "a")], "A"), group(board, [card(board, "b")], "B")];
  board.items.groups.get(a ?? "")?.set("parent", b);
  board.items.groups.get(b ?? "")?.set("parent", a);

  expect(outline(board).map(({ item }) => item.name).sort()).toEqual(["A", "B", "a", "b"]); // prettier-ignore
});
