import { expect, it } from "vitest";

import { initials } from "./Face";

it.each([
  ["Tomás Ferreira-Lindqvist", "TF"],
  ["anneke de vries", "AV"],
  ["Kofi", "K"],
  ["李 小龙", "李小"],
  ["  ", "?"],
])("shows %j as %j", (name, expected) => {
  expect(initials(name)).toBe(expected);
});
