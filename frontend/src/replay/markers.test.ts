import { expect, it } from "vitest";

import { peersAt } from "./echoes";
import { createFilm } from "./film";
import { markerFrom, markersOf } from "./markers";
import { alter, ANN, BOB, PEOPLE, put, record, STEPS, write } from "./testing";

const people = new Map(PEOPLE.map((person) => [person.participant, person]));

it("puts the steps and what the server marks in the order of the session", () => {
  const { rows, change } = record();
  for (let i = 0; i < 5; i++) change(BOB, write("step1", "a"));
  const first = new Map([
    ["step2", 4],
    ["step1", 1],
  ]);
  const scored = { kind: "score", seq: 3, at: "", title: "Score 61" };

  const markers = markersOf(rows, first, STEPS, [scored]);

  expect(markers.map(({ kind, title, row }) => [kind, title, row])).toEqual([
    ["step", "Step 1, Step name 1", 1],
    ["score", "Score 61", 2],
    ["step", "Step 2, Step name 2", 4],
  ]);
  expect(markerFrom(markers, 2, 1)?.row).toBe(4);
  expect(markerFrom(markers, 2, -1)?.row).toBe(1);
  expect(markerFrom(markers, 4, 1)).toBeUndefined();
});

it("shows at what everybody was a moment ago, or one person alone", () => {
  const session = record();
  session.change(ANN, put("old", { name: "Old" }));
  session.change(ANN, put("a", { name: "A" }), 9_000);
  session.change(BOB, put("b", { name: "B" }));
  session.change(ANN, alter("a", { x: 3 }));
  const film = createFilm();
  film.append(session.rows);
  const moment = {
    rows: film.rows,
    deeds: film.deeds,
    people,
    shown: film.rows.length,
    speed: 1,
    at: (row: number) => (film.rows[row]?.at ?? 0) - (film.rows[0]?.at ?? 0),
  };
  const seen = (only: string | null, shown = moment.shown) =>
    peersAt({ ...moment, only, shown }).map(({ user, selection }) => [user.name, selection]);

  expect(seen(null)).toEqual([
    ["Ann Lee", ["a"]],
    ["Bob", ["b"]],
  ]);
  expect(seen(BOB)).toEqual([["Bob", ["b"]]]);
  expect(seen(BOB, 2)).toEqual([]);
});
