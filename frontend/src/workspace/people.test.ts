import { expect, it } from "vitest";

import type { Peer } from "../sync/presence";

import type { Bootstrap, FlowStep } from "./bootstrap";
import { peopleHere, whereOthersAre } from "./people";

const ME: Bootstrap["me"] = {
  participant: "me",
  name: "Priya Rao",
  color: 1,
  role: "candidate",
  signed_in: false,
  can: [],
};

const peer = (client: number, name: string, participant: string, step: string | null): Peer => ({
  client,
  user: { name, color: client, role: "interviewer", participant },
  cursor: null,
  selection: [],
  drag: null,
  step,
});

const step = (number: number, id: string) => ({ id, number }) as FlowStep;
const STEPS = [step(4, "data"), step(5, "features")];

it("shows each person once, oneself last", () => {
  const peers = [
    peer(3, "Anneke", "p2", "data"),
    peer(2, "Tomás", "p1", "data"),
    peer(5, "Tomás", "p1", null),
    peer(6, "Priya Rao", "me", "data"),
  ];

  const people = peopleHere(ME, "features", peers);

  expect(people.map((one) => [one.name, one.step])).toEqual([
    ["Anneke", "data"],
    ["Tomás", "data"],
    ["Priya Rao", "features"],
  ]);
});

it.each([
  [[], ""],
  [[peer(2, "Tomás F", "p1", "data")], "Tomás is on step 4."],
  [
    [
      peer(2, "Tomás", "p1", "data"),
      peer(3, "Anneke", "p2", "data"),
      peer(4, "Kofi", "p3", "features"),
    ],
    "Tomás and Anneke are on step 4, Kofi is on step 5.",
  ],
])("says where the others are (%#)", (peers, sentence) => {
  expect(whereOthersAre(peopleHere(ME, "data", peers), STEPS)).toBe(sentence);
});
