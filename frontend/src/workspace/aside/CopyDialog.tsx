/** What this browser has kept and the design has not: the person decides what becomes of it. */

import { useState } from "react";

import { openBoard } from "../../document/open";
import { type Missing, nameOfPlace, putBack } from "../../document/recovery";
import { FROM_GUIDE, undoOf } from "../../notes/undo";
import { Dialog } from "../../ui/Dialog";
import { useNotices } from "../../ui/notices";
import type { Action } from "../bootstrap";
import { allSteps } from "../flows";
import { useSession } from "../session";

import { downloadCopy } from "./copyFile";
import { chosenFirst, type WaitingCopy } from "./waiting";
import { aboutOf, changesWords, REASONS, stepTitle, titleOf } from "./words";

export interface CopyDialogProps {
  readonly waiting: WaitingCopy;
  /** Copies that are shown after this one. */
  readonly more: number;
  readonly can: ReadonlySet<Action>;
  readonly onDecided: () => void;
  readonly onClose: () => void;
}

export function CopyDialog(props: CopyDialogProps) {
  const { waiting, more, can, onDecided, onClose } = props;
  const { missing, room, copy } = waiting;
  const { boot, board } = useSession();
  const { toast } = useNotices();
  const [chosen, setChosen] = useState(() => chosenFirst(waiting));
  const [isDiscarding, setDiscarding] = useState(false);
  const mayPutBack = can.has(room.name === "board" ? "edit" : "edit_private");

  const choose = (name: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(name);
    else next.delete(name);
    setChosen(next);
  };
  const restore = (): void => {
    const wanted = missing.filter((one) => chosen.has(nameOfPlace(one)));
    if (room.name === "board") putBack(board, waiting.content, wanted);
    else putNotesBack(waiting, wanted);
    toast({ text: `${wanted.length} put back`, more: "Undo takes it off again.", tone: "good" });
    onDecided();
  };
  const discard = async (): Promise<void> => {
    await room.asides.remove(copy.key);
    onDecided();
  };

  const foot = isDiscarding ? (
    <>
      <span>Nobody can bring it back after that.</span>
      <span className="sp" />
      <button type="button" className="btn" ref={focus} onClick={() => setDiscarding(false)}>
        Keep it
      </button>
      <button type="button" className="btn btn--bad" onClick={() => void discard()}>
        Discard the copy
      </button>
    </>
  ) : (
    <>
      <button type="button" className="btn btn--ghost" onClick={() => setDiscarding(true)}>
        Discard
      </button>
      <span className="sp" />
      <button type="button" className="btn" onClick={() => downloadCopy(waiting, boot)}>
        Download
      </button>
      {mayPutBack ? (
        <button
          type="button"
          className="btn btn--pri"
          disabled={chosen.size === 0}
          onClick={restore}
        >
          Put back {chosen.size}
        </button>
      ) : null}
    </>
  );
  return (
    <Dialog title="Changes kept in this browser" onClose={onClose} foot={foot}>
      <p>
        {REASONS[copy.reason]} {changesWords(missing.length)} not in{" "}
        {room.name === "board" ? "the design" : "the private notes"}.{" "}
        {mayPutBack
          ? "What you put back is added to what the others have made since."
          : "You may not change it now, but you can download the copy."}
      </p>
      <ul className="kept">
        {missing.map((one) => (
          <MissingRow
            key={nameOfPlace(one)}
            missing={one}
            waiting={waiting}
            isChosen={chosen.has(nameOfPlace(one))}
            onChoose={mayPutBack ? (is) => choose(nameOfPlace(one), is) : null}
          />
        ))}
      </ul>
      <p className="hint">
        Kept on {timeWords(copy.at)}.
        {more > 0
          ? ` After this one ${more === 1 ? "1 more copy waits" : `${more} more wait`}.`
          : ""}
      </p>
    </Dialog>
  );
}

/** The button that was pressed is gone. */
const focus = (button: HTMLButtonElement | null): void => button?.focus();

interface MissingRowProps {
  readonly missing: Missing;
  readonly waiting: WaitingCopy;
  readonly isChosen: boolean;
  readonly onChoose: ((isChosen: boolean) => void) | null;
}

function MissingRow({ missing, waiting, isChosen, onChoose }: MissingRowProps) {
  const { boot } = useSession();
  const words = (
    <span>
      {missing.type === "item"
        ? titleOf(missing, waiting.content, boot.catalogue)
        : stepTitle(missing.step, allSteps(boot))}
      <small>
        {missing.type === "item"
          ? aboutOf(missing)
          : `Notes, ${missing.lines.length} ${missing.lines.length === 1 ? "line" : "lines"} missing here`}
      </small>
    </span>
  );
  return (
    <li>
      {onChoose === null ? (
        words
      ) : (
        <label>
          <input
            type="checkbox"
            checked={isChosen}
            onChange={(event) => onChoose(event.target.checked)}
          />
          {words}
        </label>
      )}
      {missing.type === "notes" ? <pre>{missing.lines.join("\n")}</pre> : null}
    </li>
  );
}

/** Each private text has a history of its own, which its editor's undo walks through. */
function putNotesBack({ room, content }: WaitingCopy, wanted: readonly Missing[]): void {
  const board = openBoard(room.doc);
  for (const text of board.notes.values()) undoOf(text).stopCapturing();
  putBack(board, content, wanted, FROM_GUIDE);
}

const timeWords = (at: number): string =>
  new Date(at).toLocaleString(undefined, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
