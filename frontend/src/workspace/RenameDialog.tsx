/** A new title for the session. */

import { type SubmitEvent, useState } from "react";

import { Dialog } from "../ui/Dialog";

import { useSession } from "./session";
import { useAction } from "./useAction";

const LONGEST = 200;

export interface RenameDialogProps {
  readonly title: string;
  readonly onClose: () => void;
}

export function RenameDialog({ title, onClose }: RenameDialogProps) {
  const { api } = useSession();
  const [wanted, setWanted] = useState(title);
  const { run, isBusy } = useAction("The session was not renamed", async () => {
    await api.rename(wanted.trim());
    onClose();
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    run();
  };
  return (
    <Dialog title="Rename the session" onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <label className="field">
          <span className="label">Title</span>
          <input
            className="input"
            required
            data-focus-first
            maxLength={LONGEST}
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
        </label>
        <div className="row">
          <span className="sp" />
          <button type="button" className="btn" onClick={onClose}>
            Cancel
          </button>
          <button className="btn btn--pri" disabled={isBusy || wanted.trim() === ""}>
            Rename
          </button>
        </div>
      </form>
    </Dialog>
  );
}
