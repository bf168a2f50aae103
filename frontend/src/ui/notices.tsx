/** Short messages: toasts that are seen, announcements that are heard. */

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";

import { Icon } from "./Icon";
import { IconButton } from "./IconButton";

export interface Toast {
  readonly text: string;
  /** A second line: what was kept, what to do. */
  readonly more?: string;
  readonly tone?: "good" | "bad" | "plain";
  readonly action?: { readonly label: string; readonly run: () => void };
}

export interface Notices {
  readonly toast: (toast: Toast) => void;
  /** For screen readers only. */
  readonly announce: (text: string) => void;
}

interface ShownToast extends Toast {
  readonly id: number;
}

const SHOW_MS = 6_000;
const MOST_SHOWN = 4;

const NoticesContext = createContext<Notices | null>(null);

export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (notices === null) throw new Error("useNotices is called outside NoticesProvider.");
  return notices;
}

let lastId = 0;

export function NoticesProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly ShownToast[]>([]);
  const [spoken, setSpoken] = useState("");

  const dismiss = useCallback((id: number) => {
    setToasts((shown) => shown.filter((toast) => toast.id !== id));
  }, []);

  const notices = useMemo<Notices>(
    () => ({
      toast: (toast) => {
        const id = ++lastId;
        setToasts((shown) => [...shown, { ...toast, id }].slice(-MOST_SHOWN));
        // What went wrong, or can be acted on, waits until it was read.
        if (toast.tone !== "bad" && !toast.action) setTimeout(() => dismiss(id), SHOW_MS);
      },
      // The same words twice are two messages: a no-break space makes them differ.
      announce: (text) => setSpoken((before) => (before === text ? `${text}\u00a0` : text)),
    }),
    [dismiss],
  );

  return (
    <NoticesContext value={notices}>
      {children}
      <div className="sr" role="status">
        {spoken}
      </div>
      <div className="toasts">
        {toasts.map((toast) => (
          <ToastView key={toast.id} toast={toast} onDismiss={() => dismiss(toast.id)} />
        ))}
      </div>
    </NoticesContext>
  );
}

const ICONS = { good: "check", bad: "warn", plain: "info" } as const;

interface ToastViewProps {
  readonly toast: Toast;
  readonly onDismiss: () => void;
}

function ToastView({ toast, onDismiss }: ToastViewProps) {
  const { text, more, tone = "plain", action } = toast;
  return (
    <div className="pop toast" role={tone === "bad" ? "alert" : "status"}>
      <Icon name={ICONS[tone]} className={tone} />
      <div>
        {text}
        {more === undefined ? null : <p>{more}</p>}
      </div>
      <span className="sp" />
      {action === undefined ? null : (
        <button
          type="button"
          className="btn btn--ghost btn--sm"
          onClick={() => {
            onDismiss();
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <IconButton icon="x" label="Dismiss" size={28} onClick={onDismiss} />
    </div>
  );
}
