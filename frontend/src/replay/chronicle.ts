/** The changes of a session as a reader wants them: what belongs together as one entry. */

import type { Row } from "../workspace/history";

import { SAID_MOST, type Deed } from "./deeds";

/** Ms between two changes of the same kind by the same person that still are one entry. */
const TOGETHER_MS = 15_000;

export interface Entry {
  readonly who: string | null;
  readonly deed: Deed;
  /** Indices of its first and its last row. */
  readonly first: number;
  readonly last: number;
}

export interface Chronicle {
  readonly entries: readonly Entry[];
  append(rows: readonly Row[], deeds: readonly Deed[]): void;
  /** The index of the entry to which the row belongs. */
  entryOf(row: number): number;
  /** The step whose notes or state changed last, up to this row. */
  stepAt(row: number): string | null;
  /** The row in which each step was first worked on, in order. */
  readonly firstRows: ReadonlyMap<string, number>;
}

export function createChronicle(): Chronicle {
  const entries: Entry[] = [];
  const entryOfRow: number[] = [];
  const stepOfRow: (string | null)[] = [];
  const firstRows = new Map<string, number>();
  let lastAt = 0;

  function add(row: Row, deed: Deed): void {
    const index = entryOfRow.length;
    const open = entries.at(-1);
    const isSame = open && row.at - lastAt <= TOGETHER_MS && belongs(open, row, deed);
    if (isSame)
      entries[entries.length - 1] = { ...open, deed: joined(open.deed, deed), last: index };
    else entries.push({ who: row.who, deed, first: index, last: index });
    entryOfRow.push(entries.length - 1);
    stepOfRow.push(deed.step ?? stepOfRow.at(-1) ?? null);
    if (deed.step !== null && !firstRows.has(deed.step)) firstRows.set(deed.step, index);
    lastAt = row.at;
  }

  return {
    entries,
    firstRows,
    append(rows, deeds) {
      rows.forEach((row, i) => {
        const deed = deeds[i];
        if (deed) add(row, deed);
      });
    },
    entryOf: (row) => entryOfRow[row] ?? -1,
    stepAt: (row) => stepOfRow[row] ?? null,
  };
}

/** The later one, with what both have written. Whoever writes at all has not only deleted. */
function joined(before: Deed, deed: Deed): Deed {
  const verb = before.verb === "write" ? before.verb : deed.verb;
  return { ...deed, verb, said: (before.said + deed.said).slice(0, SAID_MOST) };
}

function belongs({ who, deed }: Entry, row: Row, next: Deed): boolean {
  if (who !== row.who || deed.root !== next.root || deed.step !== next.step) return false;
  if (deed.root === "notes") return true;
  return deed.verb === next.verb && deed.label === next.label;
}
