/** Where do new components go? Beside what they belong to, and never on top of another. */

import { COMPONENT_SIZE } from "../document/read";
import type { Box, Point } from "../document/types";
import type { Direction } from "../tools/keys";
import type { Plan } from "../tools/quickEntry";
import { touches } from "../tools/route/grid";

import { around } from "./framing";
import type { Session } from "./session";

/** Board px between cards, as in the reference boards. */
const GAP_X = 78;
const GAP_Y = 48;
/** Board px that cards come close when there is no better place. */
const LEAST_GAP = 16;
/** Steps to one side before the search for a free place gives up. */
const STEPS = 60;

/** The top left corner for a card with this middle, or the nearest place where nothing is. */
export function freePlaceAround(session: Session, middle: Point): Point {
  const start = {
    x: Math.round(middle.x - COMPONENT_SIZE.width / 2),
    y: Math.round(middle.y - COMPONENT_SIZE.height / 2),
  };
  return firstFree(
    takenBoxes(session),
    NEARBY.map(({ x, y }) => ({ x: start.x + x, y: start.y + y })),
  );
}

/** The top left corner for a card beside a box. */
export function freePlaceBeside(session: Session, box: Box, direction: Direction = "right"): Point {
  return beside(takenBoxes(session), box, direction);
}

/**
 * The boxes of what a line names, existing ones where they are. A new one goes beside what it is
 * connected with; where that would make a row wider than `width`, a new row begins.
 */
export function placesFor(session: Session, plan: Plan, middle: Point, width: number): Box[] {
  const boxes = plan.components.map(({ existing }) =>
    existing === null ? null : session.view.boxOf(existing),
  );
  const taken = takenBoxes(session);
  const added: Box[] = [];
  const put = (corner: Point): Box => {
    const box = { ...corner, ...COMPONENT_SIZE };
    taken.push(box);
    added.push(box);
    return box;
  };
  const begin = (): Point => {
    const above = around(added);
    if (above) return firstFree(taken, below(above));
    const row = Math.min(boxes.length * (COMPONENT_SIZE.width + GAP_X), width);
    return freePlaceAround(session, {
      x: middle.x - (row - GAP_X - COMPONENT_SIZE.width) / 2,
      y: middle.y,
    });
  };
  const cornerOf = (index: number): Point => {
    const [from, to] = [
      neighbour(plan, boxes, index, "source"),
      neighbour(plan, boxes, index, "target"),
    ];
    const corner = from ? beside(taken, from, "right") : to && beside(taken, to, "left");
    if (!corner) return begin();
    const row = around([...added, { ...corner, ...COMPONENT_SIZE }]);
    return added.length && row && row.width > width ? begin() : corner;
  };
  return boxes.map((box, index) => (boxes[index] = box ?? put(cornerOf(index))));
}

/** The box of what is connected with a component by the given end, if it has its place already. */
function neighbour(
  plan: Plan,
  boxes: readonly (Box | null)[],
  index: number,
  end: "source" | "target",
): Box | null {
  const own = end === "source" ? "target" : "source";
  const others = plan.connections.filter((connection) => connection[own] === index);
  return others.map((connection) => boxes[connection[end]]).find(Boolean) ?? null;
}

function takenBoxes(session: Session): Box[] {
  return session.view
    .items()
    .filter(({ kind }) => kind === "components" || kind === "stickies")
    .map(({ box }) => box);
}

function beside(taken: readonly Box[], box: Box, direction: Direction): Point {
  const { width, height } = COMPONENT_SIZE;
  const places: Record<Direction, Point> = {
    right: { x: box.x + box.width + GAP_X, y: box.y },
    left: { x: box.x - width - GAP_X, y: box.y },
    down: { x: box.x, y: box.y + box.height + GAP_Y },
    up: { x: box.x, y: box.y - height - GAP_Y },
  };
  const isSideways = direction === "left" || direction === "right";
  const step = isSideways ? { x: 0, y: height + GAP_Y } : { x: width + GAP_X, y: 0 };
  return firstFree(taken, stepsFrom(places[direction], step));
}

function below(box: Box): Point[] {
  const step = { x: 0, y: COMPONENT_SIZE.height + GAP_Y };
  return stepsFrom({ x: box.x, y: box.y + box.height + GAP_Y }, step);
}

function stepsFrom(start: Point, step: Point): Point[] {
  return Array.from({ length: STEPS }, (_, index) => ({
    x: start.x + step.x * index,
    y: start.y + step.y * index,
  }));
}

/** The first of the places where a card has room; below everything if there is none. */
function firstFree(taken: readonly Box[], places: readonly Point[]): Point {
  const isFree = (corner: Point): boolean =>
    !taken.some((other) => touches(other, { ...corner, ...COMPONENT_SIZE }));
  const bottom = Math.max(...taken.map(({ y, height }) => y + height));
  return places.find(isFree) ?? { x: places[0]?.x ?? 0, y: bottom + GAP_Y };
}

/** Shifts by whole cards, the nearest first; of two equally near ones that below or to the right. */
const NEARBY: readonly Point[] = grid(8, COMPONENT_SIZE.width + LEAST_GAP)
  .flatMap((x) => grid(12, COMPONENT_SIZE.height + LEAST_GAP).map((y) => ({ x, y })))
  .sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y) || b.y - a.y || b.x - a.x);

function grid(steps: number, size: number): number[] {
  return Array.from({ length: 2 * steps + 1 }, (_, index) => (index - steps) * size);
}
