/** Ending cannot be taken back, so it is asked once more. */

import { Dialog } from "../ui/Dialog";

import { useSession } from "./session";
import { useAction } from "./useAction";

export function EndDialog({ onClose }: { readonly onClose: () => void }) {
  const { api } = useSession();
  const { run, isBusy } = useAction("The session was not ended", async () => {
    await api.end();
    onClose();
  });
  const foot = (
    <>
      <span className="sp" />
      <button type="button" className="btn" onClick={onClose}>
        Keep it open
      </button>
      <button type="button" className="btn btn--bad" disabled={isBusy} onClick={() => run()}>
        End session
      </button>
    </>
  );
  return (
    <Dialog title="End this session" onClose={onClose} foot={foot}>
      <p>
        Nobody can change the board or the notes after that. Everything stays readable, and you can
        still score it.
      </p>
    </Dialog>
  );
}
