/** Presence over the awareness of one document: the newest state wins, at most 30 go out a second. */

import type { Awareness } from "y-protocols/awareness";

import type { NotesCaret, Peer, PeerUser, Presence, PresenceState } from "./presence";

/** A timer counts whole milliseconds, so 34 is what keeps below 30 a second. */
const SEND_EVERY_MS = 34;
const NOTHING: PresenceState = { cursor: null, selection: [], drag: null, step: null, caret: null };

export class PresenceClient implements Presence {
  readonly #awareness: Awareness;
  readonly #listeners = new Set<() => void>();
  #own = NOTHING;
  #peers: readonly Peer[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sentAt = -Infinity;

  constructor(awareness: Awareness) {
    this.#awareness = awareness;
    this.#awareness.setLocalState({ ...NOTHING });
    this.#awareness.on("change", this.#changed);
  }

  peers(): readonly Peer[] {
    return this.#peers;
  }

  update(part: Partial<PresenceState>): void {
    this.#own = { ...this.#own, ...part };
    this.#timer ??= setTimeout(() => this.#send(), this.#sentAt + SEND_EVERY_MS - now());
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The page is going: the others forget this browser at once. */
  leave(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#awareness.setLocalState(null);
  }

  /** The page came back from the browser's memory. */
  comeBack(): void {
    this.#send();
  }

  #send(): void {
    this.#timer = undefined;
    this.#sentAt = now();
    this.#awareness.setLocalState({ ...this.#own });
  }

  readonly #changed = (): void => {
    const others = [...this.#awareness.getStates()]
      .filter(([client]) => client !== this.#awareness.clientID)
      .sort(([one], [other]) => one - other)
      .map(([client, state]) => readPeer(client, state));
    const peers = others.filter((peer) => peer !== null);
    if (peers.length === 0 && this.#peers.length === 0) return;
    this.#peers = peers;
    for (const listener of this.#listeners) listener();
  };
}

const now = (): number => performance.now();

/** What another browser wrote is not trusted to have the right shape; only `user` is the server's. */
function readPeer(client: number, state: Record<string, unknown>): Peer | null {
  const user = state.user as PeerUser | undefined;
  if (typeof user?.name !== "string") return null;
  return {
    client,
    user,
    cursor: isPoint(state.cursor) ? state.cursor : null,
    selection: isStringList(state.selection) ? state.selection : [],
    drag: isDrag(state.drag) ? state.drag : null,
    step: typeof state.step === "string" ? state.step : null,
    caret: isCaret(state.caret) ? state.caret : null,
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const isStringList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

const isPoint = (value: unknown): value is NonNullable<PresenceState["cursor"]> =>
  isRecord(value) && Number.isFinite(value.x) && Number.isFinite(value.y);

const isDrag = (value: unknown): value is NonNullable<PresenceState["drag"]> =>
  isRecord(value) &&
  isStringList(value.ids) &&
  Number.isFinite(value.dx) &&
  Number.isFinite(value.dy);

const isCaret = (value: unknown): value is NotesCaret =>
  isRecord(value) && typeof value.step === "string" && "anchor" in value && "head" in value;
