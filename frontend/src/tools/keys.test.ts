import { describe, expect, test } from "vitest";

import { BINDINGS, commandFor, type KeyPress } from "./keys";

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  return { key, code: `Key${key.toUpperCase()}`, ...none, ...more };
}

describe("keys", () => {
  test.each<[KeyPress, string | null]>([
    [press("v"), "tool.select"],
    [press("V"), "tool.select"],
    [press("/"), "tool.component"],
    // On a German keyboard "/" is Shift+7.
    [press("/", { shiftKey: true, code: "Digit7" }), "tool.component"],
    [press("z", { ctrlKey: true }), "edit.undo"],
    [press("z", { metaKey: true }), "edit.undo"],
    [press("Z", { ctrlKey: true, shiftKey: true }), "edit.redo"],
    [press("!", { shiftKey: true, code: "Digit1" }), "view.fit"],
    [press("0", { ctrlKey: true, code: "Digit0" }), "view.actual"],
    [press("ArrowLeft", { shiftKey: true }), "nudge-far.left"],
    [press("Tab", { shiftKey: true }), "item.previous"],
    [press("v", { ctrlKey: true }), null],
    [press("ö"), null],
  ])("%j is %s", (event, command) => {
    expect(commandFor(event, false)).toBe(command);
  });

  test("those who only look can look around and nothing else", () => {
    expect(commandFor(press("Delete"), true)).toBeNull();
    expect(commandFor(press("a"), true)).toBeNull();
    expect(commandFor(press("h"), true)).toBe("tool.hand");
  });

  test("no key has two commands", () => {
    const keys = BINDINGS.flatMap((binding) => binding.keys);

    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});
