/** A person as initials on their colour. The whole name is always one hover or one read away. */

export interface FaceProps {
  readonly name: string;
  readonly color: number;
  readonly size?: 18 | 24 | 28;
  /** Where a list already names the person, the face is decoration. */
  readonly decorative?: boolean;
}

export function Face({ name, color, size = 24, decorative = false }: FaceProps) {
  const className = `face p${color} ${size === 24 ? "" : `face--${size}`}`;
  if (decorative) {
    return (
      <span className={className} aria-hidden="true">
        {initials(name)}
      </span>
    );
  }
  return (
    <span className={className} role="img" aria-label={name} title={name}>
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
