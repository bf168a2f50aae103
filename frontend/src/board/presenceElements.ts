/** One element a cursor and one a selected item of the others, kept in step with presence and view. */

import type { Peer } from "../sync/presence";

import type { Session } from "./session";

const ARROW = "M4 3l15 7.5-6.5 2.2-2.8 6.8z";
const SVG = "http://www.w3.org/2000/svg";

/** Board px between an item and the frame of somebody who selected it. */
const OFFSET = 5;

export function startPresence(
  session: Session,
  cursors: HTMLElement,
  frames: HTMLElement,
): () => void {
  const pointers = keyed(cursors, makeCursor);
  const outlines = keyed(frames, makeFrame);
  let frame = 0;

  const draw = (): void => {
    frame = 0;
    const peers = session.presence.peers();
    const { x, y, zoom } = session.viewport.get();
    pointers.show(
      peers.flatMap((peer) => {
        const { cursor } = peer;
        if (!cursor) return [];
        const place = `translate(${cursor.x * zoom + x}px, ${cursor.y * zoom + y}px)`;
        return [{ key: String(peer.client), peer, place: { transform: place } }];
      }),
    );
    outlines.show(
      peers.flatMap((peer) =>
        peer.selection.flatMap((id) => {
          const box = session.view.boxOf(id);
          const item = session.view.item(id);
          if (!box || !item || item.kind === "texts") return [];
          const place = {
            transform: `translate(${box.x - OFFSET}px, ${box.y - OFFSET}px)`,
            width: `${box.width + 2 * OFFSET}px`,
            height: `${box.height + 2 * OFFSET}px`,
          };
          return [{ key: `${peer.client} ${id}`, peer, place }];
        }),
      ),
    );
  };
  const ask = (): void => {
    frame ||= requestAnimationFrame(draw);
  };
  const stops = [
    session.presence.subscribe(ask),
    session.view.subscribe(ask),
    session.viewport.subscribe(draw),
  ];
  ask();
  return () => {
    cancelAnimationFrame(frame);
    stops.forEach((stop) => stop());
    cursors.replaceChildren();
    frames.replaceChildren();
  };
}

interface Shown {
  readonly key: string;
  readonly peer: Peer;
  readonly place: Readonly<Record<string, string>>;
}

/** Keeps one element a key: new ones are made, those no longer shown removed, all others moved. */
function keyed(
  parent: HTMLElement,
  make: () => HTMLElement,
): { show(list: readonly Shown[]): void } {
  const elements = new Map<string, HTMLElement>();
  return {
    show(list) {
      const keys = new Set(list.map(({ key }) => key));
      for (const [key, element] of elements) {
        if (keys.has(key)) continue;
        element.remove();
        elements.delete(key);
      }
      for (const { key, peer, place } of list) {
        const element = elements.get(key) ?? parent.appendChild(make());
        elements.set(key, element);
        element.dataset.person = String(peer.user.color);
        Object.assign(element.style, place);
        const name = element.querySelector("span");
        if (name && name.textContent !== peer.user.name) name.textContent = peer.user.name;
      }
    },
  };
}

function makeCursor(): HTMLElement {
  const element = document.createElement("div");
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  element.className = "cur";
  svg.setAttribute("viewBox", "0 0 24 24");
  path.setAttribute("d", ARROW);
  svg.append(path);
  element.append(svg, document.createElement("span"));
  return element;
}

function makeFrame(): HTMLElement {
  const element = document.createElement("div");
  element.className = "rsel";
  element.append(document.createElement("span"));
  return element;
}
