import { expect, it } from "vitest";

import { placeOf, type Quote } from "./quotes";

/** The quote as it was cut from `text`. */
function cut(text: string, quote: string): Quote {
  const start = Array.from(text.slice(0, text.indexOf(quote))).length;
  return { start, end: start + Array.from(quote).length, quote };
}

const found = (text: string, quote: Quote): string | null => {
  const place = placeOf(text, quote);
  return place === null ? null : text.slice(place.from, place.to);
};

const QUOTE = "We log 5 % of 🎬 views";
const BEFORE = `First 👩‍🔬 line.\n${QUOTE}.\n`;

it("finds the words where they were cut, also behind characters of two units", () => {
  const quote = cut(BEFORE, QUOTE);

  expect(found(BEFORE, quote)).toBe(QUOTE);
});

it("finds them again when text was put before them", () => {
  const quote = cut(BEFORE, QUOTE);

  expect(found(`Something new.\n${BEFORE}`, quote)).toBe(QUOTE);
});

it("takes the place nearest to the old one when they stand twice", () => {
  const text = `a b\n${"x".repeat(40)}\na b`;
  const place = placeOf(`${text}!`, { start: 40, end: 43, quote: "a b" });

  expect(place).toEqual({ from: 45, to: 48 });
});

it("finds the same words with other spaces or marks between them", () => {
  const quote = cut(BEFORE, QUOTE);

  expect(
    found("Now:\n- we **log** 5 %\n  of views", { ...quote, quote: "We log 5 % of views" }),
  ).toBe("we **log** 5 %\n  of views");
});

it("says that they are gone when a word has changed", () => {
  const quote = cut(BEFORE, QUOTE);

  expect(placeOf("We log 7 % of 🎬 views.", quote)).toBeNull();
  expect(placeOf("", quote)).toBeNull();
});

it("trusts bare offsets where there are no words to compare", () => {
  expect(placeOf("abcdef", { start: 2, end: 4, quote: "" })).toEqual({ from: 2, to: 4 });
});
