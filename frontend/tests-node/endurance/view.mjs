/**
 * What does a person see on a board, and which Yjs item holds each piece of it?
 *
 * A piece has a path, and at any time at most one version, named by the id of its item:
 *   components/<card>                    a card, or likewise a connection
 *   components/<card>#<version>/<field>  one value of that card
 *   notes/<step>/<token>                 one token, «…», in the notes of a step
 * A token that stands twice in a text has a second path, with "!2" behind it.
 */

const LISTS = ["components", "connections"];
const TOKEN = /«[^«»]*»/gu;

export class View {
  /** unit (a card, a connection, a text) -> path -> [version, value] */
  #units = new Map();
  /** path -> its latest version, even when it is gone */
  #latest = new Map();

  constructor(doc) {
    this.doc = doc;
  }

  /** Takes in a transaction: [path, new version or null, version before or null, value] of each piece. */
  take(transaction) {
    return unitsIn(this.doc, transaction).flatMap((unit) => this.#refresh(unit));
  }

  /** Every piece: path -> [version, value]. */
  pieces() {
    const all = allUnits(this.doc).map((unit) => piecesOf(this.doc, unit));
    return new Map(all.flatMap((pieces) => [...pieces]));
  }

  #refresh(unit) {
    const before = this.#units.get(unit) ?? new Map();
    const after = piecesOf(this.doc, unit);
    this.#units.set(unit, after);
    const effects = [];
    for (const [path, [version, value]] of after) {
      if (before.get(path)?.[0] === version) continue;
      effects.push([path, version, this.#latest.get(path) ?? null, value]);
      this.#latest.set(path, version);
    }
    for (const [path, [version]] of before) {
      if (!after.has(path)) effects.push([path, null, version, null]);
    }
    return effects;
  }
}

/** What is left of the texts without their tokens: nothing, if all is well. */
export function residueOf(doc) {
  return [...doc.getMap("notes").values()]
    .map((text) => text.toString().replace(TOKEN, ""))
    .join("");
}

/** Where something may be typed into a text without tearing a token apart, and the tokens. */
export function tokensOf(text) {
  return [...text.toString().matchAll(TOKEN)].map((match) => ({
    token: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function unitsIn(doc, transaction) {
  const units = new Set();
  for (const [type, keys] of transaction.changed) {
    for (const root of LISTS) {
      if (type === doc.getMap(root)) keys.forEach((key) => units.add(`${root}/${key}`));
      if (type._item?.parent === doc.getMap(root)) units.add(`${root}/${type._item.parentSub}`);
    }
    const notes = doc.getMap("notes");
    if (type === notes) keys.forEach((key) => units.add(`notes/${key}`));
    if (type._item?.parent === notes) units.add(`notes/${type._item.parentSub}`);
  }
  return [...units];
}

function allUnits(doc) {
  return ["notes", ...LISTS].flatMap((root) =>
    [...doc.getMap(root).keys()].map((key) => `${root}/${key}`),
  );
}

function piecesOf(doc, unit) {
  const slash = unit.indexOf("/");
  const [root, key] = [unit.slice(0, slash), unit.slice(slash + 1)];
  const item = doc.getMap(root)._map.get(key);
  if (item === undefined || item.deleted) return new Map();
  return root === "notes" ? tokens(unit, item.content.type) : values(unit, item);
}

function values(unit, item) {
  const version = nameOf(item.id);
  const pieces = new Map([[unit, [version, null]]]);
  for (const [key, field] of item.content.type._map) {
    if (field.deleted) continue;
    pieces.set(`${unit}#${version}/${key}`, [nameOf(field.id), field.content.getContent()[0]]);
  }
  return pieces;
}

function tokens(unit, text) {
  const pieces = new Map();
  const runs = runsOf(text);
  for (const { token, start } of tokensOf(text)) {
    let path = `${unit}/${token}`;
    while (pieces.has(path)) path += "!2";
    pieces.set(path, [versionAt(runs, start), null]);
  }
  return pieces;
}

/** Visible runs of a text: where each starts, and the id of its first character. */
function runsOf(text) {
  const runs = [];
  let index = 0;
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    runs.push({ start: index, id: item.id });
    index += item.length;
  }
  return runs;
}

function versionAt(runs, index) {
  const run = runs.findLast(({ start }) => start <= index);
  return nameOf({ client: run.id.client, clock: run.id.clock + index - run.start });
}

const nameOf = ({ client, clock }) => `${client}:${clock}`;
