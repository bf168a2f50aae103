/** What is missing, in words. */

import type { Catalogue } from "../../document/catalogue";
import type { BoardDocument } from "../../document/open";
import { readItem } from "../../document/read";
import type { MissingItem } from "../../document/recovery";
import type { AsideReason } from "../../sync/asideStore";
import type { FlowStep } from "../bootstrap";

export const REASONS: Readonly<Record<AsideReason, string>> = {
  "new-epoch": "The server has gone back to an earlier state of this session.",
  differs: "This page and the server did not show the same design any more.",
  "read-only": "You could not change this session any more.",
  ended: "The session had ended.",
  malformed: "A change did not fit the form of a design.",
  "unknown-content": "A change did not fit the form of a design.",
  "not-yours": "A change was signed by somebody else’s browser.",
  "too-large": "A change was too large.",
  quarantined: "The server could not read this session.",
};

const KINDS: Readonly<Record<MissingItem["kind"], string>> = {
  components: "Card",
  connections: "Connection",
  groups: "Group",
  stickies: "Sticky",
  strokes: "Drawing",
  texts: "Text",
};

/** Several values can be one thing to a person: x and y are a place. */
const ASPECTS: Readonly<Record<string, string>> = {
  x: "place",
  y: "place",
  width: "size",
  height: "size",
  notes: "description",
  parent: "group",
  source: "ends",
  target: "ends",
  source_port: "ends",
  target_port: "ends",
  waypoints: "course",
  points: "course",
  fields: "details",
};

const LONGEST = 60;

export function titleOf(
  { kind, item }: Pick<MissingItem, "kind" | "item">,
  content: BoardDocument,
  catalogue: Catalogue,
): string {
  if ("source" in item) {
    const ends = `${endName(content, item.source, catalogue)} → ${endName(content, item.target, catalogue)}`;
    return item.label === "" ? ends : `${ends}: ${item.label}`;
  }
  if ("name" in item && item.name !== "") return shortened(item.name);
  if ("type" in item) return typeName(catalogue, item.type);
  if ("text" in item && item.text.trim() !== "") return shortened(item.text.trim());
  return `${KINDS[kind]} without text`;
}

/** "Card, missing here" or "Card, other name and place here". */
export function aboutOf({ kind, differing }: MissingItem): string {
  if (differing === null) return `${KINDS[kind]}, missing here`;
  const aspects = new Set(Object.keys(differing).map((key) => ASPECTS[key] ?? key));
  return `${KINDS[kind]}, other ${[...aspects].join(", ")} here`;
}

/** Private notes have a text that belongs to no step. */
export function stepTitle(step: string, steps: readonly FlowStep[]): string {
  const found = steps.find(({ id }) => id === step);
  return found ? `Step ${found.number}, ${found.name}` : "The whole session";
}

export function changesWords(count: number): string {
  return count === 1 ? "1 of your changes is" : `${count} of your changes are`;
}

function endName(content: BoardDocument, id: string, catalogue: Catalogue): string {
  const card = readItem(content, "components", id);
  if (card) return card.name || typeName(catalogue, card.type);
  const group = readItem(content, "groups", id)?.name ?? "";
  return group === "" ? "a group" : group;
}

const typeName = (catalogue: Catalogue, type: string): string =>
  catalogue.components.find(({ id }) => id === type)?.name ?? "Component";

const shortened = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST).trimEnd()}…` : text;
