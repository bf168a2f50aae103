/**
 * Who is at what: the authors of the latest changes, in the form in which the board shows people.
 * Pointers and selections themselves are not in the log.
 */

import type { Peer, Presence } from "../sync/presence";
import type { Person, Row } from "../workspace/history";

import type { Deed } from "./deeds";

/** Playing time at 1× for which a change keeps its author's frame. */
const STAYS_MS = 2_500;
const ROWS_MOST = 300;

export interface Echoes {
  readonly presence: Presence;
  show(peers: readonly Peer[]): void;
}

export function createEchoes(): Echoes {
  const listeners = new Set<() => void>();
  let shown: readonly Peer[] = [];
  return {
    presence: {
      peers: () => shown,
      update: () => undefined,
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    show(peers) {
      if (JSON.stringify(peers) === JSON.stringify(shown)) return;
      shown = peers;
      for (const listener of [...listeners]) listener();
    },
  };
}

export interface Moment {
  readonly rows: readonly Row[];
  readonly deeds: readonly Deed[];
  readonly people: ReadonlyMap<string, Person>;
  /** How many rows are shown. */
  readonly shown: number;
  readonly speed: number;
  readonly at: (row: number) => number;
  /** Only this person; null: everybody. */
  readonly only: string | null;
}

/** The last thing on the board that each did, as far as it is not long ago. */
export function peersAt(moment: Moment): readonly Peer[] {
  const { rows, deeds, people, shown, speed, at, only } = moment;
  const found = new Map<string, Peer>();
  const since = at(shown - 1) - STAYS_MS * speed;
  for (let i = shown - 1; i >= Math.max(0, shown - ROWS_MOST) && at(i) >= since; i--) {
    const who = rows[i]?.who;
    const person = who ? people.get(who) : undefined;
    const ids = deeds[i]?.ids ?? [];
    if (!who || !person || found.has(who) || !ids.length || (only ?? who) !== who) continue;
    found.set(who, peerOf(person, found.size, ids));
  }
  return [...found.values()];
}

function peerOf(person: Person, client: number, selection: readonly string[]): Peer {
  const { name, color, role, participant } = person;
  const user = { name, color, role, participant };
  return { client, user, cursor: null, selection, drag: null, step: null };
}
