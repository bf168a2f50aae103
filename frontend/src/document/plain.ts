/**
 * What may stand in a shared document? The server refuses everything else, and an edit that is refused
 * is no edit: so nothing of the kind is ever made here.
 */

/** NUL, and halves of surrogate pairs, which no encoding of text can carry. */
const UNSPEAKABLE = /[\0\p{Surrogate}]/gu;
const REPLACEMENT = "\ufffd";

/** Keys that mean something else than themselves in an object. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
const MAX_KEY = 256;
/** The room lets sixteen levels through; the item itself is the first two. */
const MAX_DEPTH = 12;

export type Plain =
  string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** Of the same length, so that places in the text stay right. */
export function cleanText(text: string): string {
  return text.replace(UNSPEAKABLE, REPLACEMENT);
}

export const isClean = (text: string): boolean => cleanText(text) === text;

/** The values that can be shared. A number that is none becomes 0, a value that is none null. */
export function plain(values: object, depth = 0): Record<string, Plain> {
  const entries = Object.entries(values).filter(
    ([key, value]) => value !== undefined && key.length <= MAX_KEY && !FORBIDDEN_KEYS.has(key),
  );
  return Object.fromEntries(
    entries.map(([key, value]) => [cleanText(key), plainValue(value, depth)]),
  );
}

function plainValue(value: unknown, depth: number): Plain {
  if (typeof value === "string") return cleanText(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : 0;
  if (typeof value === "boolean") return value;
  if (typeof value !== "object" || value === null || depth >= MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((one) => plainValue(one, depth + 1));
  return plain(value, depth + 1);
}
