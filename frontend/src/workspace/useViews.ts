/** What is on the screen: board, panel or both; which tab; and, on a narrow screen, which one thing. */

import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";

import type { BoardDocument, BoardHandle } from "../board";
import { readItem } from "../document/read";
import type { NotesHandle } from "../notes";
import { useNotices } from "../ui/notices";

import type { Evidence, NotesEvidence } from "./interviewers/scoring";
import { useSession } from "./session";
import type { CurrentStep } from "./useCurrentStep";
import type { NarrowView, PanelTab, ViewMode } from "./views";

export interface Views {
  readonly mode: ViewMode;
  readonly tab: PanelTab;
  readonly narrow: NarrowView;
  readonly setMode: (mode: ViewMode) => void;
  readonly setTab: (tab: PanelTab) => void;
  readonly show: (view: NarrowView, tab?: PanelTab) => void;
  readonly openTab: (tab: PanelTab) => void;
  /** Callback references for the board and the notes editor. */
  readonly setBoard: (board: BoardHandle | null) => void;
  readonly setNotes: (notes: NotesHandle | null) => void;
  readonly board: BoardHandle | null;
  readonly showOnBoard: (id: string) => void;
  readonly showEvidence: (evidence: Evidence, from: ScoredPlace | null) => void;
  /** Where in the score one was before a quote led away from it. */
  readonly cameFrom: ScoredPlace | null;
  readonly goBack: () => void;
  /** What is selected now, or was in the notes when one went from them. */
  readonly pointed: () => Evidence | null;
}

/** A criterion of the score, and the step that it is rated in. */
export interface ScoredPlace {
  readonly step: string;
  readonly criterion: string;
}

export function useViews({ step, go }: CurrentStep): Views {
  const [mode, setMode] = useState<ViewMode>("split");
  const [tab, setTab] = useState<PanelTab>("notes");
  const [narrow, setNarrow] = useState<NarrowView>("board");
  const [board, setBoard] = useState<BoardHandle | null>(null);
  const [cameFrom, setCameFrom] = useState<ScoredPlace | null>(null);
  const [setNotes, revealInNotes, editor] = useReveal(step.id);
  const pointing = usePointing(step.id, editor, board);
  const { toast } = useNotices();

  const openTab = (wanted: PanelTab): void => {
    setTab(wanted);
    setNarrow("panel");
    if (mode === "board") setMode("split");
  };
  const showOnBoard = (id: string): void => {
    if (mode === "notes") setMode("split");
    setNarrow("board");
    // The board has to be on the screen before it can look at something.
    requestAnimationFrame(() => {
      if (board?.focusItem(id) === false) toast(PART_IS_GONE);
    });
  };
  const showEvidence = (evidence: Evidence, from: ScoredPlace | null): void => {
    if (evidence.source !== "notes") {
      showOnBoard(evidence.id);
      return;
    }
    setCameFrom(from);
    go(evidence.step);
    openTab("notes");
    revealInNotes(evidence);
  };
  const goBack = (): void => {
    if (cameFrom) go(cameFrom.step);
    openTab("score");
  };
  const chooseTab = (wanted: PanelTab): void => {
    pointing.remember();
    setCameFrom(null);
    setTab(wanted);
  };
  const show = (view: NarrowView, wanted?: PanelTab): void => {
    setNarrow(view);
    if (wanted) chooseTab(wanted);
  };

  return {
    mode,
    tab,
    narrow,
    setMode,
    setTab: chooseTab,
    show,
    openTab,
    setBoard,
    setNotes,
    board,
    showOnBoard,
    showEvidence,
    cameFrom,
    goBack,
    pointed: pointing.pointed,
  };
}

const PART_IS_GONE = {
  text: "This part is not on the board any more",
  more: "The score was made before it was taken away.",
};
const WORDS_ARE_GONE = {
  text: "These words are not in the notes any more",
  more: "The score was made before they were changed.",
};

/** Points at a range of the notes as soon as the editor of its step is there. */
function useReveal(step: string) {
  const [editor, setEditor] = useState<NotesHandle | null>(null);
  const [wanted, setWanted] = useState<NotesEvidence | null>(null);
  const { toast } = useNotices();

  const reveal = useEffectEvent(() => {
    if (editor === null || wanted?.step !== step) return;
    if (!editor.revealQuote(wanted)) toast(WORDS_ARE_GONE);
    setWanted(null);
  });
  // Effects of the editor itself run before this one, so it shows the step already.
  useEffect(reveal, [editor, wanted, step]);
  return [setEditor, useCallback((place: NotesEvidence) => setWanted(place), []), editor] as const;
}

/** Words selected in the notes are remembered when another tab hides them; a later selection on the
 * board takes their place. */
function usePointing(step: string, editor: NotesHandle | null, board: BoardHandle | null) {
  const { board: document } = useSession();
  const remembered = useRef<{ words: NotesEvidence; board: string } | null>(null);

  const words = (): NotesEvidence | null => {
    const selection = editor?.selection() ?? null;
    return selection === null ? null : { source: "notes", step, ...selection };
  };
  const remember = (): void => {
    const found = words();
    const selected = board?.selection().join() ?? "";
    if (found !== null) remembered.current = { words: found, board: selected };
  };
  const pointed = (): Evidence | null => {
    const found = words();
    if (found !== null) return found;
    const [first = ""] = board?.selection() ?? [];
    const kept = remembered.current;
    remembered.current = null;
    if (kept !== null && (first === "" || kept.board === board?.selection().join())) {
      return kept.words;
    }
    return partOf(document, first);
  };
  return { remember, pointed };
}

/** A component or connection by its id; null for what nobody can point at. */
function partOf(board: BoardDocument, id: string): Evidence | null {
  const component = readItem(board, "components", id);
  if (component !== null) return { source: "component", id, quote: component.name };
  const connection = readItem(board, "connections", id);
  if (connection === null) return null;
  const ends = [connection.source, connection.target].map(
    (end) => readItem(board, "components", end)?.name ?? "?",
  );
  return { source: "connection", id, quote: connection.label || ends.join(" to ") };
}
