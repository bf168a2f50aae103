/**
 * A line such as `client -> api gateway -> ranker : features` names components and wires them.
 *
 *     line   = chain, { (newline | ";") chain }
 *     chain  = part, { ("->" | "<-") part }
 *     part   = name [":" label]        the label belongs to the arrow before the part
 */

import type { Catalogue, ComponentType } from "../document/catalogue";
import type { ComponentItem, ConnectionKind } from "../document/types";

import { searchComponents, typeNamed } from "./search";

export interface PlannedComponent {
  /** The id of the component on the board that the name means, or null for a new one. */
  readonly existing: string | null;
  readonly type: string;
  readonly name: string;
}

export interface PlannedConnection {
  /** Indexes into the components of the plan. */
  readonly source: number;
  readonly target: number;
  readonly kind: ConnectionKind;
  readonly label: string;
}

export interface Plan {
  readonly components: readonly PlannedComponent[];
  readonly connections: readonly PlannedConnection[];
}

/** Good enough to be meant: the name or a word of it begins so, with some letters. */
const MEANT = 55;
const MEANT_LETTERS = 3;

export function isQuickEntry(text: string): boolean {
  return /\S\s*(->|<-)\s*\S/.test(text);
}

export function planQuickEntry(
  text: string,
  onBoard: readonly ComponentItem[],
  catalogue: Catalogue,
): Plan {
  const components: PlannedComponent[] = [];
  const connections: PlannedConnection[] = [];

  const place = (name: string): number => {
    const planned = resolve(name, onBoard, catalogue);
    const same = components.findIndex((other) => isSame(other, planned));
    return same >= 0 ? same : components.push(planned) - 1;
  };
  for (const chain of text.split(/[\n;]/)) {
    let previous = -1;
    for (const { name, label, arrow } of partsOf(chain)) {
      const here = place(name);
      const [source, target] = arrow === "<-" ? [here, previous] : [previous, here];
      if (previous >= 0 && source !== target) {
        const [from, to] = [components[source], components[target]];
        const kind = proposedKind(catalogue, from?.type ?? "other", to?.type ?? "other");
        connections.push({ source, target, kind, label });
      }
      previous = here;
    }
  }
  return { components, connections };
}

/** What the catalogue proposes for a connection between two types. */
export function proposedKind(catalogue: Catalogue, from: string, to: string): ConnectionKind {
  const type = catalogue.components.find(({ id }) => id === from);
  return type?.outgoing[to] ?? type?.outgoing["*"] ?? "request";
}

interface Part {
  readonly name: string;
  readonly label: string;
  readonly arrow: string;
}

function partsOf(chain: string): Part[] {
  const pieces = chain.split(/(->|<-)/);
  const parts: Part[] = [];
  for (let index = 0; index < pieces.length; index += 2) {
    const [name = "", ...label] = (pieces[index] ?? "").split(":");
    const part = { name: name.trim(), label: label.join(":").trim() };
    if (part.name) parts.push({ ...part, arrow: pieces[index - 1] ?? "" });
  }
  return parts;
}

function resolve(
  name: string,
  onBoard: readonly ComponentItem[],
  catalogue: Catalogue,
): PlannedComponent {
  const wanted = name.toLowerCase();
  const type = meantType(catalogue, name);
  const existing =
    onBoard.find((item) => item.name.toLowerCase() === wanted) ??
    onBoard.find((item) => !item.name && item.type === type?.id);
  if (existing) return { existing: existing.id, type: existing.type, name: existing.name };
  return { existing: null, type: type?.id ?? "other", name: asSpelled(name, type) };
}

function meantType(catalogue: Catalogue, name: string): ComponentType | null {
  const [best] = searchComponents(catalogue, name);
  const isMeant = best && best.score >= MEANT && name.length >= MEANT_LETTERS;
  return typeNamed(catalogue, name) ?? (isMeant ? best.type : null);
}

function isSame(a: PlannedComponent, b: PlannedComponent): boolean {
  return a.existing === b.existing && a.name.toLowerCase() === b.name.toLowerCase();
}

/** As the catalogue writes it if it is the type's name or alias, else as typed with a capital. */
function asSpelled(name: string, type: ComponentType | null): string {
  const known = type ? [type.name, ...type.aliases] : [];
  return withCapital(known.find((word) => word.toLowerCase() === name.toLowerCase()) ?? name);
}

function withCapital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
