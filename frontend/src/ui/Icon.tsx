/** A symbol of the product's one icon sprite. */

import { createContext, useContext } from "react";

/** Address of the sprite; the page's bootstrap names it. */
export const SpriteContext = createContext("");

export interface IconProps {
  readonly name: string;
  readonly size?: 12 | 14 | 16 | 18 | 20;
  readonly className?: string;
}

/** Decoration only: the words beside it, or the button's label, say what it means. */
export function Icon({ name, size = 16, className = "" }: IconProps) {
  const sprite = useContext(SpriteContext);
  const sizeClass = size === 16 ? "" : `i-${size}`;
  return (
    <svg className={`i ${sizeClass} ${className}`} aria-hidden="true">
      <use href={`${sprite}#${name}`} />
    </svg>
  );
}
