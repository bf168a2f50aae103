import { describe, expect, it } from "vitest";

import { inserted, missingLines } from "./missingLines";
import { seeded } from "./testing";

it.each([
  ["nothing from nothing", "", "", ""],
  ["everything into an empty text", "", "one\ntwo", "one\ntwo"],
  ["nothing where all of it stands", "one\ntwo\nthree", "two\nthree", "one\ntwo\nthree"],
  ["a line in its place", "one\nthree", "one\ntwo\nthree", "one\ntwo\nthree"],
  ["a line at the end", "one", "one\ntwo", "one\ntwo"],
  ["a line at the start", "two", "one\ntwo", "one\ntwo"],
  ["a paragraph with the gap before it", "one\n", "one\n\ntwo\n", "one\n\ntwo\n"],
  ["beside what others wrote there", "a\ntheirs\nb", "a\nmine\nb", "a\ntheirs\nmine\nb"],
  [
    "the end of a line that goes on",
    "we use Kafka",
    "we use Kafka for events",
    "we use Kafka for events",
  ],
  ["the middle of a line", "we Kafka", "we use Kafka", "we use Kafka"],
  [
    "nothing of a line that others went on with",
    "we use Kafka for events",
    "we use Kafka",
    "we use Kafka for events",
  ],
  [
    "a line that stands in letters only",
    "t-h-e r-a-n-k-e-r is slow",
    "the ranker",
    "t-h-e r-a-n-k-e-r is slow\nthe ranker",
  ],
  ["behind a pair that begins alike", "😀 good", "😁 good", "😀 good\n😁 good"],
])("puts back %s", (_name, text, copy, result) => {
  expect(inserted(text, missingLines(text, copy).insertions)).toBe(result);
});

it("lists the lines as the copy has them", () => {
  expect(missingLines("we use Kafka\nend", "we use Kafka for events\nnew\nend").lines).toEqual([
    "we use Kafka for events",
    "new",
  ]);
});

const WORDS = ["", "", "ranker", "cache the features", "- [ ] log", "- [x] log", "A/B test", "😀"];

describe("whatever the two texts", () => {
  it.each(Array.from({ length: 300 }, (_, seed) => seed))("seed %i", (seed) => {
    const random = seeded(seed);
    const pick = (): string => WORDS[Math.floor(random() * WORDS.length)] ?? "";
    const line = (): string => (random() < 0.5 ? pick() : `${pick()} ${pick()}`);
    const textOf = (length: number): string =>
      Array.from({ length: Math.floor(random() * length) }, line).join("\n");
    const text = textOf(12);
    const copy = random() < 0.5 ? textOf(12) : text.replace(pick(), pick());

    const { insertions } = missingLines(text, copy);
    const result = inserted(text, insertions);

    expect(missingLines(result, copy)).toEqual({ lines: [], insertions: [] });
    expect(takenOut(result, insertions)).toBe(text);
    for (const wanted of copy.split("\n")) expect(result).toContain(wanted.trim());
  });
});

it("does not hang on two long texts that have nothing in common", () => {
  const long = (word: string): string =>
    Array.from({ length: 20_000 }, (_, index) => `${word} ${index}`).join("\n");
  const [text, copy] = [long("here"), long("there")];

  const { insertions } = missingLines(text, copy);
  const result = inserted(text, insertions);

  expect(result.length).toBe(text.length + copy.length + 1);
  expect(missingLines(result, copy).lines).toEqual([]);
});

/** The text without what was put in: nothing else may have changed. */
function takenOut(
  result: string,
  insertions: ReturnType<typeof missingLines>["insertions"],
): string {
  return insertions.reduce(
    (text, { at, text: added }) => text.slice(0, at) + text.slice(at + added.length),
    result,
  );
}
