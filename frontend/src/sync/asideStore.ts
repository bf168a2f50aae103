/** Where do documents wait that are not the server's any more? Here, until the person decides. */

import { keysOf, openTable, removeRows, result, rowsOf } from "./database";
import type { Refusal } from "./protocol";

/** Why: the log was replaced, the check failed twice, or the server took an edit from nobody here. */
export type AsideReason = "new-epoch" | "differs" | Exclude<Refusal, "too-fast">;

export interface Copy {
  readonly reason: AsideReason;
  /** When it was put aside, in milliseconds since 1970 by this browser's clock. */
  readonly at: number;
  /** The whole document as one update. */
  readonly state: Uint8Array;
  /** What the edits changed that the server had not stored: "components/<id>", "notes/<step>". */
  readonly unsaved: readonly string[];
}

export interface StoredCopy extends Copy {
  readonly key: number;
}

export interface AsideStore {
  /** The oldest first. */
  all(): Promise<readonly StoredCopy[]>;
  /** Resolves to false where this browser keeps nothing. */
  add(copy: Copy): Promise<boolean>;
  remove(key: number): Promise<void>;
  clear(): Promise<void>;
}

/** owner: names the document and the participant, as for the edits. */
export function openAsideStore(owner: string): AsideStore {
  const asides = openTable("asides");
  return {
    all: () => asides("readonly", [], (table) => rowsOf<StoredCopy>(table, owner)),
    add: (copy) =>
      asides("readwrite", false, async (table) => {
        await result(table.add({ owner, ...copy }));
        return true;
      }),
    remove: (key) => asides("readwrite", undefined, (table) => removeRows(table, [key])),
    clear: () =>
      asides("readwrite", undefined, async (table) =>
        removeRows(table, await keysOf(table, owner)),
      ),
  };
}
