import { expect, it } from "vitest";

import { seeded } from "../document/testing";

import { createFilm } from "./film";
import { createStage, difference } from "./stage";
import { contentAfter, contentOf, randomSession } from "./testing";

it.each([1, 2, 3, 4])("shows what was, wherever it is wound to (seed %i)", (seed) => {
  const { rows } = randomSession(seed, 200);
  const film = createFilm({ keepEvery: 10, keepMost: 6 });
  const stage = createStage();
  film.append(rows);
  const random = seeded(seed);

  for (let i = 0; i < 60; i++) {
    const count = Math.floor(random() * (rows.length + 1));
    stage.show(film.seek(count));

    expect(contentOf(stage.board.doc), `after ${count} changes`).toEqual(contentAfter(rows, count));
  }
});

it("shows what was, one change after the other and back", () => {
  const { rows } = randomSession(9, 80);
  const film = createFilm({ keepEvery: 16 });
  const stage = createStage();
  film.append(rows);
  const counts = [...rows.keys(), ...[...rows.keys()].reverse()];

  for (const count of counts) {
    stage.show(film.seek(count));
    expect(contentOf(stage.board.doc)).toEqual(contentAfter(rows, count));
  }
});

it("can be played while more comes", () => {
  const { rows } = randomSession(5, 100);
  const film = createFilm({ keepEvery: 10 });
  const stage = createStage();

  for (let start = 0; start < rows.length; start += 7) {
    film.append(rows.slice(start, start + 7));
    stage.show(film.seek(Math.max(0, start - 3)));
    stage.show(film.seek(film.rows.length));
    expect(contentOf(stage.board.doc)).toEqual(contentAfter(rows, film.rows.length));
  }
});

it("keeps items and texts the same objects on the stage", () => {
  const { rows } = randomSession(6, 120);
  const film = createFilm({ keepEvery: 10 });
  const stage = createStage();
  film.append(rows);
  stage.show(film.seek(rows.length));
  const note = stage.board.notes.get("step1");

  stage.show(film.seek(2));
  stage.show(film.seek(rows.length));

  expect(stage.board.notes.get("step1")).toBe(note);
});

it.each([
  ["ab", "ab", { start: 2, removed: 0, inserted: "" }],
  ["", "abc", { start: 0, removed: 0, inserted: "abc" }],
  ["abc", "", { start: 0, removed: 3, inserted: "" }],
  ["aaa", "aa", { start: 2, removed: 1, inserted: "" }],
  ["one two", "one big two", { start: 4, removed: 0, inserted: "big " }],
  // The two faces share their first unit, then their last one.
  ["x🙂", "x🙃", { start: 1, removed: 2, inserted: "🙃" }],
  ["😀y", "🤀y", { start: 0, removed: 2, inserted: "🤀" }],
])("finds what parts %j from %j", (before, after, expected) => {
  expect(difference(before, after)).toEqual(expected);
});
