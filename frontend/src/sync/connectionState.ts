/** What may the interface honestly say about a document and its room? */

import type { AsideReason } from "./asideStore";
import type { LineEnd } from "./line";

export type ConnectionState =
  | { readonly kind: "connecting" }
  /** Everything that was made here is in the server's log. */
  | { readonly kind: "saved" }
  | { readonly kind: "saving"; readonly count: number }
  | { readonly kind: "offline"; readonly kept: number }
  /** The server is there, but its store is not. */
  | { readonly kind: "not-stored"; readonly kept: number }
  /** This document is not the server's any more: the page has to start afresh. */
  | { readonly kind: "aside"; readonly reason: AsideReason; readonly isKept: boolean }
  | { readonly kind: "closed"; readonly reason: LineEnd };

/** What the parts of a connection know. */
export interface ConnectionFacts {
  readonly end: LineEnd | null;
  readonly aside: { readonly reason: AsideReason; readonly isKept: boolean } | null;
  readonly isStoreAway: boolean;
  readonly isSynced: boolean;
  /** A line of this page has broken before. */
  readonly wasLost: boolean;
  /** Own edits that the server has not stored. */
  readonly pending: number;
}

/** The worst comes first: what has ended is not offline, and what is not stored is not being saved. */
export function describeConnection(facts: ConnectionFacts): ConnectionState {
  const { end, aside, isStoreAway, isSynced, wasLost, pending } = facts;
  if (end !== null) return { kind: "closed", reason: end };
  if (aside !== null) return { kind: "aside", ...aside };
  if (isStoreAway) return { kind: "not-stored", kept: pending };
  if (!isSynced) return wasLost ? { kind: "offline", kept: pending } : { kind: "connecting" };
  return pending > 0 ? { kind: "saving", count: pending } : { kind: "saved" };
}

export const isSameState = (one: ConnectionState, other: ConnectionState): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
