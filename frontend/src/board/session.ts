/** Everything one open board is made of, for the parts of the board to share. No React in it. */

import type { ReactFlowInstance } from "@xyflow/react";

import type { Catalogue } from "../document/catalogue";
import type { BoardDocument } from "../document/open";
import type { Box, Point } from "../document/types";
import type { UndoController } from "../document/undo";
import type { Presence } from "../sync/presence";
import { IDLE, type Connecting } from "../tools/connecting";
import { createStore, type Store } from "../tools/store";

import { createBoardView, type BoardView } from "./BoardView";
import { nodesOf, patchNodes, type FlowNode } from "./flowNodes";
import type { Viewport } from "./framing";
import { followDrags } from "./peerDrags";

export type Tool = "select" | "hand" | "connect" | "group" | "pen" | "eraser" | "text" | "sticky";

/** What is open or under way in this browser. Nothing of it is shared or saved. */
export interface Ui {
  readonly tool: Tool;
  /** Whether a tool stays chosen after it has done its work once. */
  readonly keepTool: boolean;
  readonly hover: string | null;
  /** Selected connections; selected items are React Flow's. */
  readonly lines: readonly string[];
  readonly connecting: Connecting;
  readonly editing: Editing | null;
  readonly palette: PaletteRequest | null;
  /** The source of a connection whose target is being chosen from a list. */
  readonly picking: string | null;
  /** The connection whose kind and label are being asked for. */
  readonly asking: string | null;
  readonly menu: { readonly client: Point; readonly at: Point } | null;
  readonly isOutlineOpen: boolean;
}

export type Editing =
  | { readonly type: "item"; readonly id: string }
  | { readonly type: "new-text"; readonly at: Point };

export interface PaletteRequest {
  /** Board px of the new component's middle; null lets the board find a place. */
  readonly at: Point | null;
  /** The component that the new one is connected from. */
  readonly from: string | null;
}

export interface Session {
  readonly board: BoardDocument;
  readonly undo: UndoController;
  readonly presence: Presence;
  readonly catalogue: Catalogue;
  readonly view: BoardView;
  readonly ui: Store<Ui>;
  readonly nodes: Store<FlowNode[]>;
  readonly viewport: Store<Viewport>;
  readonly draft: Store<Draft | null>;
  /** Where the pointer was last on the board, board px; null when it is elsewhere. */
  readonly pointer: Store<Point | null>;
  /** Set while the board is mounted. */
  readonly flow: ReactFlowInstance<FlowNode> | null;
  readonly element: HTMLElement | null;
  readonly isReadOnly: boolean;
  announce(text: string): void;
  /** Follows the document and the others until it is told to stop. */
  mount(element: HTMLElement | null): () => void;
  setFlow(flow: ReactFlowInstance<FlowNode>): void;
  configure(isReadOnly: boolean, announce: (text: string) => void): void;
}

/** What is being drawn with a tool and is not on the board yet, board px. */
export type Draft =
  { readonly type: "ink"; readonly path: string } | { readonly type: "box"; readonly box: Box };

const CLOSED: Ui = {
  tool: "select",
  keepTool: false,
  hover: null,
  lines: [],
  connecting: IDLE,
  editing: null,
  palette: null,
  picking: null,
  asking: null,
  menu: null,
  isOutlineOpen: false,
};

export function createSession(
  board: BoardDocument,
  undo: UndoController,
  presence: Presence,
  catalogue: Catalogue,
): Session {
  const view = createBoardView(board, catalogue);
  const nodes = createStore(nodesOf(view));
  const ui = createStore(CLOSED);
  let say: (text: string) => void = () => undefined;
  const session = {
    board,
    undo,
    presence,
    catalogue,
    view,
    ui,
    nodes,
    viewport: createStore<Viewport>({ x: 0, y: 0, zoom: 1 }),
    draft: createStore<Draft | null>(null),
    pointer: createStore<Point | null>(null),
    flow: null as Session["flow"],
    element: null as Session["element"],
    isReadOnly: true,
    announce: (text: string) => say(text),
    setFlow: (flow: ReactFlowInstance<FlowNode>) => void (session.flow = flow),
    configure(isReadOnly: boolean, announce: (text: string) => void) {
      session.isReadOnly = isReadOnly;
      say = announce;
    },
    mount(element: HTMLElement | null) {
      session.element = element;
      const stops = [
        view.subscribe((flush) => {
          nodes.set(patchNodes(nodes.get(), view, flush));
          closeWhatIsGone(ui, view);
        }),
        view.start(),
        followDrags(view, presence),
      ];
      return () => stops.forEach((stop) => stop());
    },
  };
  return session;
}

/** Somebody may delete what is selected, hovered or asked about here. */
function closeWhatIsGone(ui: Store<Ui>, view: BoardView): void {
  const now = ui.get();
  const isThere = (id: string | null): boolean =>
    id !== null && (view.item(id) ?? view.connection(id)) !== undefined;
  const lines = now.lines.filter(isThere);
  const next = {
    ...now,
    lines: lines.length === now.lines.length ? now.lines : lines,
    hover: isThere(now.hover) ? now.hover : null,
    asking: isThere(now.asking) ? now.asking : null,
    picking: isThere(now.picking) ? now.picking : null,
  };
  const keys = ["lines", "hover", "asking", "picking"] as const;
  if (keys.some((key) => next[key] !== now[key])) ui.set(next);
}
