/**
 * The document that board and notes show. It stays the same one while the film is wound back and
 * forth: what differs is carried over, so that nothing on the screen is made anew.
 */

import * as Y from "yjs";

import { openBoard, type BoardDocument } from "../document/open";

import { partsOf, placeOf, ROOTS, type Place, type Root } from "./deeds";
import type { Change } from "./film";

export interface Stage {
  readonly board: BoardDocument;
  show(change: Change): void;
}

export function createStage(): Stage {
  const stage = new Y.Doc();
  return {
    board: openBoard(stage),
    show({ doc, places }) {
      stage.transact(() => {
        for (const place of places ?? everyPlace(doc, stage)) carry(place, doc, stage);
      });
    },
  };
}

function everyPlace(...docs: readonly Y.Doc[]): ReadonlySet<Place> {
  const keys = (root: Root): Place[] =>
    docs.flatMap((doc) => [...doc.getMap(root).keys()].map((key) => placeOf(root, key)));
  return new Set(ROOTS.flatMap(keys));
}

function carry(place: Place, from: Y.Doc, to: Y.Doc): void {
  const [root, key] = partsOf(place);
  const target = to.getMap<unknown>(root);
  const [now, shown] = [from.getMap<unknown>(root).get(key), target.get(key)];
  if (now instanceof Y.Text) carryText(now, shown, (text) => target.set(key, text));
  else if (now instanceof Y.Map) carryMap(now, shown, (map) => target.set(key, map));
  else if (target.has(key)) target.delete(key);
}

function carryText(now: Y.Text, shown: unknown, add: (text: Y.Text) => void): void {
  if (!(shown instanceof Y.Text)) {
    add(new Y.Text(now.toJSON()));
    return;
  }
  const { start, removed, inserted } = difference(shown.toJSON(), now.toJSON());
  if (removed) shown.delete(start, removed);
  if (inserted) shown.insert(start, inserted);
}

function carryMap(now: Y.Map<unknown>, shown: unknown, add: (map: Y.Map<unknown>) => void): void {
  if (!(shown instanceof Y.Map)) {
    add(new Y.Map(plainEntries(now)));
    return;
  }
  const map = shown as Y.Map<unknown>;
  for (const [key, value] of plainEntries(now)) {
    if (!isSame(map.get(key), value)) map.set(key, value);
  }
  for (const key of [...map.keys()]) if (!now.has(key)) map.delete(key);
}

/** A shared type inside an item is nobody's: it cannot be put into another document. */
function plainEntries(map: Y.Map<unknown>): [string, unknown][] {
  return [...map.entries()].filter(([, value]) => !(value instanceof Y.AbstractType));
}

function isSame(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);
}

/** The one stretch by which two texts differ. Never parts the halves of a surrogate pair. */
export function difference(
  before: string,
  after: string,
): { start: number; removed: number; inserted: string } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  if (isHigh(before[start - 1])) start--;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  if (isLow(before.at(-end)) && end > 0) end--;
  return {
    start,
    removed: before.length - start - end,
    inserted: after.slice(start, after.length - end),
  };
}

const isHigh = (unit = ""): boolean => unit >= "\ud800" && unit <= "\udbff";
const isLow = (unit = ""): boolean => unit >= "\udc00" && unit <= "\udfff";
