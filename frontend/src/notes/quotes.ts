/** Where do these words stand now? A quote was cut from the notes once; they may have changed since. */

import { toUtf16 } from "./offsets";

export interface Quote {
  /** Unicode code points, in the text that it was cut from. */
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

export interface Place {
  /** UTF-16 units, in the text as it is now. */
  readonly from: number;
  readonly to: number;
}

/** Null when the words are gone. Of several places, the one nearest to where they stood counts. */
export function placeOf(text: string, { start, end, quote }: Quote): Place | null {
  const from = toUtf16(text, start);
  const to = toUtf16(text, end);
  const isBare = quote === "";
  if (isBare || text.slice(from, to) === quote) return { from, to };
  return nearest(exactPlaces(text, quote), from) ?? nearest(loosePlaces(text, quote), from);
}

function exactPlaces(text: string, quote: string): Place[] {
  const places: Place[] = [];
  for (let from = text.indexOf(quote); from !== -1; from = text.indexOf(quote, from + 1)) {
    places.push({ from, to: from + quote.length });
  }
  return places;
}

/** The same words in the same order, whatever stands between them: a line wrapped, a star taken away. */
function loosePlaces(text: string, quote: string): Place[] {
  const words = quote.match(/[\p{L}\p{N}]+/gu);
  if (words === null) return [];
  const pattern = new RegExp(words.join("[^\\p{L}\\p{N}]+"), "giu");
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => ({
    from: index,
    to: index + found.length,
  }));
}

function nearest(places: readonly Place[], wanted: number): Place | null {
  const distance = ({ from }: Place): number => Math.abs(from - wanted);
  return places.reduce<Place | null>(
    (best, place) => (best === null || distance(place) < distance(best) ? place : best),
    null,
  );
}
