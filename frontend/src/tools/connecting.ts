/**
 * Drawing a connection, as states. It begins at a port or an item and ends on another item, by a
 * drag (press, move, release) or by two clicks; a release on the empty board asks for a component.
 */

import type { Point } from "../document/types";

export type Connecting =
  | { readonly type: "idle" }
  | {
      readonly type: "drawing";
      readonly source: string;
      readonly from: Point;
      readonly to: Point;
      /** What lies under the pointer, if it can be connected to. */
      readonly target: string | null;
      /** Why what lies under the pointer can not be connected to. */
      readonly reason: string | null;
      /** After a click without a drag the next press ends it. */
      readonly isClicked: boolean;
    };

export type Outcome =
  | { readonly type: "none" }
  | { readonly type: "connect"; readonly source: string; readonly target: string }
  | { readonly type: "ask"; readonly source: string; readonly at: Point };

export const IDLE: Connecting = { type: "idle" };
const NOTHING: Outcome = { type: "none" };

/** Board px at zoom 1: below it a press and release is a click. */
const DRAG_THRESHOLD = 4;

export function begin(source: string, from: Point): Connecting {
  return { type: "drawing", source, from, to: from, target: null, reason: null, isClicked: false };
}

/** `over` is the item under the pointer; `whyNot` gives the reason against it, or null. */
export function moveTo(
  state: Connecting,
  to: Point,
  over: string | null,
  whyNot: (source: string, target: string) => string | null,
): Connecting {
  if (state.type === "idle") return state;
  const isElsewhere = over !== null && over !== state.source;
  const reason = isElsewhere ? whyNot(state.source, over) : null;
  return { ...state, to, target: isElsewhere && !reason ? over : null, reason };
}

/** A release: of a click it waits for the second one, of a drag it ends. */
export function release(state: Connecting, zoom: number): readonly [Connecting, Outcome] {
  if (state.type === "idle") return [IDLE, NOTHING];
  const length = Math.hypot(state.to.x - state.from.x, state.to.y - state.from.y) * zoom;
  if (!state.isClicked && length < DRAG_THRESHOLD) return [{ ...state, isClicked: true }, NOTHING];
  if (state.target) return [IDLE, { type: "connect", source: state.source, target: state.target }];
  if (state.reason) return [IDLE, NOTHING];
  return [IDLE, { type: "ask", source: state.source, at: state.to }];
}
