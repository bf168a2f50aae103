/** The map of the whole board, and zooming. */

import { useEffect, useRef, type PointerEvent } from "react";

import { keyOf } from "../tools/keys";
import { IconButton } from "../ui/IconButton";

import { boardAt, startMap } from "./minimap";
import type { Session } from "./session";
import { useStore } from "./useStore";
import { zoomBy, zoomTo, zoomToFit } from "./zooming";

const STEP = 1.2;

export function ViewControls({ session }: { readonly session: Session }) {
  const percent = useStore(session.viewport, ({ zoom }) => Math.round(zoom * 100));
  return (
    <div className="float nav-b">
      <Map session={session} />
      <div className="zoom">
        <IconButton
          icon="minus"
          label="Zoom out"
          shortcut={keyOf("view.out")}
          size={28}
          onClick={() => zoomBy(session, 1 / STEP)}
        />
        <button
          type="button"
          className="zoom-now num"
          title={`Zoom to 100 %  ${keyOf("view.actual")}`}
          onClick={() => zoomTo(session, 1)}
        >
          {percent} %
        </button>
        <IconButton
          icon="plus"
          label="Zoom in"
          shortcut={keyOf("view.in")}
          size={28}
          onClick={() => zoomBy(session, STEP)}
        />
        <IconButton
          icon="fit"
          label="Zoom to fit"
          shortcut={keyOf("view.fit")}
          size={28}
          onClick={() => zoomToFit(session)}
        />
      </div>
    </div>
  );
}

/** For the pointer only: keys and the outline go everywhere too. */
function Map({ session }: { readonly session: Session }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    return element ? startMap(session, element) : undefined;
  }, [session]);

  const go = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.buttons !== 1) return;
    const at = boardAt(session, event.currentTarget, event.clientX, event.clientY);
    void session.flow?.setCenter(at.x, at.y, { zoom: session.viewport.get().zoom });
  };
  return (
    <div className="mini">
      <canvas ref={canvas} aria-hidden="true" onPointerDown={go} onPointerMove={go} />
    </div>
  );
}
