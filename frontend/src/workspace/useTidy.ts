/** Tidy: asks the server for places and puts everything there as one step that can be undone. */

import { useCallback, useState } from "react";

import { applyTidy } from "../board";
import { useNotices } from "../ui/notices";

import { useSession } from "./session";
import { useFailure } from "./useAction";

export function useTidy(): () => void {
  const { api, board } = useSession();
  const { announce, toast } = useNotices();
  const fail = useFailure();
  const [isBusy, setBusy] = useState(false);

  const tidy = useCallback(async () => {
    setBusy(true);
    try {
      const moved = applyTidy(board, await api.layout());
      if (moved === 0) toast({ text: "Everything is in its place already" });
      else announce(moved === 1 ? "1 part moved" : `${moved} parts moved`);
    } catch (error) {
      fail("The board was not tidied", error);
    } finally {
      setBusy(false);
    }
  }, [announce, api, board, fail, toast]);

  return useCallback(() => {
    if (!isBusy) void tidy();
  }, [isBusy, tidy]);
}
