/** The keys of a score card: what each does, for the item that has the focus. */

export type CardCommand =
  | { readonly type: "move"; readonly by: 1 | -1 }
  | { readonly type: "level"; readonly level: number }
  | { readonly type: "state"; readonly state: "NE" | "NA" }
  | {
      readonly type:
        "reason" | "confidence" | "probed" | "evidence" | "criteria" | "submit" | "back";
    };

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

/** Null for a key that is not the card's. While somebody types, letters are letters. */
export function cardCommandOf(press: Press, isTyping: boolean): CardCommand | null {
  const { key, altKey } = press;
  const control = press.ctrlKey || press.metaKey;
  if (control) return key === "Enter" ? { type: "submit" } : null;
  if (altKey) return null;
  if (isTyping) return key === "Escape" ? { type: "back" } : null;
  if (/^[1-4]$/.test(key)) return { type: "level", level: Number(key) };
  return SINGLE_KEYS[key.length === 1 ? key.toLowerCase() : key] ?? null;
}

const SINGLE_KEYS: Readonly<Record<string, CardCommand>> = {
  ArrowDown: { type: "move", by: 1 },
  ArrowUp: { type: "move", by: -1 },
  j: { type: "move", by: 1 },
  k: { type: "move", by: -1 },
  n: { type: "state", state: "NE" },
  a: { type: "state", state: "NA" },
  r: { type: "reason" },
  c: { type: "confidence" },
  q: { type: "probed" },
  e: { type: "evidence" },
  Enter: { type: "criteria" },
};
