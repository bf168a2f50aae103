/** What happened, what was kept, what to do: above everything, while it lasts. */

import { useEffect, useState } from "react";

import type { AsideReason } from "../sync/asideStore";
import type { ConnectionState } from "../sync/connection";

import { Banner } from "./Banner";
import { mayStartAfresh, startAfresh } from "./freshStart";
import { QuarantineBanner } from "./QuarantineBanner";
import { useSaving } from "./saving";
import { useSession } from "./session";

const ASIDE: Readonly<Record<AsideReason, string>> = {
  "new-epoch": "The server has gone back to an earlier state of this session.",
  differs: "This page and the server do not show the same design any more.",
  "read-only": "You may look at this session, but not change it.",
  ended: "The session has ended.",
  malformed: "Your last change did not fit the form of a design.",
  "unknown-content": "Your last change did not fit the form of a design.",
  "not-yours": "Your last change was signed by somebody else's browser.",
  "too-large": "Your last change was too large.",
  quarantined: "The server cannot read this session at the moment.",
};

/** A server that restarts is back sooner; a banner would only make the board jump. */
const OFFLINE_PATIENCE_MS = 1_500;

export function Banners({ isEnded }: { readonly isEnded: boolean }) {
  const state = useSaving();
  const isAway = state.kind === "offline" || state.kind === "not-stored";
  const isLasting = useLasting(isAway, OFFLINE_PATIENCE_MS);
  return (
    <div className="banners">
      {isAway && !isLasting ? null : <ConnectionBanner state={state} />}
      <QuarantineBanner />
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
  if (state.kind === "not-stored") {
    return (
      <Banner tone="bad" icon="warn">
        <b>The server cannot store at the moment.</b> {keptWords(state.kept)}
      </Banner>
    );
  }
  if (state.kind === "aside") return <AsideBanner {...state} />;
  if (state.kind === "closed") return <ClosedBanner reason={state.reason} />;
  return null;
}

interface AsideBannerProps {
  readonly reason: AsideReason;
  readonly isKept: boolean;
}

/** Mostly it is gone before it is read: the page starts afresh by itself. */
function AsideBanner({ reason, isKept }: AsideBannerProps) {
  const isOwnDoing = isKept && mayStartAfresh();
  useEffect(() => {
    if (isOwnDoing) startAfresh(reason);
  }, [isOwnDoing, reason]);
  return (
    <Banner tone="bad" icon="warn" action={{ label: "Load again", run: () => startAfresh(reason) }}>
      <b>Your last changes are not saved.</b> {ASIDE[reason]}{" "}
      {isKept
        ? "They are kept in this browser; load the page again to go on."
        : "This browser cannot keep them: copy what you need before you load the page again."}
    </Banner>
  );
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
  if (kept === 0) return "What you change is kept in this browser and goes out when it can.";
  const what = kept === 1 ? "1 change is" : `${kept} changes are`;
  return `${what} kept in this browser and will go out when the server takes them. Others do not see them yet.`;
}
