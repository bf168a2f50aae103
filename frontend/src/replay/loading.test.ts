import { expect, it, vi } from "vitest";

import type { ReadPage } from "../workspace/history";

import { createLoader } from "./loading";
import { pageOf, randomSession } from "./testing";

const { rows } = randomSession(1, 5_000);

/** As the server hands out the first `last` rows. */
const reading =
  (last = () => rows.length): ReadPage =>
  (after, limit) =>
    Promise.resolve(pageOf(rows.slice(after, Math.min(after + limit, last())), last()));

it("hands over page after page, a short one first", async () => {
  const taken: [number, boolean][] = [];
  const loader = createLoader(reading(), async (page, isAll) => {
    taken.push([page.rows.length, isAll]);
    await Promise.resolve();
  });

  await loader.load();

  expect(taken).toEqual([
    [300, false],
    [2_000, false],
    [2_000, false],
    [701, true],
  ]);
  expect(loader.status.get()).toEqual({ state: "waiting", problem: "", newer: 0 });
});

it("goes on where it stopped after a failure", async () => {
  const read = reading();
  const seqs: number[] = [];
  let isDown = true;
  const loader = createLoader(
    (after, limit) =>
      isDown && after > 0 ? Promise.reject(new Error("No answer.")) : read(after, limit),
    async (page) => {
      seqs.push(...page.rows.map(({ seq }) => seq));
      await Promise.resolve();
    },
  );

  await loader.load();
  expect(loader.status.get()).toMatchObject({ state: "failed", problem: "No answer." });
  isDown = false;
  await loader.load();

  expect(seqs).toEqual(rows.map(({ seq }) => seq));
  expect(loader.status.get().state).toBe("waiting");
});

it("tells of newer changes and loads them when it is asked to", async () => {
  vi.useFakeTimers();
  vi.stubGlobal("document", { hidden: false });
  let last = 100;
  let count = 0;
  const loader = createLoader(
    reading(() => last),
    async (page) => {
      count += page.rows.length;
      await Promise.resolve();
    },
  );
  await loader.load();
  const stop = loader.watch();

  last = 112;
  await vi.advanceTimersByTimeAsync(20_000);
  expect([loader.status.get().newer, count]).toEqual([12, 100]);
  await loader.load();

  expect([loader.status.get().newer, count]).toEqual([0, 112]);
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("does not mix pages of two stores", async () => {
  const read = reading();
  const loader = createLoader(
    async (after, limit) => ({ ...(await read(after, limit)), epoch: after === 0 ? "old" : "new" }),
    () => Promise.resolve(),
  );

  await loader.load();

  expect(loader.status.get().state).toBe("restored");
});
