/** Where the replay is, how fast it goes, and all ways of moving it. No clock of its own. */

import { createStore, merge, type Store } from "../tools/store";

import { createTimeline, type Timeline } from "./timeline";

export const SPEEDS = [1, 2, 4, 8, 16] as const;
export type Speed = (typeof SPEEDS)[number];
export const JUMP_MS = 10_000;

export interface Playing {
  readonly isPlaying: boolean;
  readonly speed: Speed;
  readonly isSkipping: boolean;
  /** Milliseconds of playing at 1×. */
  readonly time: number;
  /** How many changes are shown. */
  readonly shown: number;
  readonly timeline: Timeline;
}

export interface Player {
  readonly state: Store<Playing>;
  /** More changes have come. isAll: the session goes no further now. */
  setMoments(moments: readonly number[], isAll: boolean): void;
  toggle(): void;
  pause(): void;
  setSpeed(speed: Speed): void;
  setSkipping(isSkipping: boolean): void;
  seek(time: number): void;
  /** Shows one change more or less. */
  step(by: 1 | -1): void;
  /** Shows everything up to row `index`. */
  showRow(index: number): void;
  toStart(): void;
  toEnd(): void;
  /** Some milliseconds have passed. */
  tick(elapsed: number): void;
}

export function createPlayer(): Player {
  let moments: readonly number[] = [];
  let isAll = false;
  const state = createStore<Playing>({
    isPlaying: false,
    speed: 1,
    isSkipping: true,
    time: 0,
    shown: 0,
    timeline: createTimeline([], true),
  });

  function seek(time: number): void {
    const { timeline } = state.get();
    const inside = Math.min(Math.max(time, 0), timeline.duration);
    merge(state, { time: inside, shown: timeline.countAt(inside) });
  }

  function show(count: number): void {
    const { timeline } = state.get();
    const shown = Math.min(Math.max(count, Math.min(1, moments.length)), moments.length);
    merge(state, { time: timeline.at(shown - 1), shown });
  }

  return {
    state,
    setMoments(all, isComplete) {
      moments = all;
      isAll = isComplete;
      const { isSkipping, time, shown } = state.get();
      const timeline = createTimeline(moments, isSkipping);
      merge(state, { timeline, shown: Math.max(shown, timeline.countAt(time)) });
    },
    toggle() {
      const { isPlaying, time, timeline } = state.get();
      if (!isPlaying && isAll && time >= timeline.duration) seek(0);
      merge(state, { isPlaying: !isPlaying });
    },
    pause: () => merge(state, { isPlaying: false }),
    setSpeed: (speed) => merge(state, { speed }),
    setSkipping(isSkipping) {
      const { timeline, time } = state.get();
      const next = createTimeline(moments, isSkipping);
      merge(state, { isSkipping, timeline: next, time: next.timeOf(timeline.sessionAt(time)) });
    },
    seek,
    step(by) {
      merge(state, { isPlaying: false });
      show(state.get().shown + by);
    },
    showRow: (index) => show(index + 1),
    toStart: () => seek(0),
    toEnd: () => seek(state.get().timeline.duration),
    tick(elapsed) {
      const { isPlaying, speed, time, timeline } = state.get();
      if (!isPlaying) return;
      seek(time + elapsed * speed);
      // Before the rest has come, the end is only where it waits.
      if (isAll && state.get().time >= timeline.duration) merge(state, { isPlaying: false });
    },
  };
}
