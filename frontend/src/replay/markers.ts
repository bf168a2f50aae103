/** Moments to jump to: where work on a step began, and what the server marks. */

import type { FlowStep } from "../workspace/bootstrap";
import type { Row, ServerMarker } from "../workspace/history";

export interface Marker {
  readonly key: string;
  /** "step", "score", or a kind that this page does not know yet. */
  readonly kind: string;
  readonly title: string;
  /** What stands on the track. */
  readonly sign: string;
  /** The row that it shows. */
  readonly row: number;
}

export const stepKey = (id: string): string => `step ${id}`;

/** In the order of the session. */
export function markersOf(
  rows: readonly Row[],
  firstRows: ReadonlyMap<string, number>,
  steps: readonly FlowStep[],
  marked: readonly ServerMarker[],
): readonly Marker[] {
  const begun = steps.flatMap(({ id, number, name }): Marker[] => {
    const row = firstRows.get(id);
    if (row === undefined) return [];
    return [
      { key: stepKey(id), kind: "step", title: `Step ${number}, ${name}`, sign: `${number}`, row },
    ];
  });
  const others = marked.map(({ kind, seq, title }, index): Marker => {
    return { key: `${kind} ${seq} ${index}`, kind, title, sign: title, row: rowOf(rows, seq) };
  });
  return [...begun, ...others].sort((a, b) => a.row - b.row);
}

/** The last row that the marked state holds. */
function rowOf(rows: readonly Row[], seq: number): number {
  return Math.max(
    0,
    rows.findLastIndex((row) => row.seq <= seq),
  );
}

/** The next marker in a direction; from one that is shown, the next one after it. */
export function markerFrom(
  markers: readonly Marker[],
  row: number,
  by: 1 | -1,
): Marker | undefined {
  return by > 0
    ? markers.find((marker) => marker.row > row)
    : markers.findLast((marker) => marker.row < row);
}
