/** Runs a request from a button: busy while it lasts, and a toast with the sentence when it fails. */

import { useCallback, useState } from "react";

import { useNotices } from "../ui/notices";

import { ApiError } from "./api";

export function useAction<Args extends unknown[]>(
  failed: string,
  action: (...args: Args) => Promise<void>,
): { readonly run: (...args: Args) => void; readonly isBusy: boolean } {
  const { toast } = useNotices();
  const [isBusy, setBusy] = useState(false);
  const attempt = async (...args: Args): Promise<void> => {
    setBusy(true);
    try {
      await action(...args);
    } catch (error) {
      toast({ text: failed, more: sentenceOf(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return { run: (...args) => void attempt(...args), isBusy };
}

/** What the API said; anything else is a fault of this page and says so in the console. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  console.error(error);
  return "Something in this page went wrong. Nothing was changed.";
}

/** Shows a failure that no button of this component caused. */
export function useFailure(): (failed: string, error: unknown) => void {
  const { toast } = useNotices();
  return useCallback(
    (failed, error) => toast({ text: failed, more: sentenceOf(error), tone: "bad" }),
    [toast],
  );
}
