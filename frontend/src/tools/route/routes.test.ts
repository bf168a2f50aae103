import { describe, expect, test } from "vitest";

import { seeded } from "../../document/testing";
import type { Box } from "../../document/types";

import { createRoutes, type Ends, type Routes } from "./routes";

interface World {
  readonly boxes: Map<string, Box>;
  readonly ends: Map<string, Ends>;
  readonly routes: Routes;
}

function world(boxes: Record<string, [number, number]>, lines: Record<string, string>): World {
  const here = new Map(
    Object.entries(boxes).map(([id, [x, y]]) => [id, { x, y, width: 172, height: 52 }]),
  );
  const ends = new Map(
    Object.entries(lines).map(([id, line]) => {
      const [source = "", target = ""] = line.split(" ");
      return [id, { source, target }];
    }),
  );
  const routes = routesOf(here, ends);
  return { boxes: here, ends, routes };
}

function routesOf(boxes: Map<string, Box>, ends: Map<string, Ends>): Routes {
  const routes = createRoutes({
    boxOf: (id) => boxes.get(id) ?? null,
    endsOf: (id) => ends.get(id) ?? null,
    isObstacle: () => true,
    labelSize: () => null,
  });
  routes.update(boxes.keys(), ends.keys(), boxes.keys());
  return routes;
}

const corners = (routes: Routes, id: string): number[][] =>
  (routes.get(id)?.points ?? []).map(({ x, y }) => [x, y]);

describe("a route", () => {
  test("between two cards in a row is a straight line from side to side", () => {
    const { routes } = world({ a: [0, 0], b: [250, 0] }, { l: "a b" });

    expect(corners(routes, "l")).toEqual([[172, 26], [250, 26]]); // prettier-ignore
    expect(routes.get("l")?.label).toEqual({ x: 211, y: 26 });
  });

  test("between cards that overlap a little is still straight", () => {
    const { routes } = world({ a: [0, 0], b: [250, 20] }, { l: "a b" });

    expect(corners(routes, "l")).toHaveLength(2);
  });

  test("has right angles only", () => {
    const { routes } = world({ a: [0, 0], b: [300, 400] }, { l: "a b" });

    const path = routes.get("l")?.points ?? [];
    const turns = path.slice(1).map((to, i) => to.x === path[i]?.x || to.y === path[i]?.y);
    expect(turns.every(Boolean)).toBe(true);
  });

  test("goes around a card in between", () => {
    const { routes } = world({ a: [0, 0], wall: [250, 0], b: [500, 0] }, { l: "a b" });

    expect(corners(routes, "l")).not.toEqual([[172, 26], [500, 26]]); // prettier-ignore
  });

  test("gives way to a card that is put on it, and comes back when that goes", () => {
    const far = { x: 250, y: 900, width: 172, height: 52 };
    const { boxes, routes } = world({ a: [0, 0], wall: [250, 900], b: [500, 0] }, { l: "a b" });
    const straight = corners(routes, "l");

    boxes.set("wall", { ...far, y: 0 });
    routes.update(["wall"], [], ["wall"]);
    expect(corners(routes, "l")).not.toEqual(straight);
    boxes.set("wall", far);
    routes.update(["wall"], [], ["wall"]);

    expect(corners(routes, "l")).toEqual(straight);
  });

  test("shares a side with others without lying on them", () => {
    const { routes } = world({ a: [0, 0], b: [400, -200], c: [400, 200] }, { l: "a b", m: "a c" });

    expect(corners(routes, "l")[0]).not.toEqual(corners(routes, "m")[0]);
  });

  test("vanishes with its end and comes back", () => {
    const { boxes, routes } = world({ a: [0, 0], b: [250, 0] }, { l: "a b" });
    const box = boxes.get("b");

    boxes.delete("b");
    routes.update(["b"], ["l"], ["b"]);
    expect(routes.get("l")).toBeUndefined();
    if (box) boxes.set("b", box);
    routes.update(["b"], ["l"], ["b"]);

    expect(corners(routes, "l")).toHaveLength(2);
  });

  test("is hit near its path only", () => {
    const { routes } = world({ a: [0, 0], b: [250, 0] }, { l: "a b" });

    expect(routes.hit({ x: 200, y: 30 }, 8)).toBe("l");
    expect(routes.hit({ x: 200, y: 40 }, 8)).toBeNull();
  });

  test("is found in a box as large as the whole board", () => {
    const { routes } = world({ a: [0, 0], b: [250, 0] }, { l: "a b" });

    expect(routes.near({ x: -1e6, y: -1e6, width: 2e6, height: 2e6 })).toEqual(["l"]);
  });
});

test.each([1, 2, 3, 4, 5])("moving cards step by step ends like routing anew, seed %i", (seed) => {
  const random = seeded(seed);
  const anywhere = (): [number, number] => [random() * 1500, random() * 900];
  const ids = Array.from({ length: 12 }, (_, i) => `c${i}`);
  const { boxes, ends, routes } = world(Object.fromEntries(ids.map((id) => [id, anywhere()])), {});
  const any = (): string => ids[Math.floor(random() * ids.length)] ?? "";

  for (let step = 0; step < 60; step++) {
    const id = `l${Math.floor(random() * 20)}`;
    if (random() < 0.5) ends.set(id, { source: any(), target: any() });
    else ends.delete(id);
    routes.update([], [id], []);
  }
  for (const id of ids) {
    const [x, y] = anywhere();
    boxes.set(id, { x, y, width: 172, height: 52 });
  }
  routes.update(ids, [], ids);

  const anew = routesOf(boxes, ends);
  for (const id of ends.keys()) expect(routes.get(id)).toEqual(anew.get(id));
});
