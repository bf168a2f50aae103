/** What the workspace uses of the board. */

import "../styles/board.css";

export { Board, type BoardHandle, type BoardProps } from "./Board";
export { applyLayout as applyTidy, type Layout } from "../document/layout";
export { openBoard, type BoardDocument } from "../document/open";
export { createUndo, type UndoController } from "../document/undo";
export { BINDINGS, type Binding } from "../tools/keys";
