import { expect, it } from "vitest";

import type { Evidence } from "./scoring";
import { pinAt, pinText, stampOf } from "./stamping";
import { elapsedAt } from "./useInterview";

it.each([
  [760.9, null, "12:40 "],
  [3725, 4, "62:05 (step 4) "],
  [null, 4, ""],
])("after %j seconds in %j a line begins %j", (elapsed, step, stamp) => {
  expect(stampOf(elapsed, step)).toBe(stamp);
});

it.each<Evidence>([
  { source: "component", id: "c-12", quote: "Ranker" },
  { source: "connection", id: "l-1", quote: "top 200" },
  { source: "notes", step: "data", start: 3, end: 9, quote: "labels" },
])("a pin leads back to what it names", (place) => {
  const line = `12:40 see ${pinText(place)}there`;

  expect(pinAt(line, 14)).toEqual(place);
  expect(pinAt(line, 2)).toBeNull();
});

it("carries the server's clock on only while it runs", () => {
  const at = 1000;

  expect(elapsedAt({ play: { stage: "running", elapsed_s: 60 }, at }, 6000)).toBe(65);
  expect(elapsedAt({ play: { stage: "paused", elapsed_s: 60 }, at }, 6000)).toBe(60);
  expect(elapsedAt({ play: { stage: "lobby" }, at }, 6000)).toBeNull();
});
