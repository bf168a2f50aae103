/**
 * When is each change shown? Milliseconds of playing at 1×; with idle time skipped, a long gap
 * between two changes takes a second.
 */

export const IDLE_MS = 3_000;
export const SKIPPED_MS = 1_000;

export interface Gap {
  /** Playing time. */
  readonly from: number;
  readonly to: number;
  /** How long nothing happened in the session. */
  readonly length: number;
}

export interface Timeline {
  readonly duration: number;
  /** Times without a change of more than IDLE_MS, whether they are skipped or not. */
  readonly gaps: readonly Gap[];
  /** When row `index` is shown. */
  at(index: number): number;
  /** How many rows are shown at a time. */
  countAt(time: number): number;
  /** Milliseconds since the session began. */
  sessionAt(time: number): number;
  /** The playing time of a moment of the session. */
  timeOf(session: number): number;
}

/** moments: when each change was made, in ms; a clock that goes back is taken to stand still. */
export function createTimeline(moments: readonly number[], isSkipping: boolean): Timeline {
  const session = new Float64Array(moments.length);
  const times = new Float64Array(moments.length);
  const gaps: Gap[] = [];
  moments.forEach((moment, i) => {
    if (i === 0) return;
    const [lastSession = 0, lastTime = 0] = [session[i - 1], times[i - 1]];
    session[i] = Math.max(moment - (moments[0] ?? 0), lastSession);
    const pause = session[i] - lastSession;
    times[i] = lastTime + (isSkipping && pause > IDLE_MS ? SKIPPED_MS : pause);
    if (pause > IDLE_MS) gaps.push({ from: lastTime, to: times[i], length: pause });
  });
  return {
    duration: times.at(-1) ?? 0,
    gaps,
    at: (index) => times[Math.max(0, Math.min(index, times.length - 1))] ?? 0,
    countAt: (time) => countUpTo(times, time),
    sessionAt: (time) => between(time, times, session),
    timeOf: (moment) => between(moment, session, times),
  };
}

/** How many of the ascending values are at most `value`. */
function countUpTo(values: Float64Array, value: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where a value of one scale is on the other, straight between the points that both know. */
function between(value: number, from: Float64Array, to: Float64Array): number {
  const next = countUpTo(from, value);
  const [x0, y0, x1, y1] = [from[next - 1] ?? 0, to[next - 1] ?? 0, from[next], to[next]];
  if (x1 === undefined || y1 === undefined || x1 === x0) return y0;
  return y0 + ((value - x0) / (x1 - x0)) * (y1 - y0);
}
