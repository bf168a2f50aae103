/** A modal dialog on the browser's own: it keeps the focus inside, closes on Esc, and gives focus back. */

import { type ReactNode, useEffect, useId, useRef } from "react";

import { IconButton } from "./IconButton";

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
  readonly wide?: boolean;
}

export function Dialog({ title, onClose, children, foot, wide = false }: DialogProps) {
  const dialog = useModal();
  const titleId = useId();
  return (
    <dialog
      ref={dialog}
      className={`pop dlg ${wide ? "dlg--wide" : ""}`}
      aria-labelledby={titleId}
      onClose={onClose}
    >
      <div className="dlg-head">
        <h2 id={titleId}>{title}</h2>
        <span className="sp" />
        <IconButton icon="x" label="Close" size={28} onClick={onClose} />
      </div>
      <div className="dlg-body">{children}</div>
      {foot === undefined ? null : <div className="dlg-foot">{foot}</div>}
    </dialog>
  );
}

/** A dialog element that is open, and modal, while it is mounted. Focus goes to [data-focus-first]. */
export function useModal() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>("[data-focus-first]")?.focus();
    return () => element?.close();
  }, []);
  return dialog;
}
