/** A finger or pen that rests on the board opens the menu, as the right button of a mouse does. */

import type { Point } from "../document/types";

const LONG_MS = 500;
/** Screen px that a resting finger may tremble. */
const TREMBLE = 6;

export interface LongPress {
  press(at: Point): void;
  move(to: Point): void;
  lift(): void;
  /** Whether the press that just ended was a long one, and so no click. */
  readonly wasLong: () => boolean;
}

export function createLongPress(open: (at: Point) => void): LongPress {
  let from: Point | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLong = false;

  const lift = (): void => {
    clearTimeout(timer);
    from = null;
  };
  return {
    press(at) {
      const isSecondFinger = from !== null;
      lift();
      isLong = false;
      if (isSecondFinger) return;
      from = at;
      timer = setTimeout(() => {
        isLong = true;
        open(at);
      }, LONG_MS);
    },
    move(to) {
      if (from && Math.hypot(to.x - from.x, to.y - from.y) > TREMBLE) clearTimeout(timer);
    },
    lift,
    wasLong: () => isLong,
  };
}
