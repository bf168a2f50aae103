/** The interviewers' own notes, in a document that a candidate's browser never asks for. */

import { Suspense, useState } from "react";
import type * as Y from "yjs";

import { NotesEditor } from "../../notes";
import type { FlowStep } from "../bootstrap";
import { useText } from "../notesTexts";
import type { Room } from "../rooms";
import { useSession } from "../session";
import { Skeleton } from "../Skeleton";

const GENERAL = "general";

export interface PrivateNotesProps {
  readonly room: Room;
  readonly step: FlowStep;
  readonly mayEdit: boolean;
}

export function PrivateNotes({ room, step, mayEdit }: PrivateNotesProps) {
  const { boot } = useSession();
  const [isGeneral, setGeneral] = useState(false);
  const key = isGeneral ? GENERAL : step.id;
  const text = useText(room.doc.getMap<Y.Text>("notes"), key);
  return (
    <>
      <div className="private-bar">
        <span className="seg" role="group" aria-label="Private notes about">
          <button
            type="button"
            className={isGeneral ? "" : "is-on"}
            aria-pressed={!isGeneral}
            onClick={() => setGeneral(false)}
          >
            Step {step.number}
          </button>
          <button
            type="button"
            className={isGeneral ? "is-on" : ""}
            aria-pressed={isGeneral}
            onClick={() => setGeneral(true)}
          >
            The whole session
          </button>
        </span>
      </div>
      {text === null ? (
        <Skeleton label="The private notes are loading" />
      ) : (
        <Suspense fallback={<Skeleton label="The private notes are loading" />}>
          <NotesEditor
            text={text}
            step={key}
            presence={room.presence}
            label={isGeneral ? "Private notes" : `Private notes for step ${step.number}`}
            hint="Only interviewers can read this."
            readOnly={!mayEdit}
            nonce={boot.csp_nonce}
          />
        </Suspense>
      )}
    </>
  );
}
