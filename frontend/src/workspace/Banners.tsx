/** What happened, what was kept, what to do: above everything, while it lasts. */

import { type ReactNode, useEffect, useState } from "react";

import type { AsideReason } from "../sync/asideStore";
import type { ConnectionState } from "../sync/connection";

import type { Waiting } from "./aside/useWaiting";
import { changesWords, REASONS } from "./aside/words";
import { Banner } from "./Banner";
import { mayStartAfresh, startAfresh } from "./freshStart";
import { QuarantineBanner } from "./QuarantineBanner";
import { useSaving } from "./saving";
import { useSession } from "./session";

/** A server that restarts is back sooner; a banner would only make the board jump. */
const OFFLINE_PATIENCE_MS = 1_500;

export interface BannersProps {
  readonly isEnded: boolean;
  readonly waiting: Waiting;
  readonly onCopies: () => void;
  /** What an interview has to say; it tells of its end itself. */
  readonly children: ReactNode;
}

export function Banners({ isEnded, waiting, onCopies, children }: BannersProps) {
  const state = useSaving();
  const isAway = state.kind === "offline" || state.kind === "not-stored";
  const isLasting = useLasting(isAway, OFFLINE_PATIENCE_MS);
  return (
    <div className="banners">
      {isAway && !isLasting ? null : <ConnectionBanner state={state} />}
      <QuarantineBanner />
      {children}
      {isEnded && !children ? (
        <Banner tone="acc" icon="lock">
          This session has ended. The board and the notes stay as they are.
        </Banner>
      ) : null}
      <CopiesBanner waiting={waiting} onCopies={onCopies} />
    </div>
  );
}

function CopiesBanner({ waiting, onCopies }: Pick<BannersProps, "waiting" | "onCopies">) {
  const count = waiting.copies.reduce((sum, { missing }) => sum + missing.length, 0);
  if (count === 0) return null;
  return (
    <Banner tone="warn" icon="history" action={{ label: "Look at them", run: onCopies }}>
      <b>{changesWords(count)} not in this design.</b> A copy is kept in this browser until you
      decide.
    </Banner>
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
  const { rooms } = useSession();
  if (state.kind === "offline") {
    const tryNow = (): void => {
      for (const { connection } of rooms) connection.tryNow();
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
      <b>Your last changes are not saved.</b> {REASONS[reason]}{" "}
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
