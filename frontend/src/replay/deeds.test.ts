import { expect, it } from "vitest";
import * as Y from "yjs";

import { createChronicle } from "./chronicle";
import { createFilm } from "./film";
import {
  alter,
  ANN,
  BOB,
  erase,
  put,
  record,
  type Recording,
  remove,
  STEPS,
  write,
} from "./testing";
import { sentenceOf } from "./words";

function sentences({ rows }: Recording): string[] {
  const film = createFilm();
  film.append(rows);
  return film.deeds.slice(1).map((deed) => sentenceOf(deed, STEPS));
}

const connect = (doc: Y.Doc): void => {
  const ends = Object.entries({ source: "a", target: "b", label: "rows" });
  doc.getMap("connections").set("l", new Y.Map(ends));
};

it("says what each change did", () => {
  const session = record();
  session.change(ANN, put("a", { name: "Ranker", x: 1, y: 1 }));
  session.change(ANN, alter("a", { x: 5, y: 6 }));
  session.change(ANN, put("b", { name: "Index", x: 1, y: 1 }));
  session.change(BOB, connect);
  session.change(BOB, alter("a", { name: "Light ranker" }));
  session.change(BOB, alter("a", { pinned: true }));
  session.change(BOB, write("step2", "nDCG"));
  session.change(BOB, erase("step2", 4));
  session.change(ANN, remove("a"));
  session.change(ANN, (doc) =>
    [put("c", { name: "C" }), put("d", { name: "D" })].map((f) => f(doc)),
  );
  session.change(ANN, (doc) => {
    doc.getMap("steps").set("step3", new Y.Map([["status", "deep_dive"]]));
  });
  session.change(ANN, (doc) => {
    doc.getMap("stickies").set("s", new Y.Map([["text", "Why?"]]));
  });

  expect(sentences(session)).toEqual([
    "Added Ranker",
    "Moved Ranker",
    "Added Index",
    "Connected Ranker to Index",
    "Renamed Ranker",
    "Changed Light ranker",
    "Wrote in notes 2",
    "Deleted in notes 2",
    "Removed Light ranker",
    "Added 2 components",
    "Set the state of step 3",
    "Added a sticky",
  ]);
});

it("names the items to look at: of a connection its ends, of a removed one none", () => {
  const session = record();
  session.change(ANN, put("a", { name: "Ranker" }));
  session.change(ANN, put("b", { name: "Index" }));
  session.change(ANN, connect);
  session.change(ANN, remove("b"));
  session.change(ANN, write("step1", "text"));
  const film = createFilm();

  film.append(session.rows);

  expect(film.deeds.map(({ ids }) => ids)).toEqual([[], ["a"], ["b"], ["a", "b"], [], []]);
});

/** As the server cuts out deleted text: the key is there and says nothing. */
it("says something of items whose names were cut out", () => {
  const session = record();
  session.change(ANN, put("a", { x: 1, y: 2 }));
  session.change(ANN, alter("a", { x: 3 }));
  session.change(ANN, remove("a"));

  expect(sentences(session)).toEqual([
    "Added a component",
    "Moved a component",
    "Removed a component",
  ]);
});

it("makes one entry of what one person types in one go", () => {
  const session = record();
  for (const word of ["Users ", "want ", "titles."]) session.change(BOB, write("step1", word));
  session.change(ANN, write("step1", " Which?"));
  session.change(BOB, write("step1", " All."), 60_000);
  const [film, chronicle] = [createFilm(), createChronicle()];
  film.append(session.rows);

  chronicle.append(film.rows, film.deeds);

  const told = chronicle.entries.map(({ who, first, last, deed }) => [who, first, last, deed.said]);
  expect(told).toEqual([
    [null, 0, 0, ""],
    [BOB, 1, 3, "Users want titles."],
    [ANN, 4, 4, " Which?"],
    [BOB, 5, 5, " All."],
  ]);
  expect([0, 2, 4].map((row) => chronicle.entryOf(row))).toEqual([0, 1, 2]);
});

it("knows which step is worked on", () => {
  const session = record();
  session.change(ANN, put("a", { name: "Ranker" }));
  session.change(BOB, write("step2", "a"));
  session.change(ANN, alter("a", { x: 3 }));
  session.change(BOB, write("step1", "b"));
  const [film, chronicle] = [createFilm(), createChronicle()];
  film.append(session.rows);

  chronicle.append(film.rows, film.deeds);

  const worked = film.rows.map((_, row) => chronicle.stepAt(row));
  expect(worked).toEqual([null, null, "step2", "step2", "step1"]);
  expect([...chronicle.firstRows]).toEqual([
    ["step2", 2],
    ["step1", 4],
  ]);
});
