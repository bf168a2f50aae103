/** For tests: a connection to a fake room, with stores in memory instead of IndexedDB. */

import { vi } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";

import type { AsideStore, Copy, StoredCopy } from "./asideStore";
import { Connection, type ConnectionOptions } from "./connection";
import type { Base, Edit, EditStore, StoredEdit } from "./editStore";
import type { FakeRoom } from "./fakeRoom";

export class MemoryEdits implements EditStore {
  readonly rows = new Map<number, Edit>();
  #base: Base | null = null;
  #next = 1;

  all(): Promise<readonly StoredEdit[]> {
    return Promise.resolve([...this.rows].map(([key, edit]) => ({ key, ...edit })));
  }

  add(edit: Edit): Promise<number> {
    const key = this.#next++;
    this.rows.set(key, edit);
    return Promise.resolve(key);
  }

  remove(keys: readonly number[]): Promise<void> {
    for (const key of keys) this.rows.delete(key);
    if (this.rows.size === 0) this.#base = null;
    return Promise.resolve();
  }

  base(): Promise<Base | null> {
    return Promise.resolve(this.#base);
  }

  keepBase(base: Base): Promise<void> {
    this.#base = base;
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.rows.clear();
    this.#base = null;
    return Promise.resolve();
  }
}

export class MemoryAsides implements AsideStore {
  copies: readonly StoredCopy[] = [];
  readonly #isFull: boolean;

  constructor({ isFull = false } = {}) {
    this.#isFull = isFull;
  }

  all(): Promise<readonly StoredCopy[]> {
    return Promise.resolve(this.copies);
  }

  add(copy: Copy): Promise<boolean> {
    if (this.#isFull) return Promise.reject(new Error("The disk is full."));
    this.copies = [...this.copies, { ...copy, key: this.copies.length + 1 }];
    return Promise.resolve(true);
  }

  remove(key: number): Promise<void> {
    this.copies = this.copies.filter((copy) => copy.key !== key);
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.copies = [];
    return Promise.resolve();
  }
}

const opened: Connection[] = [];

export async function open(room: FakeRoom, options: Partial<ConnectionOptions> = {}) {
  const doc = options.doc ?? new Y.Doc();
  const awareness = new Awareness(doc);
  const store = new MemoryEdits();
  const asides = new MemoryAsides();
  const connection = new Connection({
    address: "ws://test/board",
    doc,
    awareness,
    store,
    asides,
    mayWrite: true,
    forgetWhenClosed: false,
    trustsChecks: true,
    dial: room.dial,
    random: () => 0.5,
    ...options,
  });
  opened.push(connection);
  await connection.start();
  await settle();
  return {
    connection,
    doc,
    awareness,
    store: (options.store ?? store) as MemoryEdits,
    asides: (options.asides ?? asides) as MemoryAsides,
  };
}

export function closeAll(): void {
  for (const connection of opened.splice(0)) connection.stop();
}

export const settle = () => vi.advanceTimersByTimeAsync(0);

/** What the server writes when it makes a design. */
export const seed = (room: FakeRoom): void =>
  room.edit((doc) => doc.getMap("notes").set("data", new Y.Text()));

const notesOf = (doc: Y.Doc): Y.Text => doc.getMap<Y.Text>("notes").get("data") ?? new Y.Text();

export const write = (doc: Y.Doc, text: string): void =>
  notesOf(doc).insert(notesOf(doc).length, text);

export const erase = (doc: Y.Doc, count: number): void => notesOf(doc).delete(0, count);

export const read = (doc: Y.Doc): string => notesOf(doc).toJSON();

export const draw = (doc: Y.Doc, id: string): void =>
  void doc.getMap("texts").set(id, new Y.Map([["text", id]]));

/** The document of a copy that was put aside. */
export function docOf({ state }: Copy): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
}
