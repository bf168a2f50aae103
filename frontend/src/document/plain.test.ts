import { expect, it } from "vitest";

import { setText, addSticky, addComponent } from "./changes";
import { cleanText, plain } from "./plain";
import { emptyBoard } from "./testing";

const HALF = "\ud83d";

it.each([
  ["as it is 😀 é 漢", "as it is 😀 é 漢"],
  ["a\0b", "a\ufffdb"],
  [`a${HALF}b`, "a\ufffdb"],
  [`\ude00${HALF}`, "\ufffd\ufffd"],
  [`${HALF}😀`, "\ufffd😀"],
])("%j becomes %j", (text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

it("shares no value that is none", () => {
  const deep: unknown = JSON.parse(`${'{"a":'.repeat(50)}1${"}".repeat(50)}`);

  expect(
    plain({
      number: NaN,
      list: [Infinity, -Infinity, undefined, `x${HALF}`, () => 1],
      missing: undefined,
      fields: JSON.parse('{"__proto__": 1, "constructor": 2, "ok\\u0000": 3}') as object,
      ["k".repeat(257)]: 1,
    }),
  ).toEqual({
    number: 0,
    list: [0, 0, null, "x\ufffd", null],
    fields: { "ok\ufffd": 3 },
  });
  expect(JSON.stringify(plain({ deep })).match(/\{/g)?.length).toBeLessThan(16);
});

it("no change of a board brings any in", () => {
  const board = emptyBoard();
  const id = addSticky(board, { x: NaN, y: Infinity }, `a\0${HALF}`);
  const card = addComponent(board, { type: "x\0", x: 1, y: 2, fields: { qps: NaN } });

  setText(board, id, `b\0${HALF}`);

  expect(board.items.stickies.get(id)?.toJSON()).toMatchObject({
    text: "b\ufffd\ufffd",
    x: 0,
    y: 0,
  });
  expect(board.items.components.get(card)?.toJSON()).toMatchObject({
    type: "x\ufffd",
    fields: { qps: 0 },
  });
});
