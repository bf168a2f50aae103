// @vitest-environment jsdom
import { expect, it } from "vitest";

import { commandOf, focusOf } from "./keys";

const press = (key: string, shiftKey = false) => ({
  key,
  shiftKey,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
});

it.each([
  [" ", "toggle"],
  ["ArrowRight", "next"],
  ["ArrowLeft", "previous"],
  ["PageUp", "forward"],
  ["Home", "start"],
  ["End", "end"],
  ["]", "marker.next"],
  ["x", null],
])("%j is %s", (key, command) => {
  expect(commandOf(press(key), "other")).toBe(command);
});

it("jumps with Shift and leaves the browser's own keys alone", () => {
  expect(commandOf(press("ArrowRight", true), "other")).toBe("forward");
  expect(commandOf({ ...press("ArrowLeft"), altKey: true }, "other")).toBeNull();
  expect(commandOf({ ...press("End"), ctrlKey: true }, "other")).toBeNull();
});

it.each([
  ["<input>", " ", null],
  ["<select></select>", "ArrowRight", null],
  ["<button></button>", " ", null],
  ["<button></button>", "ArrowRight", "next"],
  ["<div role='tablist'><button></button></div>", "ArrowRight", null],
  ["<div role='slider'></div>", "ArrowUp", "next"],
  ["<div role='application'></div>", " ", "toggle"],
])("in %s the key %j is %s", (html, key, command) => {
  document.body.innerHTML = html;
  const target = document.querySelector("button") ?? document.body.firstElementChild;

  expect(commandOf(press(key), focusOf(target))).toBe(command);
});
