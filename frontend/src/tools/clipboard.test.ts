import { expect, test } from "vitest";

import { connect } from "../document/changes";
import { fragmentOf, paste } from "../document/copies";
import { readAll } from "../document/read";
import { card, emptyBoard } from "../document/testing";

import { fromClipboard, toClipboard } from "./clipboard";

test("what is copied comes back the same on another board", () => {
  const board = emptyBoard();
  const [a, b] = [card(board, "a", 10, 20), card(board, "b", 300, 20)];
  connect(board, a, b, "training", "rows");

  const pasted = fromClipboard(toClipboard(fragmentOf(board, [a, b])));

  const other = emptyBoard();
  if (pasted?.type === "items") paste(other, pasted.fragment, 5, 5);
  expect(readAll(other, "components").map(({ name, x }) => [name, x])).toEqual([["a", 15], ["b", 305]]); // prettier-ignore
  expect(readAll(other, "connections")).toMatchObject([{ kind: "training", label: "rows" }]);
});

test.each([
  ["client -> ranker", "entry"],
  ["just words", "text"],
  ['{"format": "else"}', "text"],
  ["{broken", "text"],
])("%s is pasted as %s", (text, type) => {
  expect(fromClipboard(text)?.type).toBe(type);
});

test("a hostile clipboard gives items with defaults", () => {
  const data = { format: "ninestep/board-items", version: 1, components: [{ id: "x", x: "no" }, 7], groups: "?" }; // prettier-ignore

  const pasted = fromClipboard(JSON.stringify(data));

  expect(pasted).toMatchObject({ fragment: { components: [{ id: "x", x: 0 }], groups: [] } });
});

test("nothing is pasted from an empty clipboard", () => {
  expect(fromClipboard("  \n")).toBeNull();
});
