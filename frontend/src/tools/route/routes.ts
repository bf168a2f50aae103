/**
 * The paths of all connections of a board, kept up to date: when boxes or connections change, only
 * the paths that depend on them are found anew. Ends on the same side of a box are spread along it.
 */

import type { Box, Point } from "../../document/types";

import { OPPOSITE, elbow, isHorizontal, pointOn, type Side } from "./elbow";
import { createGrid } from "./grid";
import { labelBox, placeLabel, type Size } from "./labels";
import { chooseSides, middle, type Sides } from "./sides";

export interface Ends {
  readonly source: string;
  readonly target: string;
}

export interface Route {
  /** Corners from the source's edge to the target's, board px. */
  readonly points: readonly Point[];
  readonly box: Box;
  /** Where the label's middle lies. */
  readonly label: Point;
}

/** What the router asks of the board. */
export interface RouteSource {
  boxOf(id: string): Box | null;
  /** Null for a connection that is gone or hidden. */
  endsOf(id: string): Ends | null;
  /** Whether paths should run around the item: cards yes, groups no. */
  isObstacle(id: string): boolean;
  /** Null for a connection without a label. */
  labelSize(id: string): Size | null;
}

export interface Routes {
  get(id: string): Route | undefined;
  ids(): Iterable<string>;
  /** The connection whose path passes within `distance` of a point; the nearest one. */
  hit(point: Point, distance: number): string | null;
  /** The connections whose path touches a box. */
  near(box: Box): string[];
  /**
   * Items that moved, connections that changed. `settled` are the items that rest where they are now:
   * paths near them are found anew too, which would cost too much at every step of a drag.
   */
  update(items: Iterable<string>, connections: Iterable<string>, settled: Iterable<string>): void;
}

/** Board px between the ends on one side, at most, and from a corner to the nearest end. */
const SPREAD = 22;
const MARGIN = 10;
/** Board px between the middle parts of paths that leave the same side. */
const LANE = 9;
/** A path keeps this far from cards that it passes. */
const CLEARANCE = 6;

export function createRoutes(source: RouteSource): Routes {
  const ends = new Map<string, Ends>();
  const sides = new Map<string, Sides>();
  const routes = new Map<string, Route>();
  const byItem = new Map<string, Set<string>>();
  const bySlot = new Map<string, Set<string>>();
  const cards = createGrid();
  const resting = new Map<string, Box>();
  const paths = createGrid();
  const labels = createGrid();

  function update(
    items: Iterable<string>,
    connections: Iterable<string>,
    settled: Iterable<string>,
  ): void {
    const stale = new Set(connections);
    for (const id of settled) for (const connection of inTheWay(id)) stale.add(connection);
    for (const id of items) {
      for (const connection of byItem.get(id) ?? []) stale.add(connection);
      placeObstacle(id);
    }
    const disturbed = new Set(stale);
    for (const id of stale) detach(id, disturbed);
    for (const id of stale) attach(id, disturbed);
    for (const id of disturbed) trace(id);
  }

  /** The connections around the place that an obstacle has left, and around its new one. */
  function inTheWay(id: string): string[] {
    const before = resting.get(id);
    const now = source.isObstacle(id) ? source.boxOf(id) : null;
    if (before && now && isSameBox(before, now)) return [];
    if (now) resting.set(id, now);
    else resting.delete(id);
    return [before, now].flatMap((box) => (box ? paths.near(grown(box, CLEARANCE)) : []));
  }

  function placeObstacle(id: string): void {
    const box = source.isObstacle(id) ? source.boxOf(id) : null;
    if (box) cards.set(id, box);
    else cards.delete(id);
  }

  /** Frees the places of a connection at both boxes; those who share the side move together. */
  function detach(id: string, disturbed: Set<string>): void {
    const was = ends.get(id);
    for (const slot of slotsOf(id)) {
      bySlot.get(slot)?.delete(id);
      for (const neighbour of bySlot.get(slot) ?? []) disturbed.add(neighbour);
    }
    if (was) [was.source, was.target].forEach((item) => byItem.get(item)?.delete(id));
    ends.delete(id);
    sides.delete(id);
  }

  function attach(id: string, disturbed: Set<string>): void {
    const now = source.endsOf(id);
    const [from, to] = [now && source.boxOf(now.source), now && source.boxOf(now.target)];
    if (!now || !from || !to) return;
    ends.set(id, now);
    sides.set(
      id,
      chooseSides(from, to, (a, b) => countCrossed(a, b, now)),
    );
    for (const item of [now.source, now.target]) put(byItem, item, id);
    for (const slot of slotsOf(id)) {
      put(bySlot, slot, id);
      for (const neighbour of bySlot.get(slot) ?? []) disturbed.add(neighbour);
    }
  }

  function countCrossed(a: Point, b: Point, own: Ends): number {
    const found = cards.near(grown(boxOfPoints([a, b]), CLEARANCE));
    return found.filter((id) => id !== own.source && id !== own.target).length;
  }

  function slotsOf(id: string): string[] {
    const [at, chosen] = [ends.get(id), sides.get(id)];
    return at && chosen ? [`${at.source} ${chosen[0]}`, `${at.target} ${chosen[1]}`] : [];
  }

  function trace(id: string): void {
    const [at, chosen] = [ends.get(id), sides.get(id)];
    const [from, to] = [at && source.boxOf(at.source), at && source.boxOf(at.target)];
    labels.delete(id);
    if (!at || !chosen || !from || !to) {
      routes.delete(id);
      paths.delete(id);
      return;
    }
    const [out, into] = chosen;
    const [leaving, arriving] = [seat(id, at.source, from, out), seat(id, at.target, to, into)];
    const [start, end] = straightened(from, to, chosen, leaving, arriving);
    const lane = leaving.lane || arriving.lane;
    const points = elbow(pointOn(from, out, start), out, pointOn(to, into, end), into, lane);
    const route = { points, box: boxOfPoints(points), label: placeOwnLabel(id, points) };
    routes.set(id, route);
    paths.set(id, route.box);
  }

  function placeOwnLabel(id: string, points: readonly Point[]): Point {
    const size = source.labelSize(id);
    const isFree = (box: Box): boolean => !cards.near(box).length && !labels.near(box).length;
    const at = placeLabel(points, size, isFree);
    if (size) labels.set(id, labelBox(at, size));
    return at;
  }

  /** The place of a connection among those on the same side, in the order of their other ends. */
  function seat(id: string, item: string, box: Box, side: Side): Seat {
    const others = [...(bySlot.get(`${item} ${side}`) ?? [id])];
    const aims = new Map(others.map((other) => [other, aimOf(other, item, side)]));
    others.sort((a, b) => (aims.get(a) ?? 0) - (aims.get(b) ?? 0) || (a < b ? -1 : 1));
    const offset = others.indexOf(id) - (others.length - 1) / 2;
    const length = isHorizontal(side) ? box.height : box.width;
    const gap = Math.min(SPREAD, (length - 2 * MARGIN) / Math.max(others.length - 1, 1));
    return {
      along: middle(box, side) + offset * gap,
      lane: offset * LANE,
      alone: others.length < 2,
    };
  }

  /** Where the other end of a connection lies, along this side. */
  function aimOf(id: string, item: string, side: Side): number {
    const at = ends.get(id);
    const other = at && source.boxOf(at.source === item ? at.target : at.source);
    return other ? middle(other, side) : 0;
  }

  return {
    get: (id) => routes.get(id),
    ids: () => routes.keys(),
    hit(point, distance) {
      const candidates = paths.near(grown({ ...point, width: 0, height: 0 }, distance));
      let nearest: { id: string | null; distance: number } = { id: null, distance };
      for (const id of candidates) {
        const away = distanceToPath(point, routes.get(id)?.points ?? []);
        if (away <= nearest.distance) nearest = { id, distance: away };
      }
      return nearest.id;
    },
    near: (box) => paths.near(box),
    update,
  };
}

