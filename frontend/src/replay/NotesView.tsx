/** The notes of the step that is being worked on, or of one that was chosen to stay. */

import { Suspense, useState } from "react";

import { useStore } from "../board/useStore";
import { NotesEditor } from "../notes";
import { otherSteps } from "../workspace/flows";
import { useText, useWrittenSteps } from "../workspace/notesTexts";
import { Skeleton } from "../workspace/Skeleton";

import { useReplay } from "./session";

const FOLLOWING = "";

export function NotesView() {
  const { boot, stage, echoes, player, chronicle } = useReplay();
  const written = useWrittenSteps(stage.board.notes);
  const earlier = otherSteps(boot, boot.flow).filter(({ id }) => written.has(id));
  const steps = [...boot.flow.steps, ...earlier];
  const [pinned, setPinned] = useState(FOLLOWING);
  const worked = useStore(player.state, ({ shown }) => chronicle.stepAt(shown - 1));
  const step = steps.find(({ id }) => id === (pinned || worked)) ?? steps[0];
  const text = useText(stage.board.notes, step?.id ?? "");
  return (
    <>
      <div className="rp-step">
        <label className="sr" htmlFor="rp-step">
          Notes of
        </label>
        <select
          id="rp-step"
          className="input"
          value={pinned}
          onChange={(event) => setPinned(event.target.value)}
        >
          <option value={FOLLOWING}>
            {step && pinned === FOLLOWING
              ? `Now: ${step.number} ${step.name}`
              : "The step being worked on"}
          </option>
          {steps.map(({ id, number, name }) => (
            <option key={id} value={id}>
              {number} {name}
            </option>
          ))}
        </select>
      </div>
      {step && text ? (
        <Suspense fallback={<Skeleton label="The notes are loading" />}>
          <NotesEditor
            text={text}
            step={step.id}
            presence={echoes.presence}
            label={`Notes for step ${step.number}, ${step.name}, as they were`}
            hint="Nothing is written here yet."
            readOnly
            nonce={boot.csp_nonce}
          />
        </Suspense>
      ) : (
        <p className="rp-none">Nothing is written here yet.</p>
      )}
    </>
  );
}
