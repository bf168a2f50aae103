/** One's own score card: read, filled in, kept by itself, submitted, revised; and what it opens. */

import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import { useNotices } from "../../../ui/notices";
import { ApiError } from "../../api";
import type { DesignEvent } from "../../events";
import { useEvents, useFlow, useSession } from "../../session";
import { sentenceOf, useAction, useFailure } from "../../useAction";

import { createCardApi, type Revised } from "./cardApi";
import {
  type CardReply,
  type Item,
  itemsOf,
  type PanelReply,
  type Rating,
  type Ratings,
  UNRATED,
  type VerdictId,
} from "./cards";
import { Drafts, keepInBrowser, type SaveState } from "./drafts";

export interface CardNow {
  readonly reply: CardReply;
  /** Null until one's own card is in. */
  readonly panel: PanelReply | null;
  readonly items: readonly Item[];
  readonly ratings: Ratings;
  readonly isSubmitted: boolean;
  readonly saving: SaveState;
  readonly isBusy: boolean;
  readonly rate: (item: string, change: (rating: Rating) => Rating) => void;
  /** As it stands in this browser, kept with the verdict. */
  readonly verdictReason: string;
  readonly writeVerdictReason: (reason: string) => void;
  readonly decide: (verdict: VerdictId) => void;
  readonly keepVerdictReason: () => void;
  readonly submit: () => void;
  readonly revise: (item: string, to: Revised) => void;
}

/** Null until the server has answered; "none" where this session has no card to fill in. */
export function useCard(): CardNow | "none" | null {
  const { boot } = useSession();
  const { steps } = useFlow();
  const { announce, toast } = useNotices();
  const fail = useFailure();
  const api = useMemo(() => createCardApi(boot.api), [boot.api]);
  const [reply, setReply] = useState<CardReply | null>(null);
  const [isThere, setThere] = useState(true);
  const [panel, setPanel] = useState<PanelReply | null>(null);
  const [drafted, setDrafted] = useState<Ratings>({});
  const [written, setWritten] = useState<string | null>(null);
  const [saving, setSaving] = useState<SaveState>({ kind: "saved" });
  const drafts = useRef<Drafts<Rating> | null>(null);

  const refresh = useCallback(async () => {
    try {
      const found = await api.card();
      setReply(found);
      if (found.card.status === "submitted") setPanel(await api.panel());
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) setThere(false);
      else fail("Your card could not be read", error);
    }
  }, [api, fail]);

  useEffect(() => {
    const own = new Drafts<Rating>({
      put: async (item, rating) => setReply(await api.rate(item, rating)),
      keep: keepInBrowser(`card/${boot.design.id}/${boot.me.participant ?? ""}`),
      changed: setSaving,
      refused: (_item, error) =>
        toast({ text: "A rating was not saved", more: sentenceOf(error), tone: "bad" }),
    });
    drafts.current = own;
    setDrafted(Object.fromEntries(own.restore()));
    void refresh();
    const comeBack = (): void => void own.flush();
    window.addEventListener("online", comeBack);
    return () => {
      window.removeEventListener("online", comeBack);
      own.stop();
    };
  }, [api, boot, refresh, toast]);

  useEvents(
    useCallback(
      (event: DesignEvent) => {
        if (event.type === "cards.changed" && panel !== null) void refresh();
        // From then on it can be submitted.
        if (event.type === "design.ended") void refresh();
      },
      [refresh, panel],
    ),
  );

  const ratings = useMemo(() => ({ ...reply?.ratings, ...drafted }), [reply, drafted]);
  const rate = (item: string, change: (rating: Rating) => Rating): void => {
    const next = change(ratings[item] ?? UNRATED);
    setDrafted((before) => ({ ...before, [item]: next }));
    drafts.current?.save(item, next);
  };
  const kept = reply?.card.verdict_reason ?? "";
  const verdictReason = written ?? kept;
  const verdict = reply?.card.verdict ?? "";
  const isReasonUnsaved = verdict !== "" && verdictReason !== kept;
  const deciding = useAction("Your verdict was not kept", async (wanted: VerdictId) => {
    setReply(await api.decide(wanted, verdictReason));
  });
  const submitting = useAction("The card was not submitted", async () => {
    if (verdict !== "" && isReasonUnsaved) await api.decide(verdict, verdictReason);
    if ((await drafts.current?.flush()) !== true) throw new Error("Unsaved ratings are left.");
    setReply(await api.submit());
    setDrafted({});
    announce("Your card is submitted. The others are shown beside it.");
    await refresh();
  });
  const revising = useAction("The rating was not revised", async (item: string, to: Revised) => {
    setReply(await api.revise(item, to));
    setPanel(await api.panel());
    announce("Revised. Both values are kept.");
  });
  const items = useMemo(() => (reply === null ? [] : itemsOf(reply.rubric, steps)), [reply, steps]);
  if (!isThere) return "none";
  if (reply === null) return null;
  return {
    reply,
    panel,
    items,
    ratings,
    isSubmitted: reply.card.status === "submitted",
    saving,
    isBusy: deciding.isBusy || submitting.isBusy || revising.isBusy,
    rate,
    verdictReason,
    writeVerdictReason: setWritten,
    decide: deciding.run,
    keepVerdictReason: () => {
      if (verdict !== "" && isReasonUnsaved) deciding.run(verdict);
    },
    submit: submitting.run,
    revise: revising.run,
  };
}
