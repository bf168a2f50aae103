import { expect, it } from "vitest";

import { columnsOf } from "./activity";
import { PEOPLE } from "./testing";
import { createTimeline } from "./timeline";

const MINUTE = 60_000;

it("shortens pauses of more than three seconds to one", () => {
  const moments = [0, 2_000, 2_000 + 10 * MINUTE, 5_000 + 10 * MINUTE];

  const line = createTimeline(moments, true);

  expect([0, 1, 2, 3].map((row) => line.at(row))).toEqual([0, 2_000, 3_000, 6_000]);
  expect(line.gaps).toEqual([{ from: 2_000, to: 3_000, length: 10 * MINUTE }]);
  expect(line.sessionAt(2_500)).toBe(2_000 + 5 * MINUTE);
  expect(line.timeOf(2_000 + 5 * MINUTE)).toBe(2_500);
});

it("plays the time as it was when nothing is skipped", () => {
  const line = createTimeline([500, 2_500, 90_500], false);

  expect([line.at(1), line.at(2), line.duration]).toEqual([2_000, 90_000, 90_000]);
  expect(line.gaps).toEqual([{ from: 2_000, to: 90_000, length: 88_000 }]);
  expect(line.sessionAt(45_000)).toBe(45_000);
});

it("counts the rows that are shown at a time", () => {
  const line = createTimeline([0, 1_000, 1_000, 2_000], true);

  expect([-1, 0, 999, 1_000, 5_000].map((time) => line.countAt(time))).toEqual([0, 1, 1, 3, 4]);
});

it("stands still while the clock of the server goes back", () => {
  const line = createTimeline([1_000, 3_000, 2_000, 4_000], true);

  expect([0, 1, 2, 3].map((row) => line.at(row))).toEqual([0, 2_000, 2_000, 3_000]);
});

it.each([[[]], [[7_000]]])("has no length with %j", (moments) => {
  const line = createTimeline(moments, true);

  expect([line.duration, line.at(0), line.sessionAt(10), line.timeOf(10)]).toEqual([0, 0, 0, 0]);
  expect(line.countAt(0)).toBe(moments.length);
});

it("counts what each person did in each part of the track", () => {
  const [ann = "", bob = ""] = PEOPLE.map(({ participant }) => participant);
  const authors = [null, ann, ann, bob];
  const rows = authors.map((who, i) => ({ seq: i, at: i * 1_000, who, update: new Uint8Array() }));
  const line = createTimeline(
    rows.map(({ at }) => at),
    true,
  );

  const columns = columnsOf(rows, line, 3);

  expect(columns.map(({ counts }) => Object.fromEntries(counts))).toEqual([
    {},
    { [ann]: 1 },
    { [ann]: 1, [bob]: 1 },
  ]);
});
