/** What each kind of chart looks like, as options of ECharts. No element, no browser. */

import type {
  BarSeriesOption,
  CustomSeriesOption,
  LineSeriesOption,
  ScatterSeriesOption,
} from "echarts/charts";
import type {
  GridComponentOption,
  MarkAreaComponentOption,
  MarkLineComponentOption,
} from "echarts/components";
import type { ComposeOption } from "echarts/core";

import type { ChartData, Drift, Forest, Spread, Totals } from "./data";
import type { ChartTheme } from "./theme";

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | CustomSeriesOption
  | LineSeriesOption
  | ScatterSeriesOption
  | GridComponentOption
  | MarkAreaComponentOption
  | MarkLineComponentOption
>;

const HIGHEST = 4;
const SERIES = ["Person and person", "Machine and people"];

export function optionOf(data: ChartData, theme: ChartTheme): ChartOption {
  const base: ChartOption = {
    animation: false,
    textStyle: { fontFamily: theme.font, color: theme.text },
  };
  switch (data.kind) {
    case "spread":
      return { ...base, ...spread(data, theme) };
    case "totals":
      return { ...base, ...totals(data, theme) };
    case "forest":
      return { ...base, ...forest(data, theme) };
    case "drift":
      return { ...base, ...drift(data, theme) };
  }
}

/** Four small bars. */
function spread(data: Spread, theme: ChartTheme): ChartOption {
  const bars: BarSeriesOption = {
    type: "bar",
    barCategoryGap: "15%",
    data: data.counts.map((count, index) => ({
      value: count,
      itemStyle: {
        color: theme.levels[index]?.fill ?? theme.line,
        borderColor: theme.levels[index]?.edge ?? theme.line,
        borderRadius: 2,
      },
    })),
    label: {
      show: true,
      position: "top",
      distance: 1,
      fontSize: 9,
      color: theme.text,
      formatter: ({ value }) => (typeof value === "number" && value > 0 ? value.toString() : ""),
    },
  };
  return {
    grid: { left: 0, right: 0, top: 12, bottom: 12 },
    xAxis: {
      type: "category",
      data: ["1", "2", "3", "4"],
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme.line } },
      axisLabel: { color: theme.muted, fontSize: 9, margin: 3, interval: 2 },
    },
    yAxis: { type: "value", show: false },
    series: [bars],
  };
}

/** Every total as a dot on the scale of 1 to 4, over its bands. */
function totals(data: Totals, theme: ChartTheme): ChartOption {
  const areas = data.bands.map((band, index) => {
    const end = data.bands[index + 1]?.least ?? HIGHEST;
    const style = { color: theme.levels[index]?.fill ?? theme.line, opacity: 0.38 };
    return [{ name: band.name, xAxis: band.least, itemStyle: style }, { xAxis: end }] as [
      { name: string; xAxis: number; itemStyle: typeof style },
      { xAxis: number },
    ];
  });
  const edges = [...data.bands.map((band) => band.least), HIGHEST];
  const dots: ScatterSeriesOption = {
    type: "scatter",
    symbolSize: 11,
    itemStyle: { color: theme.accent, borderColor: theme.surface, borderWidth: 2 },
    // Names stand above and below in turn, so that neighbours do not cover each other.
    data: [...data.points]
      .sort((one, other) => one.total - other.total)
      .map((point, index) => ({
        name: point.name,
        value: [point.total, 1.2],
        label: { position: index % 2 ? ("top" as const) : ("bottom" as const) },
      })),
    label: { show: true, fontSize: 11, color: theme.text, formatter: ({ name }) => lastWord(name) },
    labelLayout: { hideOverlap: true },
    markArea: {
      silent: true,
      label: { position: "insideTopLeft", color: theme.muted, fontWeight: 600, fontSize: 11 },
      data: areas,
    },
  };
  return {
    grid: { left: 12, right: 12, top: 4, bottom: 22 },
    xAxis: {
      type: "value",
      min: 1,
      max: HIGHEST,
      splitLine: { show: false },
      axisLine: { show: false },
      axisTick: { show: false, customValues: edges },
      axisLabel: { color: theme.muted, fontSize: 11, customValues: edges },
    },
    yAxis: { type: "value", min: 0, max: 3, show: false },
    series: [dots],
  };
}

