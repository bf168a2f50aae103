/** Named states of the design: kept, looked at, copied, and brought back. */

import { type SubmitEvent, useCallback, useEffect, useRef, useState } from "react";

import type { BoardDocument } from "../../document/open";
import { type Difference, differenceTo, restore } from "../../document/restoring";
import { Dialog } from "../../ui/Dialog";
import { IconButton } from "../../ui/IconButton";
import { useNotices } from "../../ui/notices";
import type { Version } from "../api";
import type { Action } from "../bootstrap";
import { createHistory } from "../history";
import { useSession } from "../session";
import { useAction, useFailure } from "../useAction";

import { DifferenceList } from "./DifferenceList";
import { loadVersion } from "./loadVersion";

const LONGEST = 80;

export interface VersionsDialogProps {
  readonly can: ReadonlySet<Action>;
  readonly onClose: () => void;
}

export function VersionsDialog({ can, onClose }: VersionsDialogProps) {
  const [restoring, setRestoring] = useState<Loaded | null>(null);
  return restoring === null ? (
    <Versions can={can} onRestore={setRestoring} onClose={onClose} />
  ) : (
    <RestoreDialog loaded={restoring} onBack={() => setRestoring(null)} onClose={onClose} />
  );
}

/** A version with what it says, and what lies between it and the design of now. */
interface Loaded {
  readonly version: Version;
  readonly content: BoardDocument;
  readonly difference: Difference;
}

interface VersionsProps extends VersionsDialogProps {
  readonly onRestore: (loaded: Loaded) => void;
}

function Versions({ can, onRestore, onClose }: VersionsProps) {
  const { boot, api, board } = useSession();
  const { versions, refresh } = useVersions();
  const mayKeep = can.has("keep_version");
  const { run: load, isBusy } = useAction("The version was not read", async (version: Version) => {
    const content = await loadVersion(createHistory(boot.api), version.seq);
    onRestore({ version, content, difference: differenceTo(board, content) });
  });
  const { run: copy } = useAction("The version was not copied", async (version: Version) => {
    location.assign(await api.copy(version.seq));
  });
  const { run: forget } = useAction("The version was not forgotten", async (version: Version) => {
    await api.forgetVersion(version.id);
    await refresh();
  });
  return (
    <Dialog title="Versions" onClose={onClose}>
      {mayKeep ? <KeepForm onKept={refresh} /> : null}
      {versions?.length === 0 ? (
        <p className="hint">
          Everything is saved by itself. A version gives a moment a name, so that you can look at
          it, copy it, or bring it back.
        </p>
      ) : null}
      <ul className="vers">
        {versions?.map((version) => (
          <li key={version.id}>
            <span>
              {version.name}
              <small>
                {version.by}, {timeWords(version.at)}
              </small>
            </span>
            <a className="btn btn--ghost" href={replayAt(boot.design.id, version)}>
              Look
            </a>
            {boot.design.kind === "practice" ? (
              <button type="button" className="btn btn--ghost" onClick={() => copy(version)}>
                Copy
              </button>
            ) : null}
            {mayKeep && can.has("edit") ? (
              <button
                type="button"
                className="btn btn--ghost"
                disabled={isBusy}
                onClick={() => load(version)}
              >
                Restore
              </button>
            ) : null}
            {mayKeep ? (
              <IconButton
                icon="x"
                label={`Forget “${version.name}”`}
                size={28}
                onClick={() => forget(version)}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function useVersions() {
  const { api } = useSession();
  const fail = useFailure();
  const [versions, setVersions] = useState<readonly Version[] | null>(null);
  const refresh = useCallback(
    () =>
      api
        .versions()
        .then(setVersions, (error: unknown) => fail("The versions could not be read", error)),
    [api, fail],
  );
  useEffect(() => void refresh(), [refresh]);
  return { versions, refresh };
}

function KeepForm({ onKept }: { readonly onKept: () => Promise<void> }) {
  const { api } = useSession();
  const [name, setName] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const { run, isBusy } = useAction("The version was not kept", async () => {
    await api.keepVersion(name.trim());
    setName("");
    input.current?.focus(); // the button that was pressed cannot be pressed now
    await onKept();
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    run();
  };
  return (
    <form className="inv" onSubmit={submit}>
      <label className="field">
        <span className="label">Name the design as it is now</span>
        <input
          ref={input}
          className="input"
          data-focus-first
          required
          maxLength={LONGEST}
          placeholder="Before the second data centre"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button className="btn btn--pri" disabled={isBusy || name.trim() === ""}>
        Keep
      </button>
    </form>
  );
}

interface RestoreDialogProps {
  readonly loaded: Loaded;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

/** What would change is shown first, and the state of now is kept as a version of its own. */
function RestoreDialog({ loaded, onBack, onClose }: RestoreDialogProps) {
  const { api, board } = useSession();
  const { toast } = useNotices();
  const { version, content, difference } = loaded;
  const isSame = difference.items.length === 0 && difference.notes.length === 0;
  const { run, isBusy } = useAction("Nothing was restored", async () => {
    await api.keepVersion(`Before “${version.name}” came back`.slice(0, LONGEST));
    restore(board, content);
    toast({ text: `“${version.name}” is back`, more: "Undo takes it off again.", tone: "good" });
    onClose();
  });
  const foot = (
    <>
      <button type="button" className="btn" onClick={onBack}>
        Back
      </button>
      <span className="sp" />
      <button
        type="button"
        className="btn btn--pri"
        disabled={isSame || isBusy}
        onClick={() => run()}
      >
        Restore
      </button>
    </>
  );
  return (
    <Dialog title={`Restore “${version.name}”`} onClose={onClose} foot={foot}>
      {isSame ? (
        <p>The design says just that now.</p>
      ) : (
        <>
          <p>The design of now is kept as a version too. This is what changes for everybody:</p>
          <DifferenceList difference={difference} earlier={content} />
        </>
      )}
    </Dialog>
  );
}

const replayAt = (design: string, { replay_s }: Version): string =>
  `/designs/${design}/replay?at=${replay_s}`;

const timeWords = (at: string): string =>
  new Date(at).toLocaleString(undefined, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
