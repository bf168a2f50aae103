/** The shared texts of the notes, as React sees them come and change. */

import { useCallback, useMemo, useSyncExternalStore } from "react";
import type * as Y from "yjs";

type Notes = Y.Map<Y.Text>;

/** Null until the text has arrived. */
export function useText(notes: Notes, key: string): Y.Text | null {
  const subscribe = useCallback(
    (listener: () => void) => {
      notes.observe(listener);
      return () => notes.unobserve(listener);
    },
    [notes],
  );
  return useSyncExternalStore(subscribe, () => notes.get(key) ?? null);
}

export function useWordCount(text: Y.Text): number {
  const subscribe = useCallback(
    (listener: () => void) => {
      text.observe(listener);
      return () => text.unobserve(listener);
    },
    [text],
  );
  return useSyncExternalStore(subscribe, () => countWords(text.toJSON()));
}

export const countWords = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

/** What is written, by step. */
export function useWrittenTexts(notes: Notes): ReadonlyMap<string, string> {
  const subscribe = useDeeply(notes);
  const written = useSyncExternalStore(subscribe, () => JSON.stringify(writtenIn(notes)));
  return useMemo(() => new Map(JSON.parse(written) as [string, string][]), [written]);
}

const writtenIn = (notes: Notes): readonly (readonly [string, string])[] =>
  [...notes].flatMap(([step, text]) => (text.length > 0 ? [[step, text.toJSON()] as const] : []));

/** Ids of the steps in which something is written. */
export function useWrittenSteps(notes: Notes): ReadonlySet<string> {
  const subscribe = useDeeply(notes);
  // A string stays equal while nothing changes, which a new set would not.
  const written = useSyncExternalStore(subscribe, () =>
    [...notes].flatMap(([step, text]) => (text.length > 0 ? [step] : [])).join(" "),
  );
  return useMemo(() => new Set(written.split(" ")), [written]);
}

function useDeeply(notes: Notes): (listener: () => void) => () => void {
  return useCallback(
    (listener) => {
      notes.observeDeep(listener);
      return () => notes.unobserveDeep(listener);
    },
    [notes],
  );
}