/** For each step an interval and its middle, of people above that of the machine. */
function forest(data: Forest, theme: ChartTheme): ChartOption {
  const colors = [theme.muted, theme.accent];
  return {
    grid: { left: 4, right: 12, top: 8, bottom: 24, outerBoundsMode: "same" },
    xAxis: {
      type: "value",
      min: Math.floor(5 * Math.min(0, ...lowest(data))) / 5,
      max: 1,
      interval: 0.2,
      axisLabel: { color: theme.muted, fontSize: 11 },
      splitLine: { lineStyle: { color: theme.line } },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: data.rows.map((row) => row.name),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: theme.text, fontSize: 13, lineHeight: 16, width: 170, overflow: "break" },
    },
    series: [
      ...SERIES.map((name, place): CustomSeriesOption => ({
        type: "custom",
        name,
        encode: { x: [1, 2, 3], y: 0 },
        data: data.rows.flatMap((row, index) => {
          const one = row.series[place];
          if (one?.kappa == null) return [];
          const [low, high] = one.interval ?? [one.kappa, one.kappa];
          return [[index, one.kappa, low, high]];
        }),
        renderItem: (_, api) => {
          const row = api.value(0);
          const shift = place ? 6 : -6;
          const [x = 0, y = 0] = api.coord([api.value(1), row]);
          const [low = 0] = api.coord([api.value(2), row]);
          const [high = 0] = api.coord([api.value(3), row]);
          const color = colors[place] ?? theme.text;
          const line = {
            type: "line" as const,
            shape: { x1: low, y1: y + shift, x2: high, y2: y + shift },
            style: { stroke: color, lineWidth: 2 },
          };
          const middle = place
            ? {
                type: "rect" as const,
                shape: { x: x - 4, y: y + shift - 4, width: 8, height: 8 },
                style: { fill: color },
              }
            : {
                type: "circle" as const,
                shape: { cx: x, cy: y + shift, r: 4.5 },
                style: { fill: color },
              };
          return { type: "group" as const, children: [line, middle] };
        },
      })),
      {
        type: "line",
        data: [],
        markLine: {
          silent: true,
          symbol: "none",
          label: { show: false },
          lineStyle: { color: theme.warn, type: "dashed", width: 1.4 },
          data: [{ xAxis: data.threshold }],
        },
      },
    ],
  };
}

/** A line a rater, named at its end. */
function drift(data: Drift, theme: ChartTheme): ChartOption {
  const strokes = ["solid", "dashed", "dotted"] as const;
  return {
    grid: { left: 36, right: 110, top: 10, bottom: 24 },
    xAxis: {
      type: "category",
      data: data.months,
      axisTick: { show: false },
      axisLine: { onZero: false, lineStyle: { color: theme.line } },
      axisLabel: { color: theme.muted, fontSize: 11 },
    },
    yAxis: {
      type: "value",
      axisLabel: { color: theme.muted, fontSize: 11 },
      splitLine: { lineStyle: { color: theme.line } },
    },
    series: data.raters.map((rater, index): LineSeriesOption => ({
      type: "line",
      data: rater.values,
      connectNulls: true,
      symbolSize: 6,
      itemStyle: { color: theme.people[rater.color - 1] ?? theme.text },
      lineStyle: { width: 2, type: strokes[index % strokes.length] ?? "solid" },
      endLabel: {
        show: true,
        color: theme.people[rater.color - 1] ?? theme.text,
        fontWeight: 600,
        formatter: () => `${firstWord(rater.name)} ${signed(lastValue(rater.values))}`,
      },
      labelLayout: { moveOverlap: "shiftY" },
    })),
  };
}

function lowest(data: Forest): number[] {
  return data.rows.flatMap((row) =>
    row.series.flatMap((one) => one.interval?.[0] ?? one.kappa ?? []),
  );
}

function lastValue(values: (number | null)[]): number {
  return values.findLast((value) => value !== null) ?? 0;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}

function firstWord(name: string): string {
  return name.split(" ")[0] ?? name;
}

function lastWord(name: string): string {
  return name.split(" ").at(-1) ?? name;
}
