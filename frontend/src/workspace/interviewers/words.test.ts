import { expect, it } from "vitest";

import {
  channelWords,
  doubtWords,
  guardWords,
  levelText,
  liveWords,
  surenessOf,
  surenessWords,
} from "./words";

it.each([
  ["TEMPLATE_COPY", "This line repeats the template"],
  ["LIST", "This line lists terms and says nothing about them"],
  ["A_NEW_ONE", "This line does not count as evidence"],
])("says %s in plain words", (reason, words) => {
  expect(guardWords(reason)).toBe(words);
});

it("asks to check where there is a doubt, and says which", () => {
  expect(doubtWords([])).toBe("");
  expect(doubtWords(["GUARDED", "UNKNOWN_LANGUAGE"])).toBe(
    "Not sure, please check: most of what is written about it did not count, " +
      "and many of the words are not known here.",
  );
  expect(doubtWords(["A_NEW_ONE"])).toBe("Not sure, please check.");
});

it.each([
  [0.39, "low"],
  [0.4, "middle"],
  [0.69, "middle"],
  [0.7, "high"],
])("calls a confidence of %d %s", (confidence, word) => {
  expect(surenessOf(confidence)).toBe(word);
  expect(surenessWords(confidence)).not.toMatch(/\d/);
});

it("prints the level, or the state where there is none", () => {
  expect(levelText({ level: 3, state: "scored" })).toBe("3");
  expect(levelText({ level: null, state: "NA" })).toBe("NA");
});

it("gives no figure to what is read live", () => {
  const words = [null, 1, 2, 3, 4].map(liveWords);

  expect(words).toEqual(["not found yet", "left out", "named", "worked out", "with its reason"]);
});

it("says how the words were read", () => {
  expect(channelWords(["lexical", "semantic"])).toBe("Read by words and by meaning");
  expect(channelWords(["lexical"])).toBe("Read by words alone");
  expect(channelWords(undefined)).toBe("Read by words alone");
});
