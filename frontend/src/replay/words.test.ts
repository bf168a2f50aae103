import { expect, it } from "vitest";

import { clock, spoken } from "./words";

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

it.each([
  [0, "0:00", "0 seconds"],
  [SECOND, "0:01", "1 second"],
  [16 * MINUTE + 40 * SECOND, "16:40", "16 minutes 40 seconds"],
  [HOUR + 2 * MINUTE + 3 * SECOND, "1:02:03", "1 hour 2 minutes 3 seconds"],
  [50 * HOUR, "2 d 2:00:00", "2 days 2 hours"],
])("%i ms is %s, read as %s", (ms, shown, said) => {
  expect(clock(ms)).toBe(shown);
  expect(spoken(ms)).toBe(said);
});
