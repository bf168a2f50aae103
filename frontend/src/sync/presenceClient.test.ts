// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";

import { PresenceClient } from "./presenceClient";

const USER = { name: "Ada", color: 2, role: "candidate", participant: "p1" };
const awarenesses: Awareness[] = [];

function someone(client: number): Awareness {
  const doc = new Y.Doc();
  doc.clientID = client;
  const awareness = new Awareness(doc);
  awarenesses.push(awareness);
  return awareness;
}

function tell(to: Awareness, from: Awareness, state: Record<string, unknown> | null): void {
  from.setLocalState(state);
  applyAwarenessUpdate(to, encodeAwarenessUpdate(from, [from.clientID]), "test");
}

beforeEach(() => vi.useFakeTimers());

afterEach(() => {
  for (const awareness of awarenesses.splice(0)) awareness.destroy();
  vi.useRealTimers();
});

it("sends the newest state at most 30 times a second", () => {
  const awareness = someone(1);
  const presence = new PresenceClient(awareness);
  const sent: unknown[] = [];
  awareness.on("update", () => sent.push(awareness.getLocalState()?.cursor));

  for (let x = 0; x < 500; x += 1) {
    presence.update({ cursor: { x, y: 0 } });
    vi.advanceTimersByTime(2);
  }
  vi.advanceTimersByTime(100);

  expect(sent.length).toBeLessThanOrEqual(31);
  expect(sent.at(-1)).toEqual({ x: 499, y: 0 });
});

it("keeps the other parts of the own state", () => {
  const awareness = someone(1);
  const presence = new PresenceClient(awareness);

  presence.update({ step: "data" });
  presence.update({ selection: ["c1"] });
  vi.advanceTimersByTime(40);

  expect(awareness.getLocalState()).toMatchObject({ step: "data", selection: ["c1"] });
});

it("lists the others in order, with what is wrong left out", () => {
  const own = someone(1);
  const presence = new PresenceClient(own);
  const listener = vi.fn();
  presence.subscribe(listener);

  tell(own, someone(9), { user: USER, cursor: { x: 1, y: "2" }, selection: "all", step: "data" });
  tell(own, someone(4), { user: USER, cursor: { x: 1, y: 2 }, selection: ["c1"] });
  tell(own, someone(5), { cursor: { x: 1, y: 2 } });

  const rest = { user: USER, drag: null, caret: null };
  expect(presence.peers()).toEqual([
    { ...rest, client: 4, cursor: { x: 1, y: 2 }, selection: ["c1"], step: null },
    { ...rest, client: 9, cursor: null, selection: [], step: "data" },
  ]);
  expect(listener).toHaveBeenCalledTimes(3);
});

it("gives the same list until something changes", () => {
  const own = someone(1);
  const presence = new PresenceClient(own);
  tell(own, someone(4), { user: USER });

  const before = presence.peers();
  presence.update({ step: "data" });
  const after = presence.peers();

  expect(after).toBe(before);
});

it("is gone for the others after leaving", () => {
  const own = someone(1);
  const presence = new PresenceClient(own);
  presence.update({ step: "data" });

  presence.leave();
  vi.advanceTimersByTime(100);

  expect(own.getLocalState()).toBeNull();
});
