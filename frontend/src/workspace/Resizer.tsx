/** The panel's left edge, to drag or to move with arrow keys. The width stays in this browser. */

import { type KeyboardEvent, type PointerEvent, useEffect, useState } from "react";

const KEY = "ninestep.panel";
const LEAST_PX = 320;
const MOST_PX = 560;
const NORMAL_PX = 384;
const STEP_PX = 16;

export function Resizer() {
  const [width, setWidth] = useState(storedWidth);

  useEffect(() => {
    document.documentElement.style.setProperty("--panel", `${width}px`);
    localStorage.setItem(KEY, String(width));
  }, [width]);

  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    setWidth(clamp(window.innerWidth - event.clientX));
  };
  const press = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: STEP_PX, ArrowRight: -STEP_PX }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setWidth(clamp(width + by));
  };

  // A separator that can be moved is a widget, and takes focus like one (WAI-ARIA, window splitter).
  /* eslint-disable jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex */
  return (
    <div
      className="resizer"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the panel"
      aria-valuenow={width}
      aria-valuemin={LEAST_PX}
      aria-valuemax={MOST_PX}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
      onDoubleClick={() => setWidth(NORMAL_PX)}
    />
  );
  /* eslint-enable jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex */
}

const clamp = (width: number): number => Math.min(MOST_PX, Math.max(LEAST_PX, Math.round(width)));

function storedWidth(): number {
  const stored = Number(localStorage.getItem(KEY));
  return stored > 0 ? clamp(stored) : NORMAL_PX;
}
