/** Frame and handles of the one selected item; several selected items have outlines of their own. */

import { NodeResizeControl, ViewportPortal, type OnResizeEnd } from "@xyflow/react";

import { resize } from "../document/changes";
import { COMPONENT_SIZE } from "../document/read";
import type { Box } from "../document/types";

import type { FlowNode } from "./flowNodes";
import type { Session } from "./session";
import { useStore } from "./useStore";

/** Board px between the item and its frame. */
const OFFSET = 5;
const CORNERS = ["top-left", "top-right", "bottom-left", "bottom-right"] as const;
const LEAST = {
  components: { minWidth: 120, minHeight: COMPONENT_SIZE.height },
  groups: { minWidth: 120, minHeight: 80 },
  stickies: { minWidth: 80, minHeight: 60 },
} as const;

interface SelectionFrameProps {
  readonly session: Session;
  readonly readOnly: boolean;
}

export function SelectionFrame({ session, readOnly }: SelectionFrameProps) {
  const node = useStore(session.nodes, onlySelected);
  if (!node) return null;
  const width = node.width ?? node.measured?.width ?? 0;
  const height = node.height ?? node.measured?.height ?? 0;
  const { type } = node;
  const least = type === "strokes" || type === "texts" ? null : LEAST[type];

  const end: OnResizeEnd = (_event, box) => {
    resize(session.board, node.id, whole(box));
    session.view.setResize(node.id, null);
    session.view.flush();
  };
  return (
    <ViewportPortal>
      <div
        className="sel"
        style={{
          left: node.position.x - OFFSET,
          top: node.position.y - OFFSET,
          width: width + 2 * OFFSET,
          height: height + 2 * OFFSET,
        }}
      >
        {least &&
          !readOnly &&
          CORNERS.map((corner) => (
            <NodeResizeControl
              key={`${node.id} ${corner}`}
              nodeId={node.id}
              position={corner}
              autoScale={false}
              className="sel-handle"
              {...least}
              onResize={(_event, box) => session.view.setResize(node.id, whole(box))}
              onResizeEnd={end}
            />
          ))}
      </div>
    </ViewportPortal>
  );
}

function whole({ x, y, width, height }: Box): Box {
  return {
    x: Math.round(x),
    y: Math.round(y),
    width: Math.round(width),
    height: Math.round(height),
  };
}

function onlySelected(nodes: readonly FlowNode[]): FlowNode | null {
  let found: FlowNode | null = null;
  for (const node of nodes) {
    if (!node.selected) continue;
    if (found) return null;
    found = node;
  }
  return found;
}
