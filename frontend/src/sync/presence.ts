/** Who else is here and what they point at. The board and the shell read it; sync fills it. */

import type { Point } from "../document/types";

/** What the server may find somebody to be; administrators are those of the organisation. */
export type Role = "owner" | "interviewer" | "candidate" | "observer" | "admin";

/** Set by the server for each socket; what a client writes there is thrown away. */
export interface PeerUser {
  readonly name: string;
  /** 1..6: the colour --p1 to --p6. */
  readonly color: number;
  readonly role: Role;
  readonly participant: string | null;
}

/** A selection in the notes of `step`: two relative positions of Yjs in their JSON form. */
export interface NotesCaret {
  readonly step: string;
  readonly anchor: unknown;
  readonly head: unknown;
}

/** What one browser tells the others. `drag` is one offset for all ids, until the drop. */
export interface PresenceState {
  readonly cursor: Point | null;
  readonly selection: readonly string[];
  readonly drag: {
    readonly ids: readonly string[];
    readonly dx: number;
    readonly dy: number;
  } | null;
  readonly step: string | null;
  readonly caret?: NotesCaret | null;
}

export interface Peer extends PresenceState {
  /** The Yjs client id: one browser tab. */
  readonly client: number;
  readonly user: PeerUser;
}

export interface Presence {
  /** Everybody else, in order of client id. Same array identity until something changes. */
  peers(): readonly Peer[];
  /** Merges into the own state; sent at most 30 times a second. */
  update(part: Partial<PresenceState>): void;
  /** Called after a change of `peers()`. Returns its own undo. */
  subscribe(listener: () => void): () => void;
}