/** Where a connection meets a side. */
interface Seat {
  readonly along: number;
  readonly lane: number;
  /** No other connection uses the side: the end may slide. */
  readonly alone: boolean;
}

/** Slides ends that are free to, where that makes a straight line of a path between facing sides. */
function straightened(
  from: Box,
  to: Box,
  [out, into]: Sides,
  leaving: Seat,
  arriving: Seat,
): readonly [number, number] {
  const apart = [leaving.along, arriving.along] as const;
  if (OPPOSITE[out] !== into) return apart;
  const [a, b] = [extent(from, out), extent(to, into)];
  const holds = ([low, high]: readonly [number, number], at: number): boolean =>
    low <= at && at <= high;
  if (leaving.alone && arriving.alone) {
    const [low, high] = [Math.max(a[0], b[0]), Math.min(a[1], b[1])];
    if (low > high) return apart;
    const own = a[1] - a[0] <= b[1] - b[0] ? leaving.along : arriving.along;
    const shared = holds([low, high], own) ? own : (low + high) / 2;
    return [shared, shared];
  }
  if (leaving.alone && holds(a, arriving.along)) return [arriving.along, arriving.along];
  if (arriving.alone && holds(b, leaving.along)) return [leaving.along, leaving.along];
  return apart;
}

function extent(box: Box, side: Side): readonly [number, number] {
  return isHorizontal(side)
    ? [box.y + MARGIN, box.y + box.height - MARGIN]
    : [box.x + MARGIN, box.x + box.width - MARGIN];
}

function distanceToPath(point: Point, path: readonly Point[]): number {
  let least = Infinity;
  for (const [index, from] of path.entries()) {
    const to = path[index + 1];
    if (to) least = Math.min(least, distanceToPart(point, from, to));
  }
  return least;
}

function distanceToPart(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length ? ((point.x - from.x) * dx + (point.y - from.y) * dy) / length : 0;
  const at = Math.min(Math.max(along, 0), 1);
  return Math.hypot(point.x - from.x - at * dx, point.y - from.y - at * dy);
}

function isSameBox(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

function boxOfPoints(points: readonly Point[]): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function grown({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

function put(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}
