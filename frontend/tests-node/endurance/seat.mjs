/** Who sits at a board? A person in a browser tab: edits, loses the network, reloads; logs it all. */

import { setImmediate } from "node:timers";

import * as Y from "yjs";

import { Editor } from "./editing.mjs";
import { AskingLink, StockLink } from "./links.mjs";
import { ProductLink } from "./product.mjs";
import { View } from "./view.mjs";

const LINKS = { product: ProductLink, asking: AskingLink, stock: StockLink };

export class Seat {
  /** What it put aside, each as one update. */
  copies = [];
  #counter = { next: 0 };
  #edits = 0;
  #log;

  /** plan: {kind, writes, address, headers, pauses}. log: takes the events of the history. */
  constructor(index, plan, random, log) {
    Object.assign(this, { index, plan, random });
    this.#log = log;
    this.#open();
  }

  get writes() {
    return this.plan.writes;
  }

  get isSettled() {
    return this.link.isSettled && !this.doc.store.pendingStructs && !this.doc.store.pendingDs;
  }

  /** An edit to follow: whether the server has acknowledged it, and whether a document has it. */
  mark() {
    this.editor.addCard();
    const { clientID, store } = this.doc;
    const number = this.#edits - 1;
    const clock = Y.getState(store, clientID);
    return {
      isStored: () => this.link.isStored(number),
      isIn: (doc) => Y.getState(doc.store, clientID) >= clock,
    };
  }

  /** Closes the tab and opens it again. What the browser had kept comes along, unless it is lost. */
  reload({ keepsEdits }) {
    const { kept } = this.link;
    this.#note({ kind: "reloaded", keepsEdits });
    this.close();
    this.#open(keepsEdits ? kept : undefined);
  }

  close() {
    this.link.destroy();
    this.editor.destroy();
    this.doc.destroy();
    this.doc.off("update", this.#updated);
  }

  #open(kept) {
    this.doc = new Y.Doc();
    this.view = new View(this.doc);
    this.doc.on("update", this.#updated);
    this.editor = new Editor({
      ...{ doc: this.doc, random: this.random, seat: this.index, counter: this.#counter },
    });
    const { doc, random } = this;
    const log = (event) => this.#hear(event);
    const putAside = ({ state }) => this.copies.push(state) > 0;
    this.link = new LINKS[this.plan.kind]({ ...this.plan, doc, kept, random, log, putAside });
  }

  #updated = (update, _origin, _doc, transaction) => {
    const effects = this.view.take(transaction);
    if (!transaction.local) {
      if (effects.length > 0) this.#note({ kind: "seen", effects });
      return;
    }
    const number = this.#edits++;
    this.#note({ kind: "made", number, effects });
    this.link.add({ number, update });
  };

  #hear(event) {
    this.#note(event);
    // As the page does: what was put aside waits for the person, and a fresh document begins.
    if (event.kind === "aside") setImmediate(() => this.reload({ keepsEdits: false }));
  }

  #note(event) {
    this.#log({ seat: this.index, ...event });
  }
}
