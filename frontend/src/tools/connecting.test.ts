import { describe, expect, test } from "vitest";

import { IDLE, begin, moveTo, release } from "./connecting";

const allowed = (): null => null;
const refused = (): string => "Not these two";
const start = begin("a", { x: 0, y: 0 });

describe("drawing a connection", () => {
  test("a drag onto an item connects", () => {
    const over = moveTo(start, { x: 90, y: 0 }, "b", allowed);

    expect(release(over, 1)).toEqual([IDLE, { type: "connect", source: "a", target: "b" }]);
  });

  test("a drag onto the empty board asks for a component", () => {
    const over = moveTo(start, { x: 90, y: 0 }, null, allowed);

    expect(release(over, 1)[1]).toEqual({ type: "ask", source: "a", at: { x: 90, y: 0 } });
  });

  test("a click waits for a second one", () => {
    const [waiting, nothing] = release(start, 1);
    const over = moveTo(waiting, { x: 1, y: 0 }, "b", allowed);

    expect(nothing).toEqual({ type: "none" });
    expect(release(over, 1)[1]).toEqual({ type: "connect", source: "a", target: "b" });
  });

  test("a refused target says why and connects nothing", () => {
    const over = moveTo(start, { x: 90, y: 0 }, "b", refused);

    expect(over).toMatchObject({ target: null, reason: "Not these two" });
    expect(release(over, 1)).toEqual([IDLE, { type: "none" }]);
  });
});
