/**
 * Paints all passive connections on two canvases: the lines under the cards, the labels above. The
 * canvases lie in the moving plane of the board but always cover just the window: painting undoes
 * the plane's transform, so that lines are sharp at every zoom.
 */

import type { Box } from "../document/types";

import { onThemeChange, readColours, type Colours } from "./colours";
import { drawLabel, drawLine } from "./lines";
import type { Session } from "./session";

/** Below this zoom nobody can read a label. */
export const FAR_ZOOM = 0.4;

export function startPainter(
  session: Session,
  lines: HTMLCanvasElement,
  labels: HTMLCanvasElement,
): () => void {
  const element = session.element;
  const [lineContext, labelContext] = [lines.getContext("2d"), labels.getContext("2d")];
  if (!element || !lineContext || !labelContext) return () => undefined;
  const contexts = [lineContext, labelContext];
  let colours = readColours(element);
  let isAsked = false;

  /** Several reasons to paint within one task lead to one painting, still in the same frame. */
  const ask = (): void => {
    if (isAsked) return;
    isAsked = true;
    queueMicrotask(() => {
      isAsked = false;
      paint(session, lineContext, labelContext, colours);
    });
  };
  const resize = (): void => {
    for (const { canvas } of contexts) fitCanvas(canvas, element);
    ask();
  };
  const recolour = (): void => {
    colours = readColours(element);
    ask();
  };

  const size = new ResizeObserver(resize);
  size.observe(element);
  const stops = [
    session.viewport.subscribe(ask),
    session.view.subscribe(ask),
    session.ui.subscribe(ask),
    onThemeChange(recolour),
    () => size.disconnect(),
  ];
  resize();
  void document.fonts.ready.then(ask);
  return () => stops.forEach((stop) => stop());
}

function paint(
  session: Session,
  lines: CanvasRenderingContext2D,
  labels: CanvasRenderingContext2D,
  colours: Colours,
): void {
  const { x, y, zoom } = session.viewport.get();
  const scale = devicePixelRatio;
  for (const context of [lines, labels]) {
    const { canvas } = context;
    canvas.style.transform = `translate(${-x / zoom}px, ${-y / zoom}px) scale(${1 / zoom})`;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(scale * zoom, 0, 0, scale * zoom, scale * x, scale * y);
  }
  const { lines: selected, hover, editing } = session.ui.get();
  const edited = editing?.type === "item" ? editing.id : null;
  const live = new Set([...selected, hover]);
  for (const id of session.view.routes.near(seen(lines.canvas, x, y, zoom))) {
    const [item, route] = [session.view.connection(id), session.view.routes.get(id)];
    if (!item || !route) continue;
    if (!live.has(id)) drawLine(lines, item, route, colours);
    if (item.label && zoom >= FAR_ZOOM && id !== edited)
      drawLabel(labels, item.label, route.label, colours);
  }
}

function seen(canvas: HTMLCanvasElement, x: number, y: number, zoom: number): Box {
  const scale = devicePixelRatio * zoom;
  return { x: -x / zoom, y: -y / zoom, width: canvas.width / scale, height: canvas.height / scale };
}

function fitCanvas(canvas: HTMLCanvasElement, element: HTMLElement): void {
  const { clientWidth, clientHeight } = element;
  canvas.width = Math.round(clientWidth * devicePixelRatio);
  canvas.height = Math.round(clientHeight * devicePixelRatio);
  canvas.style.width = `${clientWidth}px`;
  canvas.style.height = `${clientHeight}px`;
}
