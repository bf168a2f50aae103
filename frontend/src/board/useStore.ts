/** What components read: a part of a store, or whatever the view told last. */

import { useSyncExternalStore } from "react";

import type { Store } from "../tools/store";

import type { Session } from "./session";

/** The component renders again when the selected part changes. */
export function useStore<T, Part>(store: Store<T>, select: (value: T) => Part): Part {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

/** The component renders again after each flush; for the few whose content hangs on many items. */
export function useFlush(session: Session): number {
  return useSyncExternalStore(session.view.subscribe, session.view.version);
}
