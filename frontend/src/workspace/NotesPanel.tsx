/** The notes of the current step, with what they hold and who else is writing them. */

import { Suspense, type Ref } from "react";
import type * as Y from "yjs";

import { NotesEditor, type NotesHandle } from "../notes";
import { Icon } from "../ui/Icon";

import type { FlowStep } from "./bootstrap";
import { EarlierNotes } from "./EarlierNotes";
import { useText, useWordCount } from "./notesTexts";
import { usePeers, useSession } from "./session";
import { Skeleton } from "./Skeleton";

export interface NotesPanelProps {
  readonly step: FlowStep;
  readonly mayEdit: boolean;
  readonly handle: Ref<NotesHandle>;
  /** Back to the score, where a quote of it led here. */
  readonly onBack: (() => void) | null;
}

export function NotesPanel({ step, mayEdit, handle, onBack }: NotesPanelProps) {
  const { board, boot, room } = useSession();
  const text = useText(board.notes, step.id);
  if (text === null) return <Skeleton label="The notes are loading" />;
  return (
    <>
      {onBack === null ? null : (
        <div className="came-from">
          <span className="t12 t2">A quote of the score</span>
          <button type="button" className="btn btn--sm" onClick={onBack}>
            <Icon name="prev" size={14} />
            Back to the score
          </button>
        </div>
      )}
      <Suspense fallback={<Skeleton label="The notes are loading" />}>
        <NotesEditor
          ref={handle}
          text={text}
          step={step.id}
          presence={room.presence}
          label={`Notes for step ${step.number}, ${step.name}`}
          hint={mayEdit ? "Write, or drop prompts in from the guide." : "No notes for this step."}
          readOnly={!mayEdit}
          nonce={boot.csp_nonce}
        />
      </Suspense>
      <EarlierNotes />
      <NotesFoot step={step} text={text} />
    </>
  );
}

function NotesFoot({ step, text }: { readonly step: FlowStep; readonly text: Y.Text }) {
  const words = useWordCount(text);
  const writers = usePeers().filter((peer) => peer.caret?.step === step.id);
  const names = [...new Set(writers.map((peer) => peer.user.name))];
  return (
    <footer className="pf">
      <span>{words === 1 ? "1 word" : `${words} words`}</span>
      {names.length === 0 ? null : (
        <span className="clip">
          · {names.join(", ")} {names.length === 1 ? "is" : "are"} here
        </span>
      )}
      <span className="sp" />
      <span>Markdown</span>
    </footer>
  );
}
