/** Links that let people in, one role each, and who is on the session. */

import { useCallback, useEffect, useRef, useState } from "react";

import { Dialog } from "../ui/Dialog";
import { Face } from "../ui/Face";
import { Icon } from "../ui/Icon";
import { useNotices } from "../ui/notices";

import type { Link, LinkRole, MadeLink, Person } from "./api";
import type { DesignEvent } from "./events";
import { useEvents, useSession } from "./session";
import { useAction, useFailure } from "./useAction";

const ROLES: Readonly<Record<LinkRole, { readonly name: string; readonly gives: string }>> = {
  candidate: { name: "Candidate", gives: "Can edit the board and the notes" },
  interviewer: { name: "Interviewer", gives: "Also private notes and score" },
  observer: { name: "Read only", gives: "Can look, not change" },
};

const ENDS: readonly { readonly label: string; readonly hours: number | null }[] = [
  { label: "in a day", hours: 24 },
  { label: "in a week", hours: 24 * 7 },
  { label: "never", hours: null },
];

export interface ShareDialogProps {
  readonly title: string;
  readonly onClose: () => void;
}

export function ShareDialog({ title, onClose }: ShareDialogProps) {
  const { links, people, add, revoke } = useSharing();
  const note = (
    <>
      <span className="t12 t3">Private notes and scores are never in a candidate’s link.</span>
      <span className="sp" />
      <button type="button" className="btn" onClick={onClose}>
        Done
      </button>
    </>
  );
  return (
    <Dialog title={`Share “${title}”`} onClose={onClose} foot={note}>
      <NewLink onMade={add} />
      {links.length === 0 ? null : (
        <>
          <h3>Links</h3>
          <ul className="lks">
            {links.map((link) => (
              <LinkRow key={link.id} link={link} onRevoke={() => revoke(link.id)} />
            ))}
          </ul>
        </>
      )}
      <h3>People</h3>
      <ul className="ppl">
        {people.map((person) => (
          <PersonRow key={person.id} person={person} />
        ))}
      </ul>
    </Dialog>
  );
}

type ShownLink = Link & Partial<Pick<MadeLink, "url">>;

function useSharing() {
  const { api } = useSession();
  const fail = useFailure();
  const [links, setLinks] = useState<readonly ShownLink[]>([]);
  const [people, setPeople] = useState<readonly Person[]>([]);

  // An answer to a question asked before the latest change would take that change away again.
  const asked = useRef(0);
  const refresh = useCallback(() => {
    const own = ++asked.current;
    return Promise.all([api.links(), api.people()]).then(
      ([current, here]) => {
        if (own !== asked.current) return;
        setLinks((shown) => current.map((link) => ({ ...known(shown, link.id), ...link })));
        setPeople(here);
      },
      (error: unknown) => fail("The links could not be read", error),
    );
  }, [api, fail]);

  useEffect(() => void refresh(), [refresh]);
  const follow = useCallback(
    (event: DesignEvent) => {
      if (event.type === "people.changed") void refresh();
    },
    [refresh],
  );
  useEvents(follow);

  const { run: revoke } = useAction("The link was not revoked", async (id: string) => {
    await api.revokeLink(id);
    await refresh();
  });
  const add = (link: MadeLink): void => {
    setLinks((shown) => [...shown, link]);
    void refresh();
  };
  return { links, people, add, revoke };
}

/** The addresses made in this dialog stay in it; the server has only their hashes. */
const known = (shown: readonly ShownLink[], id: string): ShownLink | undefined =>
  shown.find((link) => link.id === id);

function NewLink({ onMade }: { readonly onMade: (link: MadeLink) => void }) {
  const { api } = useSession();
  const [role, setRole] = useState<LinkRole>("candidate");
  const [hours, setHours] = useState<number | null>(24);
  const { run, isBusy } = useAction("The link was not made", async () => {
    onMade(await api.createLink(role, hours));
  });
  return (
    <>
      <div className="inv">
        <label className="field">
          <span className="label">A link for</span>
          <select
            className="input"
            value={role}
            data-focus-first
            onChange={(event) => setRole(event.target.value as LinkRole)}
          >
            {Object.entries(ROLES).map(([id, { name }]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span className="label">It ends</span>
          <select
            className="input"
            value={String(hours)}
            onChange={(event) => setHours(Number(event.target.value) || null)}
          >
            {ENDS.map((end) => (
              <option key={end.label} value={String(end.hours)}>
                {end.label}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="btn btn--pri" disabled={isBusy} onClick={() => run()}>
          Make link
        </button>
      </div>
      <p className="hint">{ROLES[role].gives}.</p>
    </>
  );
}

function LinkRow({ link, onRevoke }: { readonly link: ShownLink; readonly onRevoke: () => void }) {
  const { name } = ROLES[link.role];
  return (
    <li>
      <span>{name}</span>
      <small>{link.expires_at === null ? "no end" : `until ${dateWords(link.expires_at)}`}</small>
      <button
        type="button"
        className="btn btn--ghost btn--sm"
        aria-label={`Revoke the ${name} link`}
        onClick={onRevoke}
      >
        Revoke
      </button>
      {link.url === undefined ? (
        <p className="hint">Its address was shown when it was made, and is not stored.</p>
      ) : (
        <Address url={link.url} name={name} />
      )}
    </li>
  );
}

function Address({ url, name }: { readonly url: string; readonly name: string }) {
  const { toast } = useNotices();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(url);
      toast({ text: "Link copied", tone: "good" });
    } catch {
      toast({
        text: "The link was not copied",
        more: "Select it and copy it by hand.",
        tone: "bad",
      });
    }
  };
  return (
    <span className="address">
      <input
        className="input"
        readOnly
        value={url}
        aria-label={`Address of the ${name} link, shown this once`}
        onFocus={(event) => event.target.select()}
      />
      <button type="button" className="btn btn--sm" onClick={() => void copy()}>
        <Icon name="copy" size={14} />
        Copy
      </button>
    </span>
  );
}

function PersonRow({ person }: { readonly person: Person }) {
  const { name, role, color, email } = person;
  return (
    <li>
      <Face name={name} color={color} size={28} />
      <div>
        {name}
        <small>{email ?? (role === "owner" ? "without an account" : "by a link")}</small>
      </div>
      <span className="sp" />
      <span className="t3">{role === "owner" ? "Owner" : ROLES[role].name}</span>
    </li>
  );
}

const dateWords = (date: string): string =>
  new Date(date).toLocaleString(undefined, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
