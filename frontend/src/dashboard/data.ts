/** What the server says a chart shows: `apps/web/dashboards` writes it beside the element. */

export type ChartData = Spread | Totals | Forest | Drift;

export interface Spread {
  kind: "spread";
  name: string;
  /** Candidates at level 1, 2, 3 and 4. */
  counts: number[];
}

export interface Totals {
  kind: "totals";
  /** From the lowest up. */
  bands: { name: string; least: number }[];
  points: { name: string; total: number }[];
}

export interface Forest {
  kind: "forest";
  threshold: number;
  /** series: people with each other, the machine with people. */
  rows: { name: string; series: { kappa: number | null; interval: [number, number] | null }[] }[];
}

export interface Drift {
  kind: "drift";
  months: string[];
  /** color: 1..6, as the person's face has it. */
  raters: { name: string; color: number; values: (number | null)[] }[];
}

const KINDS = new Set(["spread", "totals", "forest", "drift"]);

/** null where the page has no data of that name. */
export function readData(root: Document, name: string): ChartData | null {
  const text = root.getElementById(`chart-${name}`)?.textContent;
  if (!text) return null;
  const data: unknown = JSON.parse(text);
  return isChartData(data) ? data : null;
}

function isChartData(data: unknown): data is ChartData {
  return (
    typeof data === "object" && data !== null && "kind" in data && KINDS.has(String(data.kind))
  );
}
