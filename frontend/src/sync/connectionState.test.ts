import { expect, it } from "vitest";

import { type ConnectionFacts, describeConnection } from "./connectionState";

const saved: ConnectionFacts = {
  end: null,
  aside: null,
  isStoreAway: false,
  isSynced: true,
  wasLost: false,
  pending: 0,
};
const saving = { ...saved, pending: 2 };
const offline = { ...saving, isSynced: false, wasLost: true };
const notStored = { ...offline, isStoreAway: true };
const aside = { ...notStored, aside: { reason: "ended", isKept: true } } as const;
const closed = { ...aside, end: "not-allowed" } as const;

it.each([
  [saved, { kind: "saved" }],
  [saving, { kind: "saving", count: 2 }],
  [{ ...saved, isSynced: false }, { kind: "connecting" }],
  [offline, { kind: "offline", kept: 2 }],
  [notStored, { kind: "not-stored", kept: 2 }],
  [aside, { kind: "aside", reason: "ended", isKept: true }],
  [closed, { kind: "closed", reason: "not-allowed" }],
])("of %j says the worst", (facts, state) => {
  expect(describeConnection(facts)).toEqual(state);
});
