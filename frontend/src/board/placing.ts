/** Where does a new component go? Beside what it belongs to, and never on top of another. */

import { COMPONENT_SIZE } from "../document/read";
import type { Box, Point } from "../document/types";
import type { Direction } from "../tools/keys";
import { touches } from "../tools/route/grid";

import type { Session } from "./session";

/** Board px between cards, as in the reference boards. */
const GAP_X = 78;
const GAP_Y = 48;
/** Tries before a new card may lie on another one. */
const TRIES = 60;

export function middleOfView(session: Session): Point {
  const box = session.element?.getBoundingClientRect();
  const at = box ? { x: box.left + box.width / 2, y: box.top + box.height / 2 } : { x: 0, y: 0 };
  return session.flow?.screenToFlowPosition(at) ?? at;
}

/** The top left corner for a card with this middle, pushed down until nothing is under it. */
export function freePlaceAround(session: Session, middle: Point): Point {
  const corner = {
    x: Math.round(middle.x - COMPONENT_SIZE.width / 2),
    y: Math.round(middle.y - COMPONENT_SIZE.height / 2),
  };
  return firstFree(takenBoxes(session), corner, { x: 0, y: COMPONENT_SIZE.height + 16 });
}

/** The top left corner for a card beside a box. `alsoTaken` are boxes that the view does not have yet. */
export function freePlaceBeside(
  session: Session,
  box: Box,
  direction: Direction = "right",
  alsoTaken: readonly Box[] = [],
): Point {
  const { width, height } = COMPONENT_SIZE;
  const places: Record<Direction, Point> = {
    right: { x: box.x + box.width + GAP_X, y: box.y },
    left: { x: box.x - width - GAP_X, y: box.y },
    down: { x: box.x, y: box.y + box.height + GAP_Y },
    up: { x: box.x, y: box.y - height - GAP_Y },
  };
  const isSideways = direction === "left" || direction === "right";
  const step = isSideways ? { x: 0, y: height + GAP_Y } : { x: width + GAP_X, y: 0 };
  return firstFree([...takenBoxes(session), ...alsoTaken], places[direction], step);
}

function takenBoxes(session: Session): Box[] {
  return session.view
    .items()
    .filter((item) => item.kind === "components" || item.kind === "stickies")
    .map(({ box }) => box);
}

function firstFree(taken: readonly Box[], start: Point, step: Point): Point {
  for (let index = 0; index < TRIES; index++) {
    const corner = { x: start.x + step.x * index, y: start.y + step.y * index };
    if (!taken.some((other) => touches(other, { ...corner, ...COMPONENT_SIZE }))) return corner;
  }
  return start;
}
