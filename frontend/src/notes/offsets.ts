/** Offsets that the server gives count Unicode code points; the editor counts UTF-16 units. */

export const toCodePoints = (text: string, units: number): number =>
  Array.from(text.slice(0, units)).length;

export function toUtf16(text: string, codePoints: number): number {
  let units = 0;
  for (const character of text) {
    if (codePoints <= 0) break;
    units += character.length;
    codePoints -= 1;
  }
  return units;
}
