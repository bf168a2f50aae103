/** One value and those who want to know when it changes. */

export interface Store<T> {
  readonly get: () => T;
  readonly set: (value: T) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Changes some fields of a record; the same values again are no change. */
export function merge<T extends object>(store: Store<T>, part: Partial<T>): void {
  const now = store.get();
  const isNew = Object.entries(part).some(([key, value]) => now[key as keyof T] !== value);
  if (isNew) store.set({ ...now, ...part });
}
