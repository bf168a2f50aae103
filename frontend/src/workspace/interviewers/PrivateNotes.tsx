/** The interviewers' own notes, in documents that a candidate's browser never asks for. */

import { Suspense, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import type * as Y from "yjs";

import { NotesEditor, type NotesHandle } from "../../notes";
import { Icon } from "../../ui/Icon";
import { useNotices } from "../../ui/notices";
import type { FlowStep } from "../bootstrap";
import { useText } from "../notesTexts";
import type { Room } from "../rooms";
import { useSession } from "../session";
import { Skeleton } from "../Skeleton";
import type { ScoredPlace } from "../useViews";

import type { Evidence } from "./scoring";
import { pins, pinText, stamping, stampOf } from "./stamping";

const GENERAL = "general";

export interface PrivateNotesProps {
  readonly step: FlowStep;
  readonly mayEdit: boolean;
  /** Of the interview's clock, seconds; null where none runs. */
  readonly elapsed: () => number | null;
  readonly pointed: () => Evidence | null;
  readonly onEvidence: (evidence: Evidence, from: ScoredPlace | null) => void;
}

export function PrivateNotes(props: PrivateNotesProps) {
  const { privateRoom, ownRoom } = useSession();
  const [isShared, setShared] = useState(ownRoom === null);
  const [isGeneral, setGeneral] = useState(false);
  const room = isShared ? privateRoom : ownRoom;
  if (room === null) return null;
  return (
    <>
      <div className="private-bar">
        {ownRoom === null ? null : (
          <Switch
            label="Whose notes"
            names={["Mine", "Shared"]}
            isSecond={isShared}
            onChoose={setShared}
          />
        )}
        <Switch
          label="Private notes about"
          names={[`Step ${props.step.number}`, "The whole session"]}
          isSecond={isGeneral}
          onChoose={setGeneral}
        />
      </div>
      <Editor
        key={room.name}
        {...props}
        room={room}
        isGeneral={isGeneral}
        hint={
          isShared ? "All interviewers can read this." : "Only you can read this, now and later."
        }
      />
    </>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly names: readonly [string, string];
  readonly isSecond: boolean;
  readonly onChoose: (isSecond: boolean) => void;
}

function Switch({ label, names, isSecond, onChoose }: SwitchProps) {
  return (
    <span className="seg" role="group" aria-label={label}>
      {names.map((name, index) => {
        const isOn = isSecond === (index === 1);
        return (
          <button
            key={name}
            type="button"
            className={isOn ? "is-on" : ""}
            aria-pressed={isOn}
            onClick={() => onChoose(index === 1)}
          >
            {name}
          </button>
        );
      })}
    </span>
  );
}

interface EditorProps extends PrivateNotesProps {
  readonly room: Room;
  readonly isGeneral: boolean;
  readonly hint: string;
}

function Editor(props: EditorProps) {
  const { room, step, isGeneral, hint, mayEdit, elapsed, pointed, onEvidence } = props;
  const { boot } = useSession();
  const { toast } = useNotices();
  const handle = useRef<NotesHandle>(null);
  const key = isGeneral ? GENERAL : step.id;
  const text = useText(room.doc.getMap<Y.Text>("notes"), key);
  const go = useLatest(onEvidence);
  const { number } = step;
  const extension = useMemo(
    () => [
      stamping(() => stampOf(elapsed(), isGeneral ? number : null)),
      pins((place) => go(place, null)),
    ],
    [elapsed, isGeneral, number, go],
  );

  const pin = (): void => {
    const found = pointed();
    if (found === null) toast(NOTHING_TO_PIN);
    else handle.current?.insert(pinText(found));
  };
  usePinKey(mayEdit ? pin : null);

  if (text === null) return <Skeleton label="The private notes are loading" />;
  return (
    <>
      <Suspense fallback={<Skeleton label="The private notes are loading" />}>
        <NotesEditor
          ref={handle}
          text={text}
          step={key}
          presence={room.presence}
          label={isGeneral ? "Private notes" : `Private notes for step ${number}`}
          hint={hint}
          readOnly={!mayEdit}
          nonce={boot.csp_nonce}
          extension={extension}
        />
      </Suspense>
      <footer className="pf">
        <Icon name="lock" size={12} />
        <span className="clip">{hint}</span>
        <span className="sp" />
        {mayEdit ? (
          <button
            type="button"
            className="btn btn--ghost btn--sm"
            title="Pin what is selected on the board or in the notes (P, or Alt+P while writing)"
            onClick={pin}
          >
            <Icon name="pin" size={14} />
            Pin
          </button>
        ) : null}
      </footer>
    </>
  );
}

/** The same function at each render, which calls the latest: the editor is made once. */
function useLatest<Args extends unknown[]>(call: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(call);
  useEffect(() => {
    latest.current = call;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}

const NOTHING_TO_PIN = {
  text: "Nothing is selected",
  more: "Select a part of the board or words in the notes, then pin.",
};

/** Alt+P anywhere while the private notes are shown; P alone outside texts and the board. */
function usePinKey(pin: (() => void) | null): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (pin === null || event.code !== "KeyP" || event.ctrlKey || event.metaKey) return;
    const isInPanel = event.target instanceof Element && event.target.closest(".panel") !== null;
    const isTyping =
      event.target instanceof HTMLElement &&
      (event.target.isContentEditable || event.target.matches("input, textarea"));
    if (!event.altKey && (!isInPanel || isTyping)) return;
    event.preventDefault();
    pin();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => press(event);
    window.addEventListener("keydown", listener, { capture: true });
    return () => window.removeEventListener("keydown", listener, { capture: true });
  }, []);
}
