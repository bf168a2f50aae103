/** The interview's clock in words, and the lines that begin with it. */

/** "12:40"; hours are counted as minutes, as on the clock above the board. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
