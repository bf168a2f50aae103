import { describe, expect, test } from "vitest";
import * as Y from "yjs";

import {
  addSticky,
  addStroke,
  addText,
  bringToFront,
  connect,
  deleteItems,
  move,
  rename,
  resize,
  reverse,
  setKind,
  setLabel,
  setText,
  whyNotConnect,
} from "./changes";
import { fragmentOf, paste } from "./copies";
import { addGroup, group, regroup, ungroup } from "./groups";
import { applyLayout } from "./layout";
import { readAll, readItem } from "./read";
import { card, emptyBoard } from "./testing";

describe("adding", () => {
  test("each new item lies above the last", () => {
    const board = emptyBoard();

    const ids = ["first", "second", "third"].map((name) => card(board, name));

    expect(readAll(board, "components").map(({ id }) => id)).toEqual(ids);
  });

  test("a broken z of somebody else does not stop an insert", () => {
    const board = emptyBoard();
    board.items.components.set("odd", new Y.Map([["z", "~not a key~"]]));

    const id = card(board, "new");

    expect(readItem(board, "components", id)?.z).toBe("a0");
  });

  test("a text longer than the server keeps is cut", () => {
    const board = emptyBoard();

    const id = addText(board, { x: 0, y: 0 }, "a".repeat(3000));

    expect(readItem(board, "texts", id)?.text).toHaveLength(2000);
  });
});

describe("connecting", () => {
  test("a connection keeps its kind and label", () => {
    const board = emptyBoard();
    const [a, b] = [card(board, "a"), card(board, "b")];

    const id = connect(board, a, b, "event", "clicks") ?? "";

    const item = readItem(board, "connections", id);
    expect(item).toMatchObject({ source: a, target: b, kind: "event", label: "clicks" });
  });

  test("an item with itself, with nothing, or a group with its member is refused in words", () => {
    const board = emptyBoard();
    const a = card(board, "a");
    const box = group(board, [a], "Box") ?? "";

    expect(whyNotConnect(board, a, a)).toBe("A component cannot connect to itself");
    expect(whyNotConnect(board, a, "gone")).toBe("Only components and groups can be connected");
    expect(whyNotConnect(board, box, a)).toBe("A group cannot connect to its member");
    expect(connect(board, a, a, "data")).toBeNull();
  });

  test("kind, label and direction change", () => {
    const board = emptyBoard();
    const [a, b] = [card(board, "a"), card(board, "b")];
    const id = connect(board, a, b, "request") ?? "";

    setKind(board, id, "training");
    setLabel(board, id, " rows ");
    reverse(board, id);

    const item = readItem(board, "connections", id);
    expect(item).toMatchObject({ source: b, target: a, kind: "training", label: "rows" });
  });
});

describe("changing", () => {
  test("a name is trimmed, a sticky's text is not", () => {
    const board = emptyBoard();
    const id = card(board, "a");
    const sticky = addSticky(board, { x: 0, y: 0 });

    rename(board, id, "  Ranker ");
    setText(board, sticky, "one\n two");

    expect(readItem(board, "components", id)?.name).toBe("Ranker");
    expect(readItem(board, "stickies", sticky)?.text).toBe("one\n two");
  });

  test("moving shifts the points of a stroke", () => {
    const board = emptyBoard();
    const id = addStroke(board, [[0, 0, 0.5], [4, 4, 1]]); // prettier-ignore

    move(board, [id], 10, -2);

    expect(readItem(board, "strokes", id)?.points).toEqual([[10, -2, 0.5], [14, 2, 1]]); // prettier-ignore
  });

  test("what is gone meanwhile is left alone", () => {
    const board = emptyBoard();

    rename(board, "gone", "x");
    move(board, ["gone"], 1, 1);
    resize(board, "gone", { x: 0, y: 0, width: 1, height: 1 });

    expect(deleteItems(board, ["gone"])).toEqual([]);
  });

  test("bringing to front keeps the order among the chosen", () => {
    const board = emptyBoard();
    const [a, b, c] = ["a", "b", "c"].map((name) => card(board, name)) as [string, string, string];

    bringToFront(board, [b, a]);

    expect(readAll(board, "components").map(({ id }) => id)).toEqual([c, a, b]);
  });
});

test("deleting a component deletes its connections, and no others", () => {
  const board = emptyBoard();
  const [a, b, c] = ["a", "b", "c"].map((name) => card(board, name)) as [string, string, string];
  connect(board, a, b, "request");
  const kept = connect(board, b, c, "request");

  deleteItems(board, [a]);

  expect(readAll(board, "connections").map(({ id }) => id)).toEqual([kept]);
});

describe("groups", () => {
  test("a group lies around its members", () => {
    const board = emptyBoard();
    const ids = [card(board, "a", 100, 100), card(board, "b", 400, 100)];

    const id = group(board, ids, "Edge") ?? "";

    expect(readItem(board, "groups", id)).toMatchObject({ x: 84, y: 60, width: 504, height: 108 });
    expect(readAll(board, "components").map((item) => item.group)).toEqual([id, id]);
  });

  test("deleting a group takes its members, ungrouping keeps them", () => {
    const board = emptyBoard();
    const [a, b] = [card(board, "a"), card(board, "b", 300)];
    const [first, second] = [group(board, [a], "A") ?? "", group(board, [b], "B") ?? ""];

    deleteItems(board, [first]);
    ungroup(board, [second]);

    expect(readAll(board, "components").map(({ id, group }) => [id, group])).toEqual([[b, ""]]);
    expect(readAll(board, "groups")).toEqual([]);
  });

  test("a drop inside a group joins it, a drop outside leaves it", () => {
    const board = emptyBoard();
    const [a, b] = [card(board, "a"), card(board, "b", 1000)];
    const box = addGroup(board, { x: -20, y: -40, width: 400, height: 200 }, "Box");

    move(board, [b], -900, 0);
    move(board, [a], 0, 2000);
    regroup(board, [a, b]);

    expect(readItem(board, "components", a)?.group).toBe("");
    expect(readItem(board, "components", b)?.group).toBe(box);
  });
});

test("a layout places all but the pinned, in one transaction", () => {
  const board = emptyBoard();
  const [a, b] = [card(board, "a"), card(board, "b")];
  board.items.components.get(b)?.set("pinned", true);
  let transactions = 0;
  board.doc.on("afterTransaction", () => transactions++);

  const at = { x: 50, y: 60 };
  const placed = applyLayout(board, { components: { [a]: at, [b]: at, gone: at } });

  expect([placed, transactions]).toEqual([1, 1]);
  expect(readItem(board, "components", a)).toMatchObject(at);
  expect(readItem(board, "components", b)).toMatchObject({ x: 0, y: 0 });
});

test("a copy has new ids, its inner connections and its group", () => {
  const board = emptyBoard();
  const [a, b, c] = ["a", "b", "c"].map((name) => card(board, name)) as [string, string, string];
  connect(board, a, b, "data", "rows");
  connect(board, b, c, "data", "out");
  const box = group(board, [a, b], "Box") ?? "";

  const ids = paste(board, fragmentOf(board, [box]), 500, 0);

  const copies = readAll(board, "components").filter(({ id }) => ids.includes(id));
  expect(copies.map(({ name, x }) => [name, x])).toEqual([["a", 500], ["b", 500]]); // prettier-ignore
  expect(new Set(copies.map((copy) => copy.group)).has(box)).toBe(false);
  const labels = readAll(board, "connections").map(({ label }) => label);
  expect(labels).toEqual(["rows", "out", "rows"]);
});
