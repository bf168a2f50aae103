/** A person as initials on their colour. The whole name is always one hover or one read away. */

export interface FaceProps {
  readonly name: string;
  readonly color: number;
  readonly size?: 18 | 24 | 28;
  /** What hovering and screen readers say; the name where nothing else is given. */
  readonly title?: string;
}

export function Face({ name, color, size = 24, title = name }: FaceProps) {
  const sizeClass = size === 24 ? "" : `face--${size}`;
  return (
    <span className={`face p${color} ${sizeClass}`} role="img" aria-label={title} title={title}>
      {initials(name)}
    </span>
  );
}

/** First letters of the first and the last word; whole characters, whatever the script. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = firstCharacter(words[0]);
  const last = words.length > 1 ? firstCharacter(words.at(-1)) : "";
  return (first + last).toLocaleUpperCase() || "?";
}

const letters = new Intl.Segmenter();

function firstCharacter(word = ""): string {
  const [first] = letters.segment(word);
  return first?.segment ?? "";
}
