/** How is work kept that the server does not take? As a copy in this browser, until the person decides. */

import * as Y from "yjs";

import type { AsideReason, AsideStore, Copy } from "./asideStore";
import type { Edit, EditStore } from "./editStore";
import type { PendingEdits } from "./pendingEdits";
import { areOfEpoch } from "./replica";

export interface AsideOptions {
  readonly doc: Y.Doc;
  readonly edits: PendingEdits;
  readonly store: EditStore;
  readonly asides: AsideStore;
  /** Who could never write has nothing to keep. */
  readonly couldWrite: boolean;
}

export class Aside {
  readonly #options: AsideOptions;
  #isUnderWay = false;
  #copy: Copy | null = null;
  #isKept = false;

  constructor(options: AsideOptions) {
    this.#options = options;
  }

  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /** The document as it was, once it is put aside; for a browser that cannot keep it, the only one. */
  get copy(): Copy | null {
    return this.#copy;
  }

  get outcome(): { readonly reason: AsideReason; readonly isKept: boolean } | null {
    return this.#copy && { reason: this.#copy.reason, isKept: this.#isKept };
  }

  /** Ends this document's life: its copy is kept, and the page starts from a fresh one. */
  async put(reason: AsideReason): Promise<void> {
    const { doc, edits, asides, couldWrite } = this.#options;
    this.#isUnderWay = true;
    const copy = copyOf(doc, reason, edits.all());
    const isWorthIt = couldWrite || edits.size > 0;
    this.#isKept = !isWorthIt || (await asides.add(copy).catch(() => false));
    this.#copy = copy;
    if (this.#isKept) await edits.clear();
  }

  /**
   * Edits of an earlier tab that this page may not send. It never held them, so it can go on as it is.
   *
   * epoch: of the log that the document follows. Resolves to false where this browser keeps nothing.
   */
  async putLeftOver(edits: readonly Edit[], epoch: string): Promise<boolean> {
    const { doc, store, asides } = this.#options;
    const base = await store.base();
    const updates = edits.map((edit) => edit.update);
    if (base !== null) updates.unshift(base.state);
    if (areOfEpoch(edits, epoch)) updates.push(Y.encodeStateAsUpdate(doc));
    const copy = { ...copyOf(doc, "read-only", edits), state: Y.mergeUpdates(updates) };
    if (!(await asides.add(copy))) return false;
    await store.clear();
    return true;
  }
}

const copyOf = (doc: Y.Doc, reason: AsideReason, unsaved: readonly Edit[]): Copy => ({
  reason,
  at: Date.now(),
  state: Y.encodeStateAsUpdate(doc),
  unsaved: [...new Set(unsaved.flatMap((edit) => edit.touched))],
});
