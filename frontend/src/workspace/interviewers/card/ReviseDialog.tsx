/** Changes a rating of a submitted card: only with a reason, and both values are kept. */

import { useState } from "react";

import { Dialog } from "../../../ui/Dialog";

import type { Revised } from "./cardApi";
import { type Item, type Mark, markText, type NoLevel } from "./cards";
import { Levels } from "./Levels";

export interface ReviseDialogProps {
  readonly item: Item;
  readonly before: Mark;
  readonly wanted: Mark;
  readonly onRevise: (to: Revised) => void;
  readonly onClose: () => void;
}

export function ReviseDialog({ item, before, wanted, onRevise, onClose }: ReviseDialogProps) {
  const [mark, setMark] = useState<Mark>(wanted);
  const [reason, setReason] = useState("");
  const isSame = mark.level === before.level && mark.state === before.state;
  const missing = isSame ? "Choose another level." : "Say why.";
  const isReady = !isSame && reason.trim() !== "";
  const set = (level: number | null, state: NoLevel): void => setMark({ level, state });
  return (
    <Dialog
      title={`Revise: ${item.name}`}
      onClose={onClose}
      foot={
        <>
          {isReady ? null : <span className="t12 t3">{missing}</span>}
          <button type="button" className="btn" onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            className="btn btn--pri"
            disabled={!isReady}
            onClick={() => onRevise({ ...mark, reason: reason.trim() })}
          >
            Revise to {markText(mark)}
          </button>
        </>
      }
    >
      <p className="t2">Now {markText(before)}. Both values and the reason stay on the card.</p>
      <Levels
        label="New level"
        mark={mark}
        isLocked={false}
        isInTabOrder
        onLevel={(level) => set(level, "")}
        onState={(state) => set(null, state)}
      />
      <textarea
        className="input"
        rows={3}
        data-focus-first
        aria-label="Reason for the revision"
        placeholder="What you heard or read since"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Dialog>
  );
}
