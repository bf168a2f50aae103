/** Draws every `<div data-chart="name">` of the page from the data of that name beside it. */

import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, MarkAreaComponent, MarkLineComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";

import { readData } from "./data";
import { optionOf } from "./options";
import { readTheme } from "./theme";

use([
  BarChart,
  CustomChart,
  LineChart,
  ScatterChart,
  GridComponent,
  LabelLayout,
  MarkAreaComponent,
  MarkLineComponent,
  SVGRenderer,
]);

/** Charts follow the width of their place and the theme of the page. Undone by what is returned. */
export function drawCharts(root: Document): () => void {
  const places = [...root.querySelectorAll<HTMLElement>("[data-chart]")];
  const undo = places.map(draw);
  return () => {
    for (const one of undo) one();
  };
}

function draw(place: HTMLElement): () => void {
  const data = readData(place.ownerDocument, place.dataset.chart ?? "");
  if (!data) return () => undefined;
  const chart = init(place, null, { renderer: "svg" });
  const paint = (): void => {
    chart.setOption(optionOf(data, readTheme(place)));
  };
  paint();
  const resized = new ResizeObserver(() => {
    chart.resize();
  });
  resized.observe(place);
  const themed = new MutationObserver(paint);
  themed.observe(place.ownerDocument.documentElement, { attributes: true });
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", paint);
  return () => {
    resized.disconnect();
    themed.disconnect();
    scheme.removeEventListener("change", paint);
    chart.dispose();
  };
}
