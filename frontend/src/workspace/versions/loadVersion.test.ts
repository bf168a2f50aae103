import { expect, it } from "vitest";

import { readAll } from "../../document/read";
import { card, emptyBoard } from "../../document/testing";
import type { Page, ReadPage, Row } from "../history";

import { loadVersion } from "./loadVersion";

/** A history of one card a change, from which `leftOut` are missing. */
function historyOf(names: readonly string[], leftOut: readonly number[] = []): ReadPage {
  const rows: Row[] = [];
  const board = emptyBoard();
  board.doc.on("update", (update: Uint8Array) => {
    rows.push({ seq: rows.length + 1, at: 0, who: null, update });
  });
  names.forEach((name) => card(board, name));
  const kept = rows.filter(({ seq }) => !leftOut.includes(seq));
  return (after, limit) => {
    const page = kept.filter(({ seq }) => seq > after).slice(0, Math.min(limit, 2));
    const whole: Page = { epoch: "e", last: rows.length, people: [], rows: page, markers: [] };
    return Promise.resolve(whole);
  };
}

const namesIn = (board: Awaited<ReturnType<typeof loadVersion>>): string[] =>
  readAll(board, "components")
    .map(({ name }) => name)
    .sort();

it("holds every change up to there, and none after it", async () => {
  const read = historyOf(["A", "B", "C", "D", "E"]);

  expect(namesIn(await loadVersion(read, 3))).toEqual(["A", "B", "C"]);
  expect(namesIn(await loadVersion(read, 5))).toEqual(["A", "B", "C", "D", "E"]);
});

it("goes no further where numbers are left out", async () => {
  const read = historyOf(["A", "B", "C"], [2]);

  expect(namesIn(await loadVersion(read, 2))).toEqual(["A"]);
});

it("says so when the history ends before", async () => {
  await expect(loadVersion(historyOf(["A"]), 4)).rejects.toThrow("does not reach");
});
