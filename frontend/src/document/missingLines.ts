/**
 * Which lines of one text does another lack, and where do they belong?
 *
 * Only ever adds. Whole lines are compared, not letters: the letters of a short sentence stand in any
 * long text, in their order, without its meaning being there.
 */

export interface Insertion {
  /** UTF-16 units from the start of the text that gets it. */
  readonly at: number;
  readonly text: string;
}

export interface MissingLines {
  /** As they stand in the copy. */
  readonly lines: readonly string[];
  /** In the order of the text. */
  readonly insertions: readonly Insertion[];
}

interface Line {
  readonly text: string;
  /** Its number in the text, blank lines counted. */
  readonly number: number;
  readonly start: number;
}

/** Lines that stand for each other: indexes into the lines of the text and of the copy. */
interface Pair {
  readonly here: number;
  readonly copy: number;
}

/** A shorter line may stand in another by chance. */
const TELLING = 10;
/** Less than this in common is no sign that one line grew out of the other. */
const STEM = 4;
/** Enough for 2,000 changed lines on both sides; beyond it the copy's go to the end of the change. */
const MOST_COMPARISONS = 4_000_000;

/** Putting the insertions in and asking again gives nothing. */
export function missingLines(text: string, copy: string): MissingLines {
  const here = linesOf(text);
  const wanted = linesOf(copy);
  const pairs = align(here, wanted);
  const copyLines = copy.split("\n");
  const insertions: Insertion[] = [];
  const lines: string[] = [];

  let last: Line | null = null;
  let from = { here: 0, copy: 0 };
  for (const pair of [...pairs, { here: here.length, copy: wanted.length }]) {
    const missing = wanted.slice(from.copy, pair.copy);
    last = here[pair.here - 1] ?? last;
    const end = missing.at(-1);
    if (end) {
      const first = (wanted[from.copy - 1]?.number ?? -1) + 1;
      insertions.push(blockAfter(last, copyLines.slice(first, end.number + 1), text));
      lines.push(...missing.map((line) => line.text));
    }
    const [line, target] = [here[pair.here], wanted[pair.copy]];
    if (line && target && !holds(line.text, target.text)) {
      const grown = growth(line.text, target.text);
      if (grown) insertions.push({ ...grown, at: line.start + grown.at });
      lines.push(target.text);
    }
    last = line ?? last;
    from = { here: pair.here + 1, copy: pair.copy + 1 };
  }
  return { lines, insertions };
}

export function inserted(text: string, insertions: readonly Insertion[]): string {
  return insertions.reduceRight(
    (result, { at, text: added }) => result.slice(0, at) + added + result.slice(at),
    text,
  );
}

/** The lines that say something. */
function linesOf(text: string): Line[] {
  let start = 0;
  const lines = text.split("\n").map((line, number) => {
    const found = { text: line, number, start };
    start += line.length + 1;
    return found;
  });
  return lines.filter((line) => line.text.trim() !== "");
}

/** With the blank lines that set it apart in the copy. */
function blockAfter(last: Line | null, block: readonly string[], text: string): Insertion {
  if (last) return { at: last.start + last.text.length, text: `\n${block.join("\n")}` };
  const written = block.join("\n").replace(/^\s*\n/, "");
  return { at: 0, text: text === "" ? written : `${written}\n` };
}

/** Nothing of the wanted line is missing in this one. */
function holds(line: string, wanted: string): boolean {
  const [inside, whole] = [wanted.trim(), line.trim()];
  return inside === whole || (inside.length >= TELLING && whole.includes(inside));
}

/** What has to come into a line to make it the wanted one, if that is all that it takes. */
function growth(line: string, wanted: string): Insertion | null {
  if (line.trim().length < STEM) return null;
  let at = 0;
  while (at < line.length && line[at] === wanted[at]) at += 1;
  const tail = line.slice(at);
  if (!wanted.endsWith(tail) || wanted.length - tail.length < at) return null;
  // Between the halves of a pair nothing can be put.
  if (isLowSurrogate(line.charCodeAt(at))) return null;
  return { at, text: wanted.slice(at, wanted.length - tail.length) };
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/**
 * The pairs of lines, in order, that leave the least of the copy without its equal.
 *
 * A line that holds the wanted one counts two, one that can grow into it counts one. So where every
 * wanted line is there already, nothing beats finding all of them.
 */
function align(here: readonly Line[], wanted: readonly Line[]): Pair[] {
  const same = (h: number, c: number): boolean =>
    holds(here[h]?.text ?? "", wanted[c]?.text ?? "\n");
  let head = 0;
  while (head < wanted.length && head < here.length && same(head, head)) head += 1;
  let [hereEnd, wantedEnd] = [here.length, wanted.length];
  while (hereEnd > head && wantedEnd > head && same(hereEnd - 1, wantedEnd - 1)) {
    hereEnd -= 1;
    wantedEnd -= 1;
  }
  const middle = alignMiddle(here.slice(head, hereEnd), wanted.slice(head, wantedEnd));
  return [
    ...Array.from({ length: head }, (_, index) => ({ here: index, copy: index })),
    ...middle.map((pair) => ({ here: pair.here + head, copy: pair.copy + head })),
    ...Array.from({ length: here.length - hereEnd }, (_, index) => ({
      here: hereEnd + index,
      copy: wantedEnd + index,
    })),
  ];
}

/** The longest common subsequence, by the usual table. */
function alignMiddle(here: readonly Line[], wanted: readonly Line[]): Pair[] {
  const [rows, columns] = [here.length + 1, wanted.length + 1];
  if (rows * columns > MOST_COMPARISONS) return [];
  const gain = (h: number, c: number): number => gainOf(here[h]?.text ?? "", wanted[c]?.text ?? "");
  const table = new Uint32Array(rows * columns);
  const best = (h: number, c: number): number => table[h * columns + c] ?? 0;
  for (let h = here.length - 1; h >= 0; h -= 1) {
    for (let c = wanted.length - 1; c >= 0; c -= 1) {
      const together = gain(h, c);
      const paired = together > 0 ? together + best(h + 1, c + 1) : 0;
      table[h * columns + c] = Math.max(paired, best(h + 1, c), best(h, c + 1));
    }
  }
  const pairs: Pair[] = [];
  let [h, c] = [0, 0];
  while (h < here.length && c < wanted.length) {
    const together = gain(h, c);
    if (together > 0 && best(h, c) === together + best(h + 1, c + 1)) {
      pairs.push({ here: h, copy: c });
      h += 1;
      c += 1;
    } else if (best(h, c) === best(h + 1, c)) h += 1;
    else c += 1;
  }
  return pairs;
}

function gainOf(line: string, wanted: string): number {
  if (holds(line, wanted)) return 2;
  return growth(line, wanted) ? 1 : 0;
}
