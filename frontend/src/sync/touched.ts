/** What does an edit change, by name? "components/<id>" for an item, "notes/<step>" for a text. */

import * as Y from "yjs";

type Changed = Y.Transaction["changed"];
type AnyType = Parameters<Changed["get"]>[0];

export function touchedBy({ changed }: Y.Transaction): readonly string[] {
  const names = [...changed].flatMap(([type, keys]) => namesIn(type, keys));
  return [...new Set(names)];
}

/** An item or text is named by its place in the root map; a root map by the keys that changed. */
function namesIn(type: AnyType, keys: ReadonlySet<string | null>): string[] {
  const item = type._item;
  if (item === null) {
    const root = Y.findRootTypeKey(type);
    return [...keys].filter((key) => key !== null).map((key) => `${root}/${key}`);
  }
  const { parent, parentSub } = item;
  if (!(parent instanceof Y.AbstractType) || parentSub === null) return [];
  return namesIn(parent as AnyType, new Set([parentSub]));
}
