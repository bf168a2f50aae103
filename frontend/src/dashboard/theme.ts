/** The colours and letters of the page, for charts: they are not of the DOM, so they ask for tokens. */

export interface ChartTheme {
  text: string;
  muted: string;
  line: string;
  warn: string;
  accent: string;
  surface: string;
  /** By level 1 to 4: the fill and its edge. */
  levels: { fill: string; edge: string }[];
  people: string[];
  font: string;
}

const LEVELS = [1, 2, 3, 4];
const PEOPLE = [1, 2, 3, 4, 5, 6];

/** As the tokens resolve now, in the light or the dark theme. */
export function readTheme(element: Element): ChartTheme {
  const probe = document.createElement("span");
  element.append(probe);
  const token = (name: string): string => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const theme = {
    text: token("--text"),
    muted: token("--text-3"),
    line: token("--line"),
    warn: token("--warn"),
    accent: token("--accent"),
    surface: token("--surface"),
    levels: LEVELS.map((level) => ({
      fill: token(`--l${level.toString()}`),
      edge: token(`--l${level.toString()}-line`),
    })),
    people: PEOPLE.map((person) => token(`--p${person.toString()}`)),
    font: getComputedStyle(element).fontFamily,
  };
  probe.remove();
  return theme;
}
