/** What the cards and boxes of a board show: words and hue from an item and the catalogue. */

import type { Catalogue, ComponentType, Hue } from "../document/catalogue";
import type { ComponentItem } from "../document/types";

export interface Look {
  readonly hue: Hue;
  readonly icon: string;
  readonly title: string;
  /** "" where it would only repeat the title. */
  readonly subtitle: string;
}

export type TypeOf = (id: string) => ComponentType | undefined;

export function typesById(catalogue: Catalogue): TypeOf {
  const types = new Map(catalogue.components.map((type) => [type.id, type]));
  return (id) => types.get(id);
}

/** The same words as in the diagram: the name over the first line of the notes, else over the type. */
export function lookOf(item: ComponentItem, typeOf: TypeOf): Look {
  const type = typeOf(item.type);
  const typeName = type?.name ?? "Component";
  const title = oneLine(item.name) || typeName;
  const line = item.notes.split("\n").map(oneLine).find(Boolean) ?? typeName;
  return {
    hue: type?.hue ?? "slate",
    icon: type?.icon ?? "component",
    title,
    subtitle: line === title ? "" : line,
  };
}

/** The most frequent hue; of two equally frequent ones that of the earlier item. */
export function dominantHue(hues: readonly Hue[]): Hue {
  const counts = new Map<Hue, number>();
  for (const hue of hues) counts.set(hue, (counts.get(hue) ?? 0) + 1);
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best?.[0] ?? "slate";
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
