/** Keeps what is typed into a card until the server has it: soon, and again when it was away. */

import { ApiError } from "../../api";

export type SaveState =
  { readonly kind: "saved" | "saving" } | { readonly kind: "offline"; readonly kept: number };

/** Where unsaved changes outlive the page. */
export interface Keep {
  read(): Readonly<Record<string, unknown>>;
  write(unsaved: Readonly<Record<string, unknown>>): void;
}

export interface DraftOptions<Value> {
  /** Resolves once the server has stored it. */
  readonly put: (item: string, value: Value) => Promise<void>;
  readonly keep: Keep;
  readonly changed: (state: SaveState) => void;
  /** The server will never take this one. */
  readonly refused: (item: string, error: unknown) => void;
  readonly quietMs?: number;
  readonly retryMs?: number;
}

export class Drafts<Value> {
  private readonly unsaved = new Map<string, Value>();
  private readonly options: Required<DraftOptions<Value>>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending: Promise<void> | null = null;

  constructor(options: DraftOptions<Value>) {
    this.options = { quietMs: 500, retryMs: 3000, ...options };
  }

  /** What an earlier page could not store. It is sent now, and shown instead of what the server has. */
  restore(): ReadonlyMap<string, Value> {
    // Only `save` writes there, and only values of this type.
    const kept = Object.entries(this.options.keep.read()) as [string, Value][];
    for (const [item, value] of kept) this.unsaved.set(item, value);
    if (kept.length > 0) this.schedule(0);
    return new Map(kept);
  }

  save(item: string, value: Value): void {
    this.unsaved.set(item, value);
    this.remember();
    this.options.changed({ kind: "saving" });
    this.schedule(this.options.quietMs);
  }

  /** Sends at once. True when the server has everything. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    while (this.sending !== null) await this.sending;
    if (this.unsaved.size === 0) return true;
    this.sending = this.send().finally(() => (this.sending = null));
    await this.sending;
    return this.unsaved.size === 0;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private schedule(delayMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), delayMs);
  }

  private async send(): Promise<void> {
    for (const [item, value] of [...this.unsaved]) {
      try {
        await this.options.put(item, value);
      } catch (error) {
        if (isWorthATry(error)) {
          this.options.changed({ kind: "offline", kept: this.unsaved.size });
          this.schedule(this.options.retryMs);
          return;
        }
        this.options.refused(item, error);
      }
      // It may have been changed again while it was on its way.
      if (this.unsaved.get(item) === value) this.unsaved.delete(item);
      this.remember();
    }
    if (this.unsaved.size === 0) this.options.changed({ kind: "saved" });
    else this.schedule(this.options.quietMs);
  }

  private remember(): void {
    this.options.keep.write(Object.fromEntries(this.unsaved));
  }
}

/** Away, or at fault itself: the same request may do later. */
const isWorthATry = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status >= 500 || error.status === 429);

export function keepInBrowser(key: string): Keep {
  return {
    read: () => {
      const stored = localStorage.getItem(key);
      return stored === null ? {} : (JSON.parse(stored) as Record<string, unknown>);
    },
    write: (unsaved) => {
      if (Object.keys(unsaved).length === 0) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(unsaved));
    },
  };
}

export function saveWords(state: SaveState): string {
  if (state.kind !== "offline") return state.kind === "saved" ? "Saved" : "Saving";
  return `Offline: ${state.kept} ${state.kept === 1 ? "change" : "changes"} kept here`;
}
