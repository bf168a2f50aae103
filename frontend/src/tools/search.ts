/** Which component types does somebody mean who types a few letters? */

import type { Catalogue, ComponentType } from "../document/catalogue";

export interface Match {
  readonly type: ComponentType;
  /** Higher is better; 0 when nothing was typed. */
  readonly score: number;
  /** The part of the name to mark, as [start, end); empty when the name itself did not match. */
  readonly marked: readonly [number, number] | null;
}

/** Points for how well a word fits; a whole name beats its beginning, that the beginning of a word. */
const EXACT = 100;
const BEGINNING = 80;
const WORD_BEGINNING = 60;
const WITHIN = 40;
const SCATTERED = 15;

/** An alias or category says less than the name, a description less than either. */
const ALIAS_LOSS = 5;
const CATEGORY_LOSS = 30;
const DESCRIPTION_LOSS = 35;

/** Best first; equally good ones in the order of the catalogue. Everything when nothing is typed. */
export function searchComponents(catalogue: Catalogue, query: string): Match[] {
  const wanted = normal(query);
  if (!wanted) return catalogue.components.map((type) => ({ type, score: 0, marked: null }));
  const categories = new Map(catalogue.categories.map(({ id, name }) => [id, name]));
  return catalogue.components
    .map((type) => match(type, categories.get(type.category) ?? "", wanted))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

/** The one type that a name plainly means: equal to its name or to an alias. */
export function typeNamed(catalogue: Catalogue, name: string): ComponentType | null {
  const wanted = normal(name);
  const byName = catalogue.components.find((type) => normal(type.name) === wanted);
  const byAlias = (type: ComponentType): boolean => type.aliases.some((a) => normal(a) === wanted);
  return byName ?? catalogue.components.find(byAlias) ?? null;
}

function match(type: ComponentType, category: string, wanted: string): Match {
  const score = Math.max(
    fit(type.name, wanted),
    ...type.aliases.map((alias) => fit(alias, wanted) - ALIAS_LOSS),
    wholeWords(category, wanted) - CATEGORY_LOSS,
    wholeWords(type.description, wanted) - DESCRIPTION_LOSS,
  );
  const start = type.name.toLowerCase().indexOf(wanted);
  return { type, score, marked: start < 0 ? null : [start, start + wanted.length] };
}

function fit(name: string, wanted: string): number {
  const direct = wholeWords(name, wanted);
  if (direct) return direct;
  const letters = normal(name);
  if (letters.includes(wanted)) return WITHIN;
  return wanted.length >= 2 && isScattered(letters, wanted) ? SCATTERED : 0;
}

/** How well `wanted` fits at the beginning of the name or of one of its words. */
function wholeWords(name: string, wanted: string): number {
  const words = normal(name);
  if (words === wanted) return EXACT;
  if (words.startsWith(wanted)) return BEGINNING;
  return ` ${words}`.includes(` ${wanted}`) ? WORD_BEGINNING : 0;
}

/** Every letter in order, the first one at the beginning of a word: "apg" for "API gateway". */
function isScattered(letters: string, wanted: string): boolean {
  const first = wanted.charAt(0);
  if (!` ${letters}`.includes(` ${first}`)) return false;
  let at = ` ${letters}`.indexOf(` ${first}`) - 1;
  for (const letter of wanted) {
    at = letters.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}

function normal(text: string): string {
  return text
    .toLowerCase()
    .replace(/[-_/]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
