import { expect, it } from "vitest";

import { readEvent } from "./events";

it("reads what it knows", () => {
  const text = '{"v": 1, "type": "design.renamed", "title": "Feed"}';

  expect(readEvent(text)).toEqual({ v: 1, type: "design.renamed", title: "Feed" });
});

it.each([
  ['{"v": 2, "type": "hello", "can": []}', "another version"],
  ['{"v": 1, "type": "weather"}', "an unknown type"],
  ['{"v": 1}', "no type"],
])("passes over %s (%s)", (text) => {
  expect(readEvent(text)).toBeNull();
});
