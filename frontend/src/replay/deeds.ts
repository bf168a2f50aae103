/** What did a change do? Found by making it, in a document that knows all changes before it. */

import * as Y from "yjs";

import { ITEM_KINDS, type ItemKind } from "../document/types";

export type Root = ItemKind | "notes" | "steps";

/** A key of a root map: an item, the notes of a step, the state of a step. */
export type Place = `${Root}/${string}`;

export type Verb =
  | "begin"
  | "add"
  | "connect"
  | "remove"
  | "rename"
  | "move"
  | "change"
  | "write"
  | "erase"
  | "step"
  | "nothing";

export interface Deed {
  readonly verb: Verb;
  readonly root: Root | null;
  /** How many things it was done to. */
  readonly count: number;
  /** The name of the thing as it was then; empty where it has none. */
  readonly label: string;
  /** The step whose notes or state it changed. */
  readonly step: string | null;
  /** What was written into notes, cut short. */
  readonly said: string;
  /** Items on the board that it touched and that are still there; of a connection, its ends. */
  readonly ids: readonly string[];
  readonly touched: readonly Place[];
}

export interface Witness {
  readonly doc: Y.Doc;
  /** Makes the change and says what it did. */
  watch(update: Uint8Array): Deed;
}

export const ROOTS: readonly Root[] = [...ITEM_KINDS, "notes", "steps"];
/** Characters of what was written that are kept to be quoted. */
export const SAID_MOST = 90;
const PLACING: ReadonlySet<string> = new Set(["x", "y", "width", "height", "group", "parent", "z"]);
const NAMING: ReadonlySet<string> = new Set(["name", "text", "label"]);

/** One event of Yjs, in our words. */
interface Sight {
  readonly verb: Verb;
  readonly root: Root;
  readonly key: string;
  readonly said?: string;
}

export function createWitness(): Witness {
  const doc = new Y.Doc();
  const names = new Map<string, string>();
  let sights: Sight[] = [];
  let isFirst = true;
  let written: string | null = null;
  for (const root of ROOTS) {
    doc.getMap(root).observeDeep((events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
      for (const event of events) sights.push(...sightsOf(root, event, written));
    });
  }
  return {
    doc,
    watch(update) {
      sights = [];
      written = writtenIn(update);
      Y.applyUpdate(doc, update);
      const before = new Map(sights.map(({ key }) => [key, names.get(key) ?? ""]));
      for (const { root, key } of sights) remember(doc, root, key, names);
      const deed = isFirst
        ? { ...NOTHING, verb: "begin" as const }
        : summary(sights, names, before);
      isFirst = false;
      return {
        ...deed,
        ids: deed.verb === "begin" ? [] : seenAt(doc, sights),
        touched: [...new Set(sights.map(({ root, key }) => placeOf(root, key)))],
      };
    },
  };
}

export const placeOf = (root: Root, key: string): Place => `${root}/${key}`;

export function partsOf(place: Place): [Root, string] {
  const cut = place.indexOf("/");
  // By how a place is made: a root, a slash, a key.
  return [place.slice(0, cut) as Root, place.slice(cut + 1)];
}

const NOTHING: Deed = {
  verb: "nothing",
  root: null,
  count: 0,
  label: "",
  step: null,
  said: "",
  ids: [],
  touched: [],
};

/**
 * What a change writes into texts; null where it only deletes. Not from the events of a text, which
 * walk through the whole of it.
 */
function writtenIn(update: Uint8Array): string | null {
  const { structs } = Y.decodeUpdate(update);
  if (structs.length === 0) return null;
  const parts = structs.map((struct) =>
    struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : "",
  );
  return parts.join("").slice(0, SAID_MOST);
}

/** Not all of an event's keys are in `changes`: what came and went at once is only in keysChanged. */
function sightsOf(
  root: Root,
  event: Y.YEvent<Y.AbstractType<unknown>>,
  written: string | null,
): Sight[] {
  const [key] = event.path;
  if (key === undefined) {
    const keys = event instanceof Y.YMapEvent ? [...(event.keysChanged as Set<string>)] : [];
    return keys.map((one) => ({ verb: cameOrWent(event, root, one), root, key: one }));
  }
  if (root === "notes") {
    const verb = written === null ? "erase" : "write";
    return [{ verb, root, key: String(key), said: written ?? "" }];
  }
  return [{ verb: verbWithin(root, event), root, key: String(key) }];
}

function cameOrWent(event: Y.YEvent<Y.AbstractType<unknown>>, root: Root, key: string): Verb {
  if (event.changes.keys.get(key)?.action === "delete") return "remove";
  if (root === "notes") return "write";
  if (root === "steps") return "step";
  return root === "connections" ? "connect" : "add";
}

function verbWithin(root: Root, event: Y.YEvent<Y.AbstractType<unknown>>): Verb {
  if (root === "steps") return "step";
  const keys = event instanceof Y.YMapEvent ? [...(event.keysChanged as Set<string>)] : [];
  if (keys.some((key) => NAMING.has(key))) return "rename";
  return keys.length > 0 && keys.every((key) => PLACING.has(key)) ? "move" : "change";
}

function remember(doc: Y.Doc, root: Root, key: string, names: Map<string, string>): void {
  const item: unknown = doc.getMap(root).get(key);
  if (!(item instanceof Y.Map) || root === "steps") return;
  const map = item as Y.Map<unknown>;
  if (root !== "connections") names.set(key, text(map, "name") || text(map, "text"));
  else {
    const [from = "", to = ""] = ["source", "target"].map((end) => names.get(text(map, end)));
    names.set(key, from && to ? `${from} to ${to}` : text(map, "label"));
  }
}

function text(map: Y.Map<unknown>, key: string): string {
  const value = map.get(key);
  return typeof value === "string" ? value : "";
}

function seenAt(doc: Y.Doc, sights: readonly Sight[]): readonly string[] {
  const ids = sights.flatMap(({ verb, root, key }) => {
    if (verb === "remove" || root === "notes" || root === "steps") return [];
    const item: unknown = doc.getMap(root).get(key);
    if (root !== "connections" || !(item instanceof Y.Map)) return [key];
    return [text(item as Y.Map<unknown>, "source"), text(item as Y.Map<unknown>, "target")];
  });
  return [...new Set(ids)];
}

/** What says most about the whole comes first. */
const WEIGHTS: readonly Verb[] = [
  "add",
  "connect",
  "remove",
  "rename",
  "write",
  "erase",
  "step",
  "change",
  "move",
];

function summary(
  sights: readonly Sight[],
  names: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, string>,
): Deed {
  const weight = ({ verb, root }: Sight): number =>
    WEIGHTS.indexOf(verb) * ROOTS.length + WEIGHTY_ROOTS.indexOf(root);
  const [main] = [...sights].sort((a, b) => weight(a) - weight(b));
  if (!main) return NOTHING;
  const { verb, root, key } = main;
  const alike = new Set(sights.filter((s) => s.verb === verb && s.root === root).map((s) => s.key));
  const label = verb === "rename" && before.get(key) ? before.get(key) : names.get(key);
  return {
    verb,
    root,
    count: alike.size,
    label: label ?? "",
    step: root === "notes" || root === "steps" ? key : null,
    said: main.said ?? "",
    ids: [],
    touched: [],
  };
}

const WEIGHTY_ROOTS: readonly Root[] = [
  "components",
  "groups",
  "stickies",
  "texts",
  "strokes",
  "connections",
  "notes",
  "steps",
];
