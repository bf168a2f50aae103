import { expect, it } from "vitest";

import { cardCommandOf } from "./keys";

const press = (key: string, held: { ctrlKey?: boolean; altKey?: boolean } = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

it.each([
  ["3", { type: "level", level: 3 }],
  ["n", { type: "state", state: "NE" }],
  ["A", { type: "state", state: "NA" }],
  ["j", { type: "move", by: 1 }],
  ["ArrowUp", { type: "move", by: -1 }],
  ["Enter", { type: "criteria" }],
  ["5", null],
  ["x", null],
])("%s on a row is %j", (key, command) => {
  expect(cardCommandOf(press(key), false)).toEqual(command);
});

it("leaves letters to who types, and Esc leads back", () => {
  expect(cardCommandOf(press("3"), true)).toBeNull();
  expect(cardCommandOf(press("Escape"), true)).toEqual({ type: "back" });
});

it("submits with Ctrl+Enter also while one types", () => {
  expect(cardCommandOf(press("Enter", { ctrlKey: true }), true)).toEqual({ type: "submit" });
  expect(cardCommandOf(press("4", { altKey: true }), false)).toBeNull();
});
