/** Where do edits live until the server has them? In IndexedDB, so that a closed tab loses nothing. */

import { keysOf, openTable, removeRows, result, rowsOf } from "./database";
import type { Place } from "./protocol";

export interface Edit {
  readonly update: Uint8Array;
  /** The epoch of the log that the edit was made on, "" where none was known yet. */
  readonly epoch: string;
  /** What it changed: "components/<id>", "notes/<step>". */
  readonly touched: readonly string[];
}

export interface StoredEdit extends Edit {
  readonly key: number;
}

/** Versions before epochs kept nothing else. */
type EarlierEdit = Pick<StoredEdit, "key" | "update"> & Partial<StoredEdit>;

/** A document as it was at a place of the log, with the own edits of then. */
export interface Base {
  readonly place: Place;
  readonly state: Uint8Array;
}

export interface EditStore {
  /** In the order of making. */
  all(): Promise<readonly StoredEdit[]>;
  /** Resolves to the key of the edit, or null where this browser keeps nothing. */
  add(edit: Edit): Promise<number | null>;
  /** With the last edit goes what it builds on. */
  remove(keys: readonly number[]): Promise<void>;
  base(): Promise<Base | null>;
  keepBase(base: Base): Promise<void>;
  clear(): Promise<void>;
}

/**
 * The edits of one document made by one participant.
 *
 * owner: names both, so that somebody else in the same browser never sends them as their own.
 */
export function openEditStore(owner: string): EditStore {
  const edits = openTable("edits");
  const bases = openTable("bases");

  const dropBase = (): Promise<void> =>
    bases("readwrite", undefined, (table) => result(table.delete(owner)));

  return {
    all: () =>
      edits("readonly", [] as readonly StoredEdit[], async (table) => {
        const rows = await rowsOf<EarlierEdit>(table, owner);
        return rows.map((row) => ({ epoch: "", touched: [], ...row }));
      }),
    add: (edit) =>
      edits<number | null>("readwrite", null, async (table) => {
        return (await result(table.add({ owner, ...edit }))) as number;
      }),
    remove: async (keys) => {
      const left = await edits("readwrite", 0, async (table) => {
        await removeRows(table, keys);
        return (await keysOf(table, owner)).length;
      });
      if (left === 0) await dropBase();
    },
    base: () =>
      bases<Base | null>("readonly", null, async (table) => {
        return ((await result(table.get(owner))) as Base | undefined) ?? null;
      }),
    keepBase: ({ place, state }) =>
      bases("readwrite", undefined, async (table) => {
        await result(table.put({ owner, place, state }));
      }),
    clear: async () => {
      await edits("readwrite", undefined, async (table) =>
        removeRows(table, await keysOf(table, owner)),
      );
      await dropBase();
    },
  };
}
