/** The keys of the replay: which press means what. */

export type ReplayCommand =
  | "toggle"
  | "next"
  | "previous"
  | "forward"
  | "back"
  | "start"
  | "end"
  | "marker.next"
  | "marker.previous";

const PLAIN: Readonly<Record<string, ReplayCommand>> = {
  " ": "toggle",
  ArrowRight: "next",
  ArrowLeft: "previous",
  PageUp: "forward",
  PageDown: "back",
  Home: "start",
  End: "end",
  "]": "marker.next",
  "[": "marker.previous",
};
const SHIFTED: Readonly<Record<string, ReplayCommand>> = {
  ArrowRight: "forward",
  ArrowLeft: "back",
};
/** On the slider, the keys that sliders have. */
const SLIDING: Readonly<Record<string, ReplayCommand>> = { ArrowUp: "next", ArrowDown: "previous" };

/** What has the focus, as far as it has uses of its own for a key. */
export type Focus = "text" | "arrows" | "button" | "slider" | "other";

export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof HTMLElement)) return "other";
  if (target.closest("[role=slider]")) return "slider";
  if (target.closest(".cm-editor, input, textarea, select, [contenteditable=true]")) return "text";
  if (target.closest("[role=menu], [role=tablist], [role=listbox]")) return "arrows";
  return target.closest("button, a[href], summary") ? "button" : "other";
}

/** Null for a press that is not the replay's. */
export function commandOf(
  event: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">,
  focus: Focus,
): ReplayCommand | null {
  if (event.ctrlKey || event.metaKey || event.altKey || focus === "text") return null;
  if (focus === "arrows" && event.key !== "[" && event.key !== "]") return null;
  if (focus === "button" && event.key === " ") return null;
  if (focus === "slider" && event.key in SLIDING) return SLIDING[event.key] ?? null;
  return (event.shiftKey ? SHIFTED[event.key] : PLAIN[event.key]) ?? null;
}
