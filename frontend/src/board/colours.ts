/** The tokens of the style sheet as colours that a canvas takes. */

import type { Hue } from "../workspace/bootstrap";

const NAMES = {
  line: "--edge",
  request: "--edge-req",
  board: "--board",
  label: "--edge-label",
  labelLine: "--chip-line",
  card: "--card",
  accent: "--accent",
} as const;

const HUES: readonly Hue[] = ["blue", "slate", "green", "amber", "violet", "rose"];

export type Colours = Readonly<Record<keyof typeof NAMES, string>> & {
  readonly hues: Readonly<
    Record<Hue, { readonly mark: string; readonly fill: string; readonly edge: string }>
  >;
  readonly font: string;
};

/** Reads the colours as they are in the element now: the theme may change at any time. */
export function readColours(element: HTMLElement): Colours {
  const probe = document.createElement("span");
  element.append(probe);
  const read = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const plain = Object.entries(NAMES).map(([name, token]) => [name, read(token)]);
  const hues = HUES.map((hue) => [
    hue,
    { mark: read(`--${hue}-mark`), fill: read(`--${hue}-bg`), edge: read(`--${hue}-line`) },
  ]);
  const font = getComputedStyle(element).fontFamily;
  probe.remove();
  // The entries are exactly those of the two lists above.
  return { ...Object.fromEntries(plain), hues: Object.fromEntries(hues), font } as Colours;
}

/** Calls back when light turns to dark or back, by the system or by choice. */
export function onThemeChange(listener: () => void): () => void {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = new MutationObserver(listener);
  system.addEventListener("change", listener);
  chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => {
    system.removeEventListener("change", listener);
    chosen.disconnect();
  };
}
