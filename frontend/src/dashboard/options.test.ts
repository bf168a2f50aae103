// @vitest-environment jsdom
import { describe, expect, it } from "vitest";

import { readData } from "./data";
import { optionOf } from "./options";
import type { ChartTheme } from "./theme";

const THEME: ChartTheme = {
  text: "black",
  muted: "grey",
  line: "silver",
  warn: "orange",
  accent: "teal",
  surface: "white",
  levels: ["l1", "l2", "l3", "l4"].map((fill) => ({ fill, edge: `${fill}-line` })),
  people: ["p1", "p2", "p3"],
  font: "Inter",
};

function seriesOf(option: ReturnType<typeof optionOf>): { type?: string; data?: unknown }[] {
  return Array.isArray(option.series) ? option.series : [];
}

describe("optionOf", () => {
  it("colours the bars of a spread by level", () => {
    const option = optionOf({ kind: "spread", name: "Data", counts: [0, 1, 5, 3] }, THEME);

    expect(seriesOf(option)[0]?.data).toEqual([
      { value: 0, itemStyle: { color: "l1", borderColor: "l1-line", borderRadius: 2 } },
      { value: 1, itemStyle: { color: "l2", borderColor: "l2-line", borderRadius: 2 } },
      { value: 5, itemStyle: { color: "l3", borderColor: "l3-line", borderRadius: 2 } },
      { value: 3, itemStyle: { color: "l4", borderColor: "l4-line", borderRadius: 2 } },
    ]);
  });

  it("leaves a step without kappa out of the forest and draws a point where there is no interval", () => {
    const rows = [
      {
        name: "All steps",
        series: [
          { kappa: 0.6, interval: [0.5, 0.7] as [number, number] },
          { kappa: null, interval: null },
        ],
      },
      { name: "Data", series: [{ kappa: 0.4, interval: null }] },
    ];

    const series = seriesOf(optionOf({ kind: "forest", threshold: 0.61, rows }, THEME));

    expect(series[0]?.data).toEqual([
      [0, 0.6, 0.5, 0.7],
      [1, 0.4, 0.4, 0.4],
    ]);
    expect(series[1]?.data).toEqual([]);
  });

  it("puts the totals in order, names above and below in turn", () => {
    const points = [
      { name: "Hanna Virtanen", total: 3.61 },
      { name: "Dmitri Antonov", total: 2.13 },
    ];

    const series = seriesOf(optionOf({ kind: "totals", bands: [], points }, THEME));

    expect(series[0]?.data).toEqual([
      { name: "Dmitri Antonov", value: [2.13, 1.2], label: { position: "bottom" } },
      { name: "Hanna Virtanen", value: [3.61, 1.2], label: { position: "top" } },
    ]);
  });

  it("draws a line a rater", () => {
    const raters = [{ name: "Kofi Mensah", color: 3, values: [0.1, null] }];

    const series = seriesOf(optionOf({ kind: "drift", months: ["a", "b"], raters }, THEME));

    expect(series).toMatchObject([{ data: [0.1, null], itemStyle: { color: "p3" } }]);
  });
});

describe("readData", () => {
  it("reads what the server wrote, and nothing else", () => {
    document.body.innerHTML = `
      <script type="application/json" id="chart-drift">{"kind":"drift","months":[],"raters":[]}</script>
      <script type="application/json" id="chart-odd">{"kind":"pie"}</script>`;

    expect(readData(document, "drift")).toEqual({ kind: "drift", months: [], raters: [] });
    expect(readData(document, "odd")).toBeNull();
    expect(readData(document, "missing")).toBeNull();
  });
});
