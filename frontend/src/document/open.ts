/** Where the parts of a design are in its Yjs document: a typed handle on the root maps. */

import type * as Y from "yjs";

import type { ItemKind } from "./types";

/** One item as Yjs holds it. Anybody may have written anything: read it with `readItem`. */
export type ItemMap = Y.Map<unknown>;

export interface BoardDocument {
  readonly doc: Y.Doc;
  readonly items: Readonly<Record<ItemKind, Y.Map<ItemMap>>>;
  readonly steps: Y.Map<Y.Map<unknown>>;
  readonly notes: Y.Map<Y.Text>;
}

/** Opening creates nothing: the server writes the first content. */
export function openBoard(doc: Y.Doc): BoardDocument {
  const map = (name: ItemKind): Y.Map<ItemMap> => doc.getMap(name);
  return {
    doc,
    items: {
      components: map("components"),
      connections: map("connections"),
      groups: map("groups"),
      stickies: map("stickies"),
      strokes: map("strokes"),
      texts: map("texts"),
    },
    steps: doc.getMap("steps"),
    notes: doc.getMap("notes"),
  };
}
