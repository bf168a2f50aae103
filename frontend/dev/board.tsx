/**
 * The board without a server: two people's boards on one page, joined in memory.
 *
 *     npx vite --config dev/vite.config.ts --port 8107
 *     /board.html?n=1000   a board of that size instead of the worked design; n=0 is empty
 *     /board.html?two      both people side by side
 *     /board.html?readonly
 */

import { createRoot } from "react-dom/client";
import * as Y from "yjs";

import { Board, createUndo, openBoard, type BoardDocument } from "../src/board";
import type { Peer, PeerUser, Presence, PresenceState } from "../src/sync/presence";
import "../src/styles/tokens.css";
import "../src/styles/ui.css";

import { CATALOGUE } from "./catalogue";
import { fillWithGrid, fillWithSample } from "./sample";

const query = new URLSearchParams(location.search);
const NOBODY: PresenceState = { cursor: null, selection: [], drag: null, step: null };

function person(color: number, name: string): PeerUser {
  return { name, color, role: "candidate", participant: null };
}

/** Presence of two people in one page: what one tells, the other sees. */
function joinedPresence(): [Presence, Presence] {
  const users = [person(2, "Tomás"), person(3, "Anneke")];
  const states = [NOBODY, NOBODY];
  const listeners = new Set<() => void>();
  const peerOf = (other: number): Peer[] => {
    const [state, user] = [states[other], users[other]];
    return state && user ? [{ ...state, client: other, user }] : [];
  };
  const presenceOf = (me: number, other: number): Presence => ({
    peers: () => peerOf(other),
    update(part) {
      states[me] = { ...(states[me] ?? NOBODY), ...part };
      listeners.forEach((listener) => listener());
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
  return [presenceOf(0, 1), presenceOf(1, 0)];
}

function join(a: Y.Doc, b: Y.Doc): void {
  const carry = (from: Y.Doc, to: Y.Doc): void => {
    from.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "wire") Y.applyUpdate(to, update, "wire");
    });
  };
  carry(a, b);
  carry(b, a);
}

function fill(board: BoardDocument): void {
  const count = query.get("n");
  if (count === null) fillWithSample(board);
  else if (Number(count)) fillWithGrid(board, Number(count));
}

const boards = [openBoard(new Y.Doc()), openBoard(new Y.Doc())] as const;
const presences = joinedPresence();
join(boards[0].doc, boards[1].doc);
fill(boards[0]);

const shown = query.has("two") ? [0, 1] : [0];
const undos = boards.map((board) => createUndo(board));
Object.assign(window, { boards, presences, undos });

const app = document.getElementById("app");
if (app)
  createRoot(app).render(
    <>
      {shown.map((index) => {
        const [board, presence, undo] = [boards[index], presences[index], undos[index]];
        if (!board || !presence || !undo) return null;
        return (
          <div
            key={index}
            style={{
              position: "fixed",
              inset: 0,
              left: `${(index * 100) / shown.length}%`,
              width: `${100 / shown.length}%`,
            }}
          >
            <Board
              board={board}
              undo={undo}
              presence={presence}
              catalogue={CATALOGUE}
              readOnly={query.has("readonly")}
              sprite="/site/icons.svg"
              announce={(text) => document.body.setAttribute("data-said", text)}
              onTidy={() => undefined}
            />
          </div>
        );
      })}
    </>,
  );
