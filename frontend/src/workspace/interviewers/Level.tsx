/** A level as a chip: the figure is always printed, the colour only helps. */

export interface LevelProps {
  /** 1 to 4, or null where there is no evidence. */
  readonly level: number | null;
  readonly text: string;
}

export function Level({ level, text }: LevelProps) {
  return <span className={`lv ${level === null ? "lv-ne" : `lv-${level}`}`}>{text}</span>;
}

/** The machine's 0..100 on the scale of people, 1 to 4. */
export function levelOfScore(score: number | null): number | null {
  return score === null ? null : Math.min(4, Math.max(1, Math.round(1 + (3 * score) / 100)));
}

/** A score as a whole number; without one, the state. */
export const figure = (score: number | null): string =>
  score === null ? "NE" : String(Math.round(score));
