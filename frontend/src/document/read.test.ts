import { describe, expect, test } from "vitest";
import * as Y from "yjs";

import { readAll, readItem } from "./read";
import { emptyBoard } from "./testing";
import { ITEM_KINDS } from "./types";

const NONSENSE: unknown[] = [null, true, NaN, Infinity, -1e300, "text", [], [[]], {}, [1, "a"]];

describe("readItem", () => {
  test("an item without values has the defaults of the server", () => {
    const board = emptyBoard();

    board.items.components.set("a", new Y.Map());

    expect(readItem(board, "components", "a")).toEqual({
      ...{ id: "a", type: "other", name: "", notes: "", x: 0, y: 0, width: 172, height: 52 },
      ...{ group: "", pinned: false, tags: [], fields: {}, z: "" },
    });
  });

  test("a missing item is null", () => {
    expect(readItem(emptyBoard(), "groups", "gone")).toBeNull();
  });

  test("an item that is no map is null", () => {
    const board = emptyBoard();

    (board.items.texts as Y.Map<unknown>).set("a", "plain");

    expect(readItem(board, "texts", "a")).toBeNull();
  });

  test.each(ITEM_KINDS)("nonsense in any field of %s gives a finite item", (kind) => {
    const board = emptyBoard();
    const fields = [
      "type",
      "name",
      "x",
      "y",
      "width",
      "points",
      "waypoints",
      "tags",
      "fields",
      "z",
    ];
    NONSENSE.forEach((value, index) => {
      const entries = fields.map((field): [string, unknown] => [field, value]);
      board.items[kind].set(`item-${index}`, new Y.Map(entries));
    });

    const items = readAll(board, kind);

    expect(items).toHaveLength(NONSENSE.length);
    expect(JSON.stringify(items)).not.toContain(":null");
  });

  test("a shared type inside an item is not opened", () => {
    const board = emptyBoard();
    board.items.components.set("a", new Y.Map<unknown>([["fields", new Y.Map([["deep", 1]])]]));

    expect(readItem(board, "components", "a")?.fields).toEqual({});
  });
});

test("items come in order of z, then of id", () => {
  const board = emptyBoard();
  const put = (id: string, z: string): unknown => board.items.texts.set(id, new Y.Map([["z", z]]));
  put("b", "a1");
  put("a", "a1");
  put("c", "Zz");

  expect(readAll(board, "texts").map(({ id }) => id)).toEqual(["c", "a", "b"]);
});
