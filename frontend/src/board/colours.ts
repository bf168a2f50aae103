/** The tokens of the style sheet as colours that a canvas takes. */

import type { Hue } from "../document/catalogue";

export interface HueColours {
  readonly mark: string;
  readonly fill: string;
  readonly edge: string;
}

export interface Colours {
  readonly line: string;
  readonly request: string;
  readonly board: string;
  readonly label: string;
  readonly labelLine: string;
  readonly card: string;
  readonly accent: string;
  readonly hues: Readonly<Record<Hue, HueColours>>;
  readonly font: string;
}

/** Reads the colours as they are in the element now: the theme may change at any time. */
export function readColours(element: HTMLElement): Colours {
  const probe = document.createElement("span");
  element.append(probe);
  const read = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const hue = (name: Hue): HueColours => ({
    mark: read(`--${name}-mark`),
    fill: read(`--${name}-bg`),
    edge: read(`--${name}-line`),
  });
  const colours = {
    line: read("--edge"),
    request: read("--edge-req"),
    board: read("--board"),
    label: read("--edge-label"),
    labelLine: read("--chip-line"),
    card: read("--card"),
    accent: read("--accent"),
    hues: {
      blue: hue("blue"),
      slate: hue("slate"),
      green: hue("green"),
      amber: hue("amber"),
      violet: hue("violet"),
      rose: hue("rose"),
    },
    font: getComputedStyle(element).fontFamily,
  };
  probe.remove();
  return colours;
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
