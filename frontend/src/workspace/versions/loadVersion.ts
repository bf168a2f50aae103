/** What a design said at an earlier moment: the changes of its history up to there. */

import * as Y from "yjs";

import { type BoardDocument, openBoard } from "../../document/open";
import { ApiError } from "../api";
import type { ReadPage } from "../history";

const ROWS_A_PAGE = 2_000;

/** seq: of the last change in it. Raises ApiError. */
export async function loadVersion(read: ReadPage, seq: number): Promise<BoardDocument> {
  const doc = new Y.Doc();
  for (let after = 0; after < seq;) {
    const { rows } = await read(after, Math.min(ROWS_A_PAGE, seq - after));
    const last = rows.at(-1);
    if (last === undefined) throw new ApiError(404, "The history does not reach that far.");
    // A number may be left out of the history, so that the page goes further than asked.
    for (const row of rows) if (row.seq <= seq) Y.applyUpdate(doc, row.update);
    after = last.seq;
  }
  return openBoard(doc);
}
