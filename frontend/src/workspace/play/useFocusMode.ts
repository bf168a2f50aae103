/** For who is to see the board alone: it opens like that, once; what they choose after stays. */

import { useEffect, useEffectEvent } from "react";

import type { ViewMode } from "../views";

export function useFocusMode(isOn: boolean, setMode: (mode: ViewMode) => void): void {
  const focus = useEffectEvent(() => setMode("board"));
  useEffect(() => {
    if (isOn) focus();
  }, [isOn]);
}
