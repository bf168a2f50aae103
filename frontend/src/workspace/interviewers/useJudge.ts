/** The judge's consent for this board, and its reading of the score that is shown. */

import { useCallback, useEffect, useState } from "react";

import type { DesignEvent } from "../events";
import { useEvents, useSession } from "../session";
import { useAction, useFailure } from "../useAction";

import type { JudgeConsent, Judgement } from "./judging";

export interface JudgeNow {
  /** Null until the server has answered, and where it has no judge. */
  readonly consent: JudgeConsent | null;
  readonly judgement: Judgement | null;
  readonly isBusy: boolean;
  readonly setGiven: (given: boolean) => void;
  readonly ask: () => void;
}

/** run: whose result is shown, if any. */
export function useJudge(run: string | null): JudgeNow {
  const { api } = useSession();
  const fail = useFailure();
  const [consent, setConsent] = useState<JudgeConsent | null>(null);
  const [judgement, setJudgement] = useState<Judgement | null>(null);
  const isThere = consent !== null;

  useEffect(() => {
    api
      .judgeConsent()
      .then((found) => setConsent(found.available ? found : null))
      .catch((error: unknown) => fail("The judge's consent could not be read", error));
  }, [api, fail]);

  const refresh = useCallback(async () => {
    if (run === null || !isThere) return;
    try {
      setJudgement(await api.judgement(run));
    } catch (error) {
      fail("The second reading could not be read", error);
    }
  }, [api, fail, run, isThere]);
  useEffect(() => void refresh(), [refresh]);
  useEvents(
    useCallback(
      (event: DesignEvent) => {
        if (event.type.startsWith("judge.")) void refresh();
      },
      [refresh],
    ),
  );

  const changing = useAction("The consent was not changed", async (given: boolean) => {
    setConsent(await api.setJudgeConsent(given));
  });
  const asking = useAction("The second reading did not start", async () => {
    if (run !== null) setJudgement(await api.askJudge(run));
  });
  return {
    consent,
    // Of an earlier run it says nothing about what is shown.
    judgement: judgement?.run === run ? judgement : null,
    isBusy: changing.isBusy || asking.isBusy,
    setGiven: changing.run,
    ask: asking.run,
  };
}
