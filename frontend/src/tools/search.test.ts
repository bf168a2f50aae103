import { describe, expect, test } from "vitest";

import { searchComponents, typeNamed } from "./search";
import { CATALOGUE } from "./testing";

const found = (query: string): string[] =>
  searchComponents(CATALOGUE, query).map(({ type }) => type.id);

describe("searching the palette", () => {
  test("nothing typed shows everything in the order of the catalogue", () => {
    expect(found("  ")).toEqual(CATALOGUE.components.map(({ id }) => id));
  });

  test.each([
    ["label", ["label-generator", "human-labelling"]],
    ["rate limit", ["api-gateway"]],
    ["apg", ["api-gateway"]],
    ["web-app", ["user-client"]],
    ["zebra", []],
  ])("%s finds %j first", (query, ids) => {
    expect(found(query).slice(0, ids.length)).toEqual(ids);
    if (!ids.length) expect(found(query)).toEqual([]);
  });

  test("the matched part of a name is marked", () => {
    const [best] = searchComponents(CATALOGUE, "gen");

    expect(best).toMatchObject({ type: { id: "label-generator" }, marked: [6, 9] });
  });
});

test("a plain name means a type by its name or alias, never by a part of it", () => {
  expect(typeNamed(CATALOGUE, "Client")?.id).toBe("user-client");
  expect(typeNamed(CATALOGUE, "api  Gateway")?.id).toBe("api-gateway");
  expect(typeNamed(CATALOGUE, "gate")).toBeNull();
});
