/** What waits for this person's decision: a copy, with what it has and the document of now has not. */

import * as Y from "yjs";

import { type BoardDocument, openBoard } from "../../document/open";
import { findMissing, type Missing, nameOfPlace } from "../../document/recovery";
import type { StoredCopy } from "../../sync/asideStore";
import type { Room } from "../rooms";

export interface WaitingCopy {
  readonly room: Room;
  readonly copy: StoredCopy;
  readonly content: BoardDocument;
  readonly missing: readonly Missing[];
}

/** After these the log was another one: anything may be missing, not only what was unsaved. */
const ANYTHING: ReadonlySet<StoredCopy["reason"]> = new Set(["new-epoch", "differs"]);

/** Copies that lack nothing have missing.length === 0. */
export async function waitingIn(rooms: readonly Room[]): Promise<readonly WaitingCopy[]> {
  const found = await Promise.all(
    rooms.map(async (room) => (await room.asides.all()).map((copy) => compare(room, copy))),
  );
  return found.flat();
}

function compare(room: Room, copy: StoredCopy): WaitingCopy {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, copy.state);
  const content = openBoard(doc);
  const all = findMissing(openBoard(room.doc), content);
  const unsaved = new Set(copy.unsaved);
  const missing = ANYTHING.has(copy.reason)
    ? all
    : all.filter((one) => unsaved.has(nameOfPlace(one)));
  return { room, copy, content, missing };
}

/** Chosen from the start: what is lost altogether, and what this person had not saved. */
export function chosenFirst({ copy, missing }: WaitingCopy): ReadonlySet<string> {
  const unsaved = new Set(copy.unsaved);
  const chosen = missing.filter(
    (one) => one.type === "notes" || one.differing === null || unsaved.has(nameOfPlace(one)),
  );
  return new Set(chosen.map(nameOfPlace));
}
