/** What happened, what was kept, what to do: above everything, while it lasts. */

import { type ReactNode, useEffect, useState } from "react";

import type { ConnectionState } from "../sync/connection";
import type { Refusal } from "../sync/protocol";
import { Icon } from "../ui/Icon";

import { useSaving } from "./saving";
import { useSession } from "./session";

const REFUSALS: Readonly<Record<Refusal, string>> = {
  "read-only": "You may look at this session, but not change it.",
  ended: "The session has ended.",
  malformed: "It did not fit the form of a design.",
  "too-large": "It was too large.",
  "too-fast": "There were too many changes at once.",
};

/** A server that restarts is back sooner; a banner would only make the board jump. */
const OFFLINE_PATIENCE_MS = 1_500;

export function Banners({ isEnded }: { readonly isEnded: boolean }) {
  const state = useSaving();
  const isLasting = useLasting(state.kind === "offline", OFFLINE_PATIENCE_MS);
  return (
    <div className="banners">
      {state.kind === "offline" && !isLasting ? null : <ConnectionBanner state={state} />}
      {isEnded ? (
        <Banner tone="acc" icon="lock">
          This session has ended. The board and the notes stay as they are.
        </Banner>
      ) : null}
    </div>
  );
}

/** True once `is` has held for so long. */
function useLasting(is: boolean, ms: number): boolean {
  const [since, setSince] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSince(is), is ? ms : 0);
    return () => clearTimeout(timer);
  }, [is, ms]);
  return is && since;
}

function ConnectionBanner({ state }: { readonly state: ConnectionState }) {
  const { room, privateRoom } = useSession();
  if (state.kind === "offline") {
    const tryNow = (): void => {
      room.connection.tryNow();
      privateRoom?.connection.tryNow();
    };
    return (
      <Banner tone="warn" icon="offline" action={{ label: "Try now", run: tryNow }}>
        <b>You are offline.</b> {keptWords(state.kept)}
      </Banner>
    );
  }
  if (state.kind === "refused") {
    const reload = async (): Promise<void> => {
      await Promise.all([room.connection.forgetEdits(), privateRoom?.connection.forgetEdits()]);
      window.location.reload();
    };
    return (
      <Banner tone="bad" icon="warn" action={{ label: "Load again", run: () => void reload() }}>
        <b>The server did not take your last change.</b> {REFUSALS[state.reason]} What was saved
        before is safe; load the page again to go on from there.
      </Banner>
    );
  }
  if (state.kind === "closed") return <ClosedBanner reason={state.reason} />;
  return null;
}

function ClosedBanner({ reason }: { readonly reason: "not-allowed" | "not-understood" }) {
  if (reason === "not-allowed") {
    return (
      <Banner tone="bad" icon="lock" action={{ label: "Leave", run: () => goTo("/") }}>
        <b>You have no access to this session now.</b> What was saved stays in it. If you have
        signed out, sign in again; else ask its owner for a new link.
      </Banner>
    );
  }
  const reload = { label: "Load again", run: () => window.location.reload() };
  return (
    <Banner tone="bad" icon="warn" action={reload}>
      <b>This page and the server do not understand each other.</b> Your changes are kept in this
      browser; load the page again to deliver them.
    </Banner>
  );
}

function goTo(address: string): void {
  window.location.href = address;
}

function keptWords(kept: number): string {
  if (kept === 0) return "What you change is kept in this browser and goes out when it is back.";
  const what = kept === 1 ? "1 change is" : `${kept} changes are`;
  return `${what} kept in this browser and will go out when the connection is back. Others do not see them yet.`;
}

interface BannerProps {
  readonly tone: "warn" | "bad" | "acc";
  readonly icon: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly children: ReactNode;
}

function Banner({ tone, icon, action, children }: BannerProps) {
  return (
    <div className={`banner banner--${tone}`} role={tone === "bad" ? "alert" : "status"}>
      <Icon name={icon} />
      <span>{children}</span>
      <span className="sp" />
      {action === undefined ? null : (
        <button type="button" className="btn btn--sm" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  );
}
