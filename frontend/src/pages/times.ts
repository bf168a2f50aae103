/** `<time datetime>`: said by the reader's own clock instead of the server's. */

export function localiseTimes(root: ParentNode): void {
  const now = new Date();
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[datetime]")) {
    time.textContent = dayInWords(new Date(time.dateTime), now);
  }
}

/** As within a sentence: today 10:00, yesterday, 19 Nov, 19 Nov 2025. */
export function dayInWords(moment: Date, now: Date): string {
  if (isSameDay(moment, now)) return `today ${moment.toTimeString().slice(0, 5)}`;
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (isSameDay(moment, yesterday)) return "yesterday";
  const date = `${moment.getDate()} ${moment.toLocaleString("en", { month: "short" })}`;
  return moment.getFullYear() === now.getFullYear() ? date : `${date} ${moment.getFullYear()}`;
}

const isSameDay = (one: Date, other: Date): boolean => one.toDateString() === other.toDateString();
