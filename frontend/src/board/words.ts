/** The items of a board in words, for announcements and for those who do not see it. */

import type { Session } from "./session";

export function nameOf(session: Session, id: string): string {
  const item = session.view.item(id);
  if (item?.kind === "components") return item.data.title;
  if (item?.kind === "groups") return item.data.name || "the group";
  if (item?.kind === "stickies") return "the sticky";
  if (item?.kind === "texts") return "the text";
  if (item?.kind === "strokes") return "the stroke";
  return session.view.connection(id) ? "the connection" : "the item";
}

export function describe(session: Session, id: string): string {
  const line = session.view.connection(id);
  if (line) {
    const label = line.label && `, ${line.label}`;
    return `${line.kind} connection from ${nameOf(session, line.source)} to ${nameOf(session, line.target)}${label}`;
  }
  const item = session.view.item(id);
  if (item?.kind === "components") {
    const lines = [...session.view.connections()];
    const touching = lines.filter(({ source, target }) => source === id || target === id).length;
    const subtitle = item.data.subtitle && `, ${item.data.subtitle}`;
    return `${item.data.title}${subtitle}, ${count(touching, "connection")}`;
  }
  if (item?.kind === "groups") return `Group ${item.data.name}`;
  if (item?.kind === "stickies") return `Sticky: ${item.data.text}`;
  if (item?.kind === "texts") return `Text: ${item.data.text}`;
  return "Pen stroke";
}

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
