/** How does presence travel over a document's line? As awareness states, apart from its edits. */

import {
  applyAwarenessUpdate,
  type Awareness,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from "y-protocols/awareness";

import { encodeAwareness } from "./protocol";

interface Changes {
  readonly added: readonly number[];
  readonly updated: readonly number[];
  readonly removed: readonly number[];
}

export class AwarenessRelay {
  readonly #awareness: Awareness;
  readonly #send: (frame: Uint8Array) => void;

  constructor(awareness: Awareness, send: (frame: Uint8Array) => void) {
    this.#awareness = awareness;
    this.#send = send;
    this.#awareness.on("update", this.#updated);
  }

  get arePeersHere(): boolean {
    return this.#awareness.getStates().size > 1;
  }

  /** On a new line: with a higher clock than before the cut, or the others keep us away. */
  announce(): void {
    this.#awareness.setLocalState(this.#awareness.getLocalState());
  }

  sendOwn(): void {
    this.#send(encodeAwareness(encodeAwarenessUpdate(this.#awareness, [this.#awareness.clientID])));
  }

  received(update: Uint8Array): void {
    applyAwarenessUpdate(this.#awareness, update, this);
  }

  /** The line is gone: nobody tells any more who leaves. */
  forgetPeers(): void {
    const own = this.#awareness.clientID;
    const peers = [...this.#awareness.getStates().keys()].filter((client) => client !== own);
    removeAwarenessStates(this.#awareness, peers, this);
  }

  stop(): void {
    this.#awareness.off("update", this.#updated);
  }

  readonly #updated = ({ added, updated, removed }: Changes): void => {
    if ([...added, ...updated, ...removed].includes(this.#awareness.clientID)) this.sendOwn();
  };
}
