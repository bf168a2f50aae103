/** A copy as a file to keep: the board as a design that can be imported, private notes as text. */

import { designFile, notesOf } from "../../document/file";
import type { Bootstrap } from "../bootstrap";
import { downloadText } from "../download";
import { allSteps } from "../flows";

import type { WaitingCopy } from "./waiting";

export function downloadCopy(
  { room, content, copy }: Pick<WaitingCopy, "room" | "content" | "copy">,
  boot: Bootstrap,
): void {
  const { title } = boot.design;
  const name = `${fileName(title)}-kept-${new Date(copy.at).toISOString().slice(0, 10)}`;
  if (room.name === "private") {
    downloadText(privateText(content, boot), `${name}-private.md`, "text/markdown");
  } else {
    const file = designFile(content, `${title} (kept copy)`, boot.flow, allSteps(boot));
    downloadText(JSON.stringify(file, null, 2), `${name}.json`, "application/json");
  }
}

function privateText(content: WaitingCopy["content"], boot: Bootstrap): string {
  const parts = [
    ["The whole session", notesOf(content, "general")],
    ...allSteps(boot).map(({ id, number, name }) => [`${number}. ${name}`, notesOf(content, id)]),
  ];
  const written = parts.filter(([, text]) => text?.trim() !== "");
  const sections = written.map(([heading, text]) => `## ${heading}\n\n${text}\n`);
  return `# ${boot.design.title}: private notes\n\n${sections.join("\n")}`;
}

const fileName = (title: string): string =>
  title
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase()
    .slice(0, 60) || "design";
