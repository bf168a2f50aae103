/** For tests: boards with content, and two people's boards that a wire joins. */

import * as Y from "yjs";

import { addComponent } from "./changes";
import { openBoard, type BoardDocument } from "./open";

export function emptyBoard(): BoardDocument {
  return openBoard(new Y.Doc());
}

/** Two boards, and `sync` which carries over to each what it misses. */
export function twoBoards(): { mine: BoardDocument; theirs: BoardDocument; sync: () => void } {
  const [mine, theirs] = [emptyBoard(), emptyBoard()];
  const carry = (from: Y.Doc, to: Y.Doc): void =>
    Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), "wire");
  return {
    mine,
    theirs,
    sync: () => {
      carry(mine.doc, theirs.doc);
      carry(theirs.doc, mine.doc);
    },
  };
}

export function card(board: BoardDocument, name: string, x = 0, y = 0): string {
  return addComponent(board, { type: "app-server", name, x, y });
}

/** What all root maps hold, as plain JSON. */
export function contentOf(board: BoardDocument): unknown {
  return Object.fromEntries(
    Object.entries(board.items).map(([kind, map]) => [kind, map.toJSON() as unknown]),
  );
}

/** Mulberry32: the same numbers in 0..1 for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
