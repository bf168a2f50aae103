import { lazy } from "react";

export type { NotesHandle } from "./NotesEditor";
export { appendToNotes } from "./undo";

/** Half of a session's script is the editor: the board need not wait for it. */
export const NotesEditor = lazy(async () => ({
  default: (await import("./NotesEditor")).NotesEditor,
}));
