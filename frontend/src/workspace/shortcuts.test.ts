// @vitest-environment jsdom
import { expect, it } from "vitest";

import { commandOf, sheetSections } from "./shortcuts";

const press = (init: KeyboardEventInit) => new KeyboardEvent("keydown", init);

it.each([
  [{ key: "4", code: "Digit4", altKey: true }, "step.4"],
  [{ key: "¡", code: "Digit1", altKey: true }, "step.1"],
  [{ key: "k", code: "KeyK", ctrlKey: true }, "commands"],
  [{ key: "K", code: "KeyK", metaKey: true }, "commands"],
  [{ key: "\\", code: "Backslash", ctrlKey: true }, "panel.toggle"],
  [{ key: "?", code: "Slash", shiftKey: true }, "shortcuts"],
  [{ key: "B", code: "KeyB", shiftKey: true }, "view.board"],
  [{ key: "b", code: "KeyB" }, null],
  [{ key: "4", code: "Digit4" }, null],
])("knows %j", (init, command) => {
  expect(commandOf(press(init), false)).toBe(command);
});

it.each([
  [{ key: "?", code: "Slash", shiftKey: true }, null],
  [{ key: "B", code: "KeyB", shiftKey: true }, null],
  [{ key: "4", code: "Digit4", altKey: true }, "step.4"],
])("while somebody types, %j is %j", (init, command) => {
  expect(commandOf(press(init), true)).toBe(command);
});

it("lists each key of the board by its name", () => {
  const lines = sheetSections().flatMap((section) => section.lines);

  expect(lines.find((line) => line.name === "Redo")?.keys).toEqual([
    ["Ctrl", "Shift", "Z"],
    ["Ctrl", "Y"],
  ]);
  expect(lines.find((line) => line.name === "Zoom in")?.keys).toEqual([
    ["Ctrl", "="],
    ["Ctrl", "+"],
  ]);
});
