import { describe, expect, test } from "vitest";

import { readAll } from "../document/read";
import { card, emptyBoard } from "../document/testing";

import { isQuickEntry, planQuickEntry } from "./quickEntry";
import { CATALOGUE } from "./testing";

const plan = (text: string): ReturnType<typeof planQuickEntry> =>
  planQuickEntry(text, [], CATALOGUE);

describe("a quick entry", () => {
  test("names types by alias and labels the arrow before the colon", () => {
    expect(plan("client -> api gateway -> ranker : features")).toEqual({
      components: [
        { existing: null, type: "user-client", name: "Client" },
        { existing: null, type: "api-gateway", name: "API gateway" },
        { existing: null, type: "ranker", name: "Ranker" },
      ],
      connections: [
        { source: 0, target: 1, kind: "request", label: "" },
        { source: 1, target: 2, kind: "request", label: "features" },
      ],
    });
  });

  test("the catalogue proposes the kind", () => {
    expect(plan("client -> log").connections).toMatchObject([{ kind: "event" }]);
  });

  test("an arrow to the left turns the connection", () => {
    expect(plan("ranker <- client").connections).toMatchObject([{ source: 1, target: 0 }]);
  });

  test("the same name in several chains is one component", () => {
    const { components, connections } = plan("client -> ranker; client -> log\nlog -> ranker");

    expect(components.map(({ name }) => name)).toEqual(["Client", "Ranker", "Log"]);
    expect(connections).toHaveLength(3);
  });

  test("a name on the board means that component", () => {
    const board = emptyBoard();
    const id = card(board, "Feed service");

    const { components } = planQuickEntry(
      "feed SERVICE -> mystery box",
      readAll(board, "components"),
      CATALOGUE,
    );

    expect(components).toEqual([
      { existing: id, type: "app-server", name: "Feed service" },
      { existing: null, type: "other", name: "Mystery box" },
    ]);
  });

  test("one or two letters are a name of their own", () => {
    expect(plan("a -> ra").components.map(({ type }) => type)).toEqual(["other", "other"]);
  });

  test.each(["-> ->", " : ", "a ->", "", ";;\n->"])("%j makes no connection", (text) => {
    expect(plan(text).connections).toEqual([]);
  });
});

test("a line with an arrow between two names is a quick entry", () => {
  expect(["a -> b", "a<-b", "a - b", "->", "x > y"].map(isQuickEntry)).toEqual([
    ...[true, true, false, false, false],
  ]);
});
