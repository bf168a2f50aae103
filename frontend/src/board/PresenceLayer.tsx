/** Where the others point and what they have selected. Moved past React, once a frame. */

import { ViewportPortal } from "@xyflow/react";
import { useEffect, useRef } from "react";

import { startPresence } from "./presenceElements";
import type { Session } from "./session";

/** Frames move with the board; cursors keep their size and so lie in the window. */
export function PresenceLayer({ session }: { readonly session: Session }) {
  const cursors = useRef<HTMLDivElement>(null);
  return (
    <>
      <div ref={cursors} className="cursors" aria-hidden="true" />
      <ViewportPortal>
        <Frames session={session} cursors={cursors} />
      </ViewportPortal>
    </>
  );
}

interface FramesProps {
  readonly session: Session;
  readonly cursors: React.RefObject<HTMLDivElement | null>;
}

function Frames({ session, cursors }: FramesProps) {
  const frames = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!frames.current || !cursors.current) return undefined;
    return startPresence(session, cursors.current, frames.current);
  }, [session, cursors]);
  return <div ref={frames} className="frames" aria-hidden="true" />;
}
