// @vitest-environment jsdom
import { expect, test } from "vitest";

import { dayInWords, localiseTimes } from "./times";

const NOW = new Date(2026, 10, 23, 11, 30);

test.each([
  [new Date(2026, 10, 23, 9, 5), "today 09:05"],
  [new Date(2026, 10, 22, 23, 59), "yesterday"],
  [new Date(2026, 8, 1), "1 Sep"],
  [new Date(2025, 10, 23), "23 Nov 2025"],
  [new Date(2026, 10, 24, 9, 5), "24 Nov"],
])("%s is told as %j", (moment, words) => {
  expect(dayInWords(moment, NOW)).toBe(words);
});

test("times of a page are told by the reader's clock", () => {
  const page = document.createElement("div");
  const moment = new Date();
  page.innerHTML = `since <time datetime="${moment.toISOString()}">today 00:00 UTC</time>`;

  localiseTimes(page);

  expect(page.textContent).toBe(`since today ${moment.toTimeString().slice(0, 5)}`);
});
