/** What has ended is opened again only with a reason, which is kept. */

import { type SubmitEvent, useState } from "react";

import { Dialog } from "../../ui/Dialog";

import type { Playing } from "./usePlay";

const LONGEST = 2000;

export interface ReopenDialogProps {
  readonly playing: Playing;
  readonly onClose: () => void;
}

export function ReopenDialog({ playing, onClose }: ReopenDialogProps) {
  const [reason, setReason] = useState("");
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    playing.act({ do: "reopen", reason: reason.trim() });
    onClose();
  };
  return (
    <Dialog title="Reopen the interview" onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <p>
          The board and the notes can be changed again. The clock stays paused until you resume it.
        </p>
        <label className="field">
          <span className="label">Why it is opened again</span>
          <textarea
            className="input"
            rows={3}
            required
            data-focus-first
            maxLength={LONGEST}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <div className="row">
          <span className="sp" />
          <button type="button" className="btn" onClick={onClose}>
            Keep it ended
          </button>
          <button className="btn btn--pri" disabled={reason.trim() === ""}>
            Reopen
          </button>
        </div>
      </form>
    </Dialog>
  );
}
