import { expect, it } from "vitest";
import * as Y from "yjs";

import { areOfEpoch, Replica } from "./replica";

/** An update that writes one key. */
function updateWith(key: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getMap("m").set(key, 1);
  return Y.encodeStateAsUpdate(doc);
}

it("is synced from the first answer of a line until its cut", () => {
  const replica = new Replica(new Y.Doc());

  expect(replica.welcomed({ epoch: "e1", seq: 3 }, updateWith("a"))).toBe(true);
  expect(replica.welcomed({ epoch: "e1", seq: 3 }, updateWith("a"))).toBe(false);
  expect(replica.isSynced).toBe(true);

  replica.cut();
  expect(replica.isSynced).toBe(false);
  expect(replica.place).toEqual({ epoch: "e1", seq: 3 });
  expect(replica.welcomed({ epoch: "e1", seq: 3 }, updateWith("a"))).toBe(true);
});

it("never goes back in the log, in whatever order changes come", () => {
  const doc = new Y.Doc();
  const replica = new Replica(doc);
  replica.welcomed({ epoch: "e1", seq: 3 }, updateWith("a"));

  replica.changed(updateWith("c"), 5);
  replica.changed(updateWith("b"), 4);
  replica.welcomed({ epoch: "e1", seq: 3 }, updateWith("a"));

  expect(replica.place).toEqual({ epoch: "e1", seq: 5 });
  expect(doc.getMap("m").toJSON()).toEqual({ a: 1, b: 1, c: 1 });
});

it.each([
  [["e1", "e1"], true],
  [["", "e1"], true],
  [[], true],
  [["e1", "e0"], false],
])("made on the logs %j are of the log e1: %s", (epochs, expected) => {
  expect(
    areOfEpoch(
      epochs.map((epoch) => ({ epoch })),
      "e1",
    ),
  ).toBe(expected);
});
