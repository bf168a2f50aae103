/** How much each person did when: columns over the track, stacked by person. */

import type { Row } from "../workspace/history";

import type { Timeline } from "./timeline";

export interface Column {
  /** Changes of each person, by participant id. */
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
}

export function columnsOf(
  rows: readonly Row[],
  timeline: Timeline,
  count: number,
): readonly Column[] {
  const counts = Array.from({ length: count }, () => new Map<string, number>());
  rows.forEach(({ who }, index) => {
    const share = timeline.duration ? timeline.at(index) / timeline.duration : 0;
    const column = counts[Math.min(Math.floor(share * count), count - 1)];
    if (who !== null && column) column.set(who, (column.get(who) ?? 0) + 1);
  });
  return counts.map((one) => ({
    counts: one,
    total: [...one.values()].reduce((sum, value) => sum + value, 0),
  }));
}
