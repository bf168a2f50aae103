/** One sentence across the top of the workspace, with at most one thing to do about it. */

import type { ReactNode } from "react";

import { Icon } from "../ui/Icon";

interface BannerProps {
  readonly tone: "warn" | "bad" | "acc";
  readonly icon: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly children: ReactNode;
}

export function Banner({ tone, icon, action, children }: BannerProps) {
  return (
    <div className={`banner banner--${tone}`} role={tone === "bad" ? "alert" : "status"}>
      <Icon name={icon} />
      <span>{children}</span>
      <span className="sp" />
      {action === undefined ? null : (
        <button type="button" className="btn btn--sm" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  );
}
