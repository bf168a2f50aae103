/** Which boxes lie near here? Boxes in a grid of cells, so that an answer looks at few of them. */

import type { Box } from "../../document/types";

/** Board px; a few cards fit in. */
const CELL = 256;

export interface Grid {
  set(id: string, box: Box): void;
  delete(id: string): void;
  /** The ids of the boxes that touch this one. */
  near(box: Box): string[];
}

export function createGrid(): Grid {
  const cells = new Map<string, Set<string>>();
  const boxes = new Map<string, Box>();

  const remove = (id: string): void => {
    const box = boxes.get(id);
    if (box) for (const cell of cellsOf(box)) cells.get(cell)?.delete(id);
    boxes.delete(id);
  };
  const candidates = (box: Box): string[] => {
    const asked = cellsOf(box);
    if (asked[0] === HUGE) return [...boxes.keys()];
    return [...new Set([HUGE, ...asked].flatMap((cell) => [...(cells.get(cell) ?? [])]))];
  };

  return {
    set(id, box) {
      remove(id);
      boxes.set(id, box);
      for (const cell of cellsOf(box)) {
        const here = cells.get(cell) ?? new Set();
        cells.set(cell, here.add(id));
      }
    },
    delete: remove,
    near(box) {
      const isTouched = (id: string): boolean => {
        const found = boxes.get(id);
        return found !== undefined && touches(found, box);
      };
      return candidates(box).filter(isTouched);
    },
  };
}

export function touches(a: Box, b: Box): boolean {
  return (
    a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
  );
}

/** A box that reaches over more cells than this is entered in one cell of all such. */
const MAX_CELLS = 400;
const HUGE = "huge";

function cellsOf(box: Box): string[] {
  const [left, right] = [Math.floor(box.x / CELL), Math.floor((box.x + box.width) / CELL)];
  const [top, bottom] = [Math.floor(box.y / CELL), Math.floor((box.y + box.height) / CELL)];
  if ((right - left + 1) * (bottom - top + 1) > MAX_CELLS) return [HUGE];
  const cells: string[] = [];
  for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) cells.push(`${x},${y}`);
  return cells;
}
