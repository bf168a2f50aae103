import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { ApiError } from "../../api";

import { Drafts, type Keep, type SaveState, saveWords } from "./drafts";

/** A server that can be away, and a browser that keeps. */
function desk() {
  const server = { stored: new Map<string, number>(), error: null as Error | null };
  const kept: { now: Readonly<Record<string, unknown>> } = { now: {} };
  const keep: Keep = { read: () => kept.now, write: (unsaved) => void (kept.now = unsaved) };
  const states: SaveState[] = [];
  const refused: string[] = [];
  const open = (): Drafts<number> =>
    new Drafts<number>({
      put: async (item, value) => {
        await Promise.resolve();
        if (server.error !== null) throw server.error;
        server.stored.set(item, value);
      },
      keep,
      changed: (state) => states.push(state),
      refused: (item) => refused.push(item),
    });
  return { server, kept, states, refused, open };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("sends the last of several changes, once it is quiet", async () => {
  const { server, states, open } = desk();
  const drafts = open();

  drafts.save("data", 2);
  drafts.save("data", 3);
  await vi.runAllTimersAsync();

  expect([...server.stored]).toEqual([["data", 3]]);
  expect(states.map(({ kind }) => kind)).toEqual(["saving", "saving", "saved"]);
});

it("keeps a change while the server is away, and another page sends it", async () => {
  const { server, kept, states, open } = desk();
  server.error = new ApiError(0, "away");
  const drafts = open();
  drafts.save("data", 3);
  await vi.advanceTimersByTimeAsync(600);
  drafts.stop();
  expect(states.at(-1)).toEqual({ kind: "offline", kept: 1 });
  expect(kept.now).toEqual({ data: 3 });

  server.error = null;
  const again = open();
  expect([...again.restore()]).toEqual([["data", 3]]);
  await vi.runAllTimersAsync();

  expect([...server.stored]).toEqual([["data", 3]]);
  expect(kept.now).toEqual({});
});

it("gives up what the server will never take", async () => {
  const { server, refused, kept, open } = desk();
  server.error = new ApiError(409, "The card is submitted.");
  const drafts = open();

  drafts.save("data", 3);

  expect(await drafts.flush()).toBe(true);
  expect(refused).toEqual(["data"]);
  expect(kept.now).toEqual({});
});

it("says how it stands", () => {
  expect(saveWords({ kind: "offline", kept: 2 })).toBe("Offline: 2 changes kept here");
});
