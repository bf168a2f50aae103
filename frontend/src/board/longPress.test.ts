import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createLongPress } from "./longPress";

const AT = { x: 40, y: 60 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a long press", () => {
  it("opens once the finger has rested for long", () => {
    const open = vi.fn();
    const press = createLongPress(open);

    press.press(AT);
    press.move({ x: 43, y: 62 });
    vi.advanceTimersByTime(499);
    expect(open).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);

    expect(open).toHaveBeenCalledExactlyOnceWith(AT);
    press.lift();
    expect(press.wasLong()).toBe(true);
  });

  it.each<[string, (press: ReturnType<typeof createLongPress>) => void]>([
    ["moves away", (press) => press.move({ x: 60, y: 60 })],
    ["is lifted", (press) => press.lift()],
    ["is joined by a second one", (press) => press.press({ x: 200, y: 60 })],
  ])("does not open when the finger %s", (_what, meanwhile) => {
    const open = vi.fn();
    const press = createLongPress(open);

    press.press(AT);
    meanwhile(press);
    vi.advanceTimersByTime(2_000);

    expect(open).not.toHaveBeenCalled();
    expect(press.wasLong()).toBe(false);
  });
});
