/** Going on in another flow changes the steps for everybody, so it is asked once more. */

import { Dialog } from "../ui/Dialog";

import { flowsOf } from "./flows";
import { useFlow, useSession } from "./session";
import { useAction } from "./useAction";

export function SwitchFlowDialog({ onClose }: { readonly onClose: () => void }) {
  const { api, boot } = useSession();
  const current = useFlow();
  const others = flowsOf(boot).filter(({ id }) => id !== current.id);
  const { run, isBusy } = useAction("The flow was not switched", async (id: string) => {
    await api.switchFlow(id);
    onClose();
  });
  const foot = (
    <>
      <span className="sp" />
      <button type="button" className="btn" onClick={onClose}>
        Stay
      </button>
      {others.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          className="btn btn--pri"
          disabled={isBusy}
          onClick={() => run(id)}
        >
          Go on with {name}
        </button>
      ))}
    </>
  );
  return (
    <Dialog title="Switch the flow" onClose={onClose} foot={foot}>
      <p>
        Everybody on the board gets the steps of the other flow, and the score goes by its rubric.
        The board stays as it is. The notes of {current.name} are kept and shown folded under the
        new ones; switching back brings its steps back with them.
      </p>
    </Dialog>
  );
}
