/** A button that shows a symbol only: the label is for screen readers and, with its key, the tip. */

import type { ComponentProps } from "react";

import { Icon } from "./Icon";

export interface IconButtonProps extends ComponentProps<"button"> {
  readonly icon: string;
  readonly label: string;
  readonly shortcut?: string;
  readonly size?: 24 | 28 | 32;
}

const SIZE_CLASSES = { 24: "icon-btn--sm", 28: "icon-btn--28", 32: "" } as const;

export function IconButton(props: IconButtonProps) {
  const { icon, label, shortcut, size = 32, className = "", ...rest } = props;
  return (
    <button
      type="button"
      className={`icon-btn ${SIZE_CLASSES[size]} ${className}`}
      aria-label={label}
      title={shortcut === undefined ? label : `${label}  ${shortcut}`}
      {...rest}
    >
      <Icon name={icon} size={size === 32 ? 18 : 16} />
    </button>
  );
}
