/** What is being drawn and is not on the board yet: ink, a box, a connection on its way. */

import { ViewportPortal } from "@xyflow/react";

import type { Point } from "../document/types";
import type { Connecting } from "../tools/connecting";

import type { Session } from "./session";
import { useStore } from "./useStore";

export function Drafts({ session }: { readonly session: Session }) {
  const draft = useStore(session.draft, (now) => now);
  const connecting = useStore(session.ui, (ui) => ui.connecting);
  return (
    <ViewportPortal>
      {draft?.type === "ink" && (
        <svg className="drafts">
          <path className="ink-path" d={draft.path} />
        </svg>
      )}
      {draft?.type === "box" && (
        <div
          className="ghost"
          style={{
            left: draft.box.x,
            top: draft.box.y,
            width: draft.box.width,
            height: draft.box.height,
          }}
        />
      )}
      {connecting.type === "drawing" && <Drawing session={session} state={connecting} />}
    </ViewportPortal>
  );
}

interface DrawingProps {
  readonly session: Session;
  readonly state: Connecting & { type: "drawing" };
}

function Drawing({ session, state }: DrawingProps) {
  const { from, to, target, reason } = state;
  const box = target === null ? null : session.view.boxOf(target);
  return (
    <>
      <svg className="drafts">
        <path className={`draft-line ${reason ? "is-bad" : ""}`} d={curve(from, to)} />
      </svg>
      {box && (
        <div
          className="ghost ghost--target"
          style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
        />
      )}
      {reason && (
        <span className="draft-reason" style={{ left: to.x, top: to.y }}>
          {reason}
        </span>
      )}
    </>
  );
}

function curve(from: Point, to: Point): string {
  return `M${from.x} ${from.y}L${to.x} ${to.y}`;
}
