/**
 * Do this browser and the server hold the same document? They compare the SHA-256 of one text.
 *
 * docs/protocol.md defines the text, tests/rooms/digest_vectors.json has examples for both sides.
 */

import { toHexString } from "lib0/buffer";
// crypto.subtle is missing from pages served over plain HTTP.
import { digest as sha256 } from "lib0/hash/sha256";
import * as Y from "yjs";

/** From here on not every whole number is a float64 of its own. */
const WHOLE_NUMBERS_END = 2 ** 53;
const NOT_ASCII = /[\u0080-\uffff]/g;

/** The texts of items and notes, by the type that they were written from. */
type Written = WeakMap<object, string>;

export interface Digester {
  digest(): string;
  stop(): void;
}

/** Digests a document again and again: only what has changed since is written anew. */
export function createDigester(doc: Y.Doc): Digester {
  const known: Written = new WeakMap();
  const forget = ({ changed }: Y.Transaction): void => {
    for (const type of changed.keys()) known.delete(type);
  };
  doc.on("afterTransaction", forget);
  return {
    digest: () => toHexString(sha256(bytesOf(canonical(doc, known)))),
    stop: () => doc.off("afterTransaction", forget),
  };
}

/** The text for the root maps of a document; those without an entry are left out. */
export function canonical(doc: Y.Doc, known: Written = new WeakMap()): string {
  const roots = [...doc.share.keys()].map((name) => [name, doc.getMap(name)] as const);
  const filled = roots.filter(([, map]) => map.size > 0);
  return object(filled.map(([name, map]) => [name, object([...map].map(itemText(known)))]));
}

const itemText =
  (known: Written) =>
  ([key, value]: [string, unknown]): [string, string] => {
    if (!(value instanceof Y.AbstractType)) return [key, written(value)];
    const text = known.get(value) ?? written(value);
    known.set(value, text);
    return [key, text];
  };

function written(value: unknown): string {
  if (typeof value === "string") return string(value);
  if (typeof value === "number") return number(value);
  if (typeof value === "boolean") return String(value);
  if (value === null || value === undefined) return "null";
  if (value instanceof Y.Text) return string(value.toJSON());
  if (value instanceof Y.Map) return object([...value].map(([key, one]) => [key, written(one)]));
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  return object(Object.entries(value).map(([key, one]) => [key, written(one)]));
}

function object(entries: readonly (readonly [key: string, text: string])[]): string {
  // Plain comparison is by UTF-16 code units, as the text wants it.
  const sorted = entries.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([key, text]) => `${string(key)}:${text}`).join(",")}}`;
}

/** As JSON.stringify, in ASCII. */
function string(text: string): string {
  return JSON.stringify(text).replace(NOT_ASCII, escaped);
}

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Whole numbers in digits (-0 is 0), others by their bits: no rounding, no dialects of 1e21. */
function number(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < WHOLE_NUMBERS_END) return String(value);
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  return `f${bits.getBigUint64(0).toString(16).padStart(16, "0")}`;
}

function bytesOf(ascii: string): Uint8Array {
  const bytes = new Uint8Array(ascii.length);
  for (let index = 0; index < ascii.length; index += 1) bytes[index] = ascii.charCodeAt(index);
  return bytes;
}
