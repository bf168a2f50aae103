/**
 * All changes of a session that have come so far, and the document as it was after any of them.
 *
 * Yjs only goes forward. To go back, the document is made again from the nearest state that was kept
 * and the changes after it.
 */

import * as Y from "yjs";

import type { Row } from "../workspace/history";

import { createWitness, type Deed, type Place } from "./deeds";

export interface Film {
  readonly rows: readonly Row[];
  /** What each row did. */
  readonly deeds: readonly Deed[];
  append(rows: readonly Row[]): void;
  /** Makes `document` what it was after the first `count` rows. */
  seek(count: number): Change;
}

export interface Change {
  readonly doc: Y.Doc;
  /** What differs from the document of the last call; null where it may be anything. */
  readonly places: ReadonlySet<Place> | null;
}

export interface FilmOptions {
  /** Rows between two kept states, at first. */
  readonly keepEvery?: number;
  /** With more kept states than these, every other one is dropped. */
  readonly keepMost?: number;
}

interface Kept {
  readonly count: number;
  readonly state: Uint8Array;
}

export function createFilm({ keepEvery = 250, keepMost = 64 }: FilmOptions = {}): Film {
  const rows: Row[] = [];
  const deeds: Deed[] = [];
  const witness = createWitness();
  let kept: Kept[] = [];
  let every = keepEvery;
  let doc = new Y.Doc();
  let shown = 0;

  function keep(): void {
    kept.push({ count: rows.length, state: Y.encodeStateAsUpdate(witness.doc) });
    if (kept.length <= keepMost) return;
    every *= 2;
    kept = kept.filter(({ count }) => count % every === 0);
  }

  function restart(from: Kept | undefined): void {
    doc.destroy();
    doc = new Y.Doc();
    if (from) Y.applyUpdate(doc, from.state);
    shown = from?.count ?? 0;
  }

  return {
    rows,
    deeds,
    append(more) {
      for (const row of more) {
        deeds.push(witness.watch(row.update));
        rows.push(row);
        if (rows.length % every === 0) keep();
      }
    },
    seek(count) {
      const nearest = kept.findLast((one) => one.count <= count);
      const isAnew = count < shown || (nearest !== undefined && nearest.count > shown + every);
      if (isAnew) restart(nearest);
      const places = new Set(deeds.slice(shown, count).flatMap(({ touched }) => touched));
      const next = rows.slice(shown, count);
      doc.transact(() => next.forEach(({ update }) => Y.applyUpdate(doc, update)));
      shown = count;
      return { doc, places: isAnew ? null : places };
    },
  };
}
