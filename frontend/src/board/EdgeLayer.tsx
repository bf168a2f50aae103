/** The connections: passive ones on canvases, the hovered and the selected ones as live SVG. */

import { ViewportPortal } from "@xyflow/react";
import { useEffect, useRef } from "react";

import type { ConnectionItem } from "../document/types";
import type { Route } from "../tools/route/routes";

import { HEADS, LOOKS, headAngle, linePath } from "./lines";
import { startPainter } from "./painter";
import type { Session } from "./session";
import { useFlush, useStore } from "./useStore";

export function EdgeLayer({ session }: { readonly session: Session }) {
  return (
    <ViewportPortal>
      <Canvases session={session} />
      <LiveLines session={session} />
    </ViewportPortal>
  );
}

/** Mounted once the plane that it lies in is there. */
function Canvases({ session }: { readonly session: Session }) {
  const lines = useRef<HTMLCanvasElement>(null);
  const labels = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!lines.current || !labels.current) return undefined;
    return startPainter(session, lines.current, labels.current);
  }, [session]);
  return (
    <>
      <canvas ref={lines} className="lines" aria-hidden="true" />
      <canvas ref={labels} className="line-labels" aria-hidden="true" />
    </>
  );
}

function LiveLines({ session }: { readonly session: Session }) {
  const hover = useStore(session.ui, (ui) => ui.hover);
  const selected = useStore(session.ui, (ui) => ui.lines);
  useFlush(session);
  const ids = new Set([...selected, ...(hover === null ? [] : [hover])]);
  return (
    <svg className="live-lines" aria-hidden="true">
      {[...ids].map((id) => {
        const [item, route] = [session.view.connection(id), session.view.routes.get(id)];
        if (!item || !route) return null;
        return <LiveLine key={id} item={item} route={route} isSelected={selected.includes(id)} />;
      })}
    </svg>
  );
}

interface LiveLineProps {
  readonly item: ConnectionItem;
  readonly route: Route;
  readonly isSelected: boolean;
}

function LiveLine({ item, route, isSelected }: LiveLineProps) {
  const { kind } = item;
  const tip = route.points.at(-1) ?? { x: 0, y: 0 };
  const degrees = (headAngle(route) * 180) / Math.PI;
  return (
    <g className={`live-line live-line--${kind} ${isSelected ? "is-sel" : ""}`}>
      <path className="glow" d={linePath(route, kind)} />
      <path
        d={linePath(route, kind)}
        strokeWidth={LOOKS[kind].width + 0.3}
        strokeDasharray={LOOKS[kind].dash.join(" ")}
        strokeLinecap={LOOKS[kind].cap}
      />
      <path
        className="head"
        d={HEADS[kind]}
        transform={`translate(${tip.x} ${tip.y}) rotate(${degrees})`}
      />
    </g>
  );
}
