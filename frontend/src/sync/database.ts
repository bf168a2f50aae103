/** What does this browser keep of documents, beyond the life of a page? */

const DATABASE = "ninestep";
const VERSION = 2;
const BY_OWNER = "owner";

/**
 * edits   own edits that the server has not stored, in the order of making
 * bases   the document that such edits build on, one an owner
 * asides  documents that are not the server's any more, until the person decides
 */
export type Table = "edits" | "bases" | "asides";

/** Runs a piece of work on a table, or gives `otherwise` where this browser keeps nothing. */
export type Run = <T>(
  mode: IDBTransactionMode,
  otherwise: T,
  work: (table: IDBObjectStore) => Promise<T>,
) => Promise<T>;

/** A browser that refuses IndexedDB (some private windows) keeps everything in memory only. */
export function openTable(table: Table): Run {
  const database = openDatabase();
  return async (mode, otherwise, work) => {
    const db = await database;
    return db === null ? otherwise : work(db.transaction(table, mode).objectStore(table));
  };
}

export function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB gave no answer."));
  });
}

export const rowsOf = <T>(table: IDBObjectStore, owner: string): Promise<readonly T[]> =>
  result(table.index(BY_OWNER).getAll(owner) as IDBRequest<T[]>);

export const keysOf = (table: IDBObjectStore, owner: string): Promise<readonly IDBValidKey[]> =>
  result(table.index(BY_OWNER).getAllKeys(owner));

export async function removeRows(
  table: IDBObjectStore,
  keys: readonly IDBValidKey[],
): Promise<void> {
  await Promise.all(keys.map((key) => result(table.delete(key))));
}

async function openDatabase(): Promise<IDBDatabase | null> {
  try {
    const request = indexedDB.open(DATABASE, VERSION);
    request.onupgradeneeded = () => createTables(request.result);
    const db = await result(request);
    // A newer page in another tab may want to change the tables: it must not wait for this one.
    db.onversionchange = () => db.close();
    return db;
  } catch {
    return null;
  }
}

function createTables(db: IDBDatabase): void {
  for (const table of ["edits", "asides"] satisfies Table[]) {
    if (db.objectStoreNames.contains(table)) continue;
    const store = db.createObjectStore(table, { keyPath: "key", autoIncrement: true });
    store.createIndex(BY_OWNER, "owner");
  }
  if (!db.objectStoreNames.contains("bases")) db.createObjectStore("bases", { keyPath: "owner" });
}
