/** Where do edits live until the server has them? In IndexedDB, so that a closed tab loses nothing. */

export interface StoredEdit {
  readonly key: number;
  readonly update: Uint8Array;
}

export interface EditStore {
  /** In the order of making. */
  all(): Promise<readonly StoredEdit[]>;
  /** Resolves to the key of the edit, or null where this browser keeps nothing. */
  add(update: Uint8Array): Promise<number | null>;
  remove(keys: readonly number[]): Promise<void>;
  clear(): Promise<void>;
}

const DATABASE = "ninestep";
const EDITS = "edits";
const BY_OWNER = "owner";

/**
 * The edits of one document made by one participant.
 *
 * owner: names both, so that somebody else in the same browser never sends them as their own.
 * A browser that refuses IndexedDB (some private windows) keeps edits in memory only.
 */
export function openEditStore(owner: string): EditStore {
  const database = openDatabase();

  const run = async <T>(
    mode: IDBTransactionMode,
    otherwise: T,
    work: (edits: IDBObjectStore) => Promise<T>,
  ): Promise<T> => {
    const db = await database;
    return db === null ? otherwise : work(db.transaction(EDITS, mode).objectStore(EDITS));
  };

  return {
    all: () =>
      run<readonly StoredEdit[]>("readonly", [], async (edits) => {
        const rows = edits.index(BY_OWNER).getAll(owner) as IDBRequest<StoredEdit[]>;
        return result(rows);
      }),
    add: (update) =>
      run<number | null>("readwrite", null, async (edits) => {
        return (await result(edits.add({ owner, update }))) as number;
      }),
    remove: (keys) =>
      run("readwrite", undefined, async (edits) => {
        await Promise.all(keys.map((key) => result(edits.delete(key))));
      }),
    clear: () =>
      run("readwrite", undefined, async (edits) => {
        const keys = await result(edits.index(BY_OWNER).getAllKeys(owner));
        await Promise.all(keys.map((key) => result(edits.delete(key))));
      }),
  };
}

async function openDatabase(): Promise<IDBDatabase | null> {
  try {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      const edits = request.result.createObjectStore(EDITS, {
        keyPath: "key",
        autoIncrement: true,
      });
      edits.createIndex(BY_OWNER, "owner");
    };
    return await result(request);
  } catch {
    return null;
  }
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB gave no answer."));
  });
}
