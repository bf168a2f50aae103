/** Everything that the parts of the replay share, opened once a page. */

import { createContext, useContext } from "react";

import type { BoardHandle } from "../board";
import { createUndo, type UndoController } from "../document/undo";
import { createStore, type Store } from "../tools/store";
import type { Bootstrap } from "../workspace/bootstrap";
import { allSteps } from "../workspace/flows";
import type { Page, Person, ReadPage } from "../workspace/history";

import { createChronicle, type Chronicle } from "./chronicle";
import { createEchoes, peersAt, type Echoes } from "./echoes";
import { createFilm, type Film } from "./film";
import { createLoader, type Loader } from "./loading";
import { markersOf, type Marker } from "./markers";
import { createPlayer, type Player } from "./player";
import { createStage, type Stage } from "./stage";

/** Changes are looked into for this long, then the browser gets its turn. */
const SLICE_MS = 8;
/** At high speed the view does not run after each change. */
const REVEAL_EVERY_MS = 500;

/** Whom the view follows. */
export type Following =
  | { readonly type: "everybody" }
  | { readonly type: "person"; readonly participant: string }
  | { readonly type: "nobody" };

/** What has come so far; a new object after each page. */
export interface Contents {
  readonly count: number;
  readonly people: ReadonlyMap<string, Person>;
  readonly markers: readonly Marker[];
}

export interface ReplaySession {
  readonly boot: Bootstrap;
  readonly film: Film;
  readonly player: Player;
  readonly stage: Stage;
  readonly undo: UndoController;
  readonly echoes: Echoes;
  readonly chronicle: Chronicle;
  readonly loader: Loader;
  readonly contents: Store<Contents>;
  readonly following: Store<Following>;
  readonly setBoard: (board: BoardHandle | null) => void;
}

/**
 * isPlayedAtOnce: playing begins with the first page. startAt: milliseconds of the session, at
 * which it stands still in place of that.
 */
export function openReplay(
  boot: Bootstrap,
  read: ReadPage,
  isPlayedAtOnce: boolean,
  startAt: number | null = null,
): ReplaySession {
  let awaited = startAt;
  const film = createFilm();
  const player = createPlayer();
  const stage = createStage();
  const echoes = createEchoes();
  const chronicle = createChronicle();
  const contents = createStore<Contents>({ count: 0, people: new Map(), markers: [] });
  const following = createStore<Following>({ type: "everybody" });
  const people = new Map<string, Person>();
  const marked: Page["markers"][number][] = [];
  let board: BoardHandle | null = null;
  let shown = 0;
  let revealedAt = 0;

  async function take(page: Page, isAll: boolean): Promise<void> {
    for (const person of page.people) people.set(person.participant, person);
    marked.push(...page.markers);
    let until = performance.now() + SLICE_MS;
    for (const row of page.rows) {
      film.append([row]);
      chronicle.append([row], film.deeds.slice(-1));
      if (performance.now() < until) continue;
      await new Promise((resolve) => setTimeout(resolve));
      until = performance.now() + SLICE_MS;
    }
    contents.set({
      count: film.rows.length,
      people: new Map(people),
      markers: markersOf(film.rows, chronicle.firstRows, allSteps(boot), marked),
    });
    player.setMoments(
      film.rows.map(({ at }) => at),
      isAll,
    );
    const isFirst = film.rows.length === page.rows.length;
    if (awaited !== null) goTo(awaited, isAll);
    else if (isFirst && isPlayedAtOnce && startAt === null && film.rows.length > 1) player.toggle();
  }

  /** As far as it has come; there for good once its page is here. */
  function goTo(moment: number, isAll: boolean): void {
    const { timeline } = player.state.get();
    player.seek(timeline.timeOf(moment));
    if (isAll || timeline.sessionAt(timeline.duration) >= moment) awaited = null;
  }

  function show(): void {
    const playing = player.state.get();
    const before = shown;
    if (playing.shown !== before) {
      shown = playing.shown;
      stage.show(film.seek(shown));
    }
    const followed = following.get();
    const only = followed.type === "person" ? followed.participant : null;
    const { speed, timeline } = playing;
    const { rows, deeds } = film;
    const at = (row: number): number => timeline.at(row);
    echoes.show(peersAt({ rows, deeds, people, shown, speed, at, only }));
    if (playing.shown !== before && followed.type !== "nobody") reveal();
  }

  function reveal(): void {
    const now = performance.now();
    const ids = echoes.presence.peers()[0]?.selection ?? [];
    if (!ids.length || now - revealedAt < REVEAL_EVERY_MS) return;
    revealedAt = now;
    board?.reveal(ids);
  }

  player.state.subscribe(show);
  following.subscribe(show);
  return {
    boot,
    film,
    player,
    stage,
    undo: createUndo(stage.board),
    echoes,
    chronicle,
    loader: createLoader(read, take),
    contents,
    following,
    setBoard: (handle) => void (board = handle),
  };
}

export const ReplayContext = createContext<ReplaySession | null>(null);

export function useReplay(): ReplaySession {
  const session = useContext(ReplayContext);
  if (session === null) throw new Error("useReplay is called outside the replay.");
  return session;
}
