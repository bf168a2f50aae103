import { expect, it } from "vitest";

import { createPlayer, type Player } from "./player";

const MOMENTS = [0, 1_000, 2_000, 62_000, 62_500];

function player(moments: readonly number[] = MOMENTS, isAll = true): Player {
  const made = createPlayer();
  made.setMoments(moments, isAll);
  return made;
}

const placeOf = (one: Player): [number, number] => {
  const { time, shown } = one.state.get();
  return [time, shown];
};

it("begins with the first change and plays to the end", () => {
  const one = player();
  expect(placeOf(one)).toEqual([0, 1]);

  one.toggle();
  one.tick(1_500);
  expect(placeOf(one)).toEqual([1_500, 2]);
  one.tick(10_000);

  expect(placeOf(one)).toEqual([3_500, 5]);
  expect(one.state.get().isPlaying).toBe(false);
});

it("plays again from the start once it has ended", () => {
  const one = player();
  one.toEnd();

  one.toggle();

  expect(placeOf(one)).toEqual([0, 1]);
  expect(one.state.get().isPlaying).toBe(true);
});

it("waits where the changes end that have come so far", () => {
  const one = player(MOMENTS.slice(0, 3), false);
  one.toggle();
  one.tick(5_000);
  expect([placeOf(one), one.state.get().isPlaying]).toEqual([[2_000, 3], true]);

  one.setMoments(MOMENTS, true);
  one.tick(1_000);

  expect(placeOf(one)).toEqual([3_000, 4]);
});

it.each([1, 2, 4, 8, 16] as const)("goes %i times as fast", (speed) => {
  const one = player();
  one.setSpeed(speed);
  one.toggle();

  one.tick(100);

  expect(one.state.get().time).toBe(100 * speed);
});

it("stays at the same moment of the session when idle time comes in", () => {
  const one = player();
  one.seek(2_500);
  const moment = () => one.state.get().timeline.sessionAt(one.state.get().time);
  const before = moment();

  one.setSkipping(false);

  expect(moment()).toBe(before);
  expect(placeOf(one)).toEqual([32_000, 3]);
});

it("steps by one change, also between two of the same instant, and stops to be looked at", () => {
  const one = player([0, 1_000, 1_000, 2_000]);
  one.toggle();

  const shown = [1, 1, 1, 1, -1, -1, -1, -1].map((by) => {
    one.step(by as 1 | -1);
    return one.state.get().shown;
  });

  expect(shown).toEqual([2, 3, 4, 4, 3, 2, 1, 1]);
  expect(one.state.get().isPlaying).toBe(false);
});

it("stays on the track", () => {
  const one = player();

  one.seek(-5);
  expect(placeOf(one)).toEqual([0, 1]);
  one.seek(1e9);
  expect(placeOf(one)).toEqual([3_500, 5]);
});

it("shows a row that is jumped to and goes on playing", () => {
  const one = player();
  one.toggle();

  one.showRow(3);

  expect(placeOf(one)).toEqual([3_000, 4]);
  expect(one.state.get().isPlaying).toBe(true);
});
