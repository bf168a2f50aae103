export { NotesEditor, type NotesHandle } from "./NotesEditor";
export { appendToNotes } from "./undo";
