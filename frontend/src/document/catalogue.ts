/** The types of components that a design may use. The server's content packs fill it in. */

import type { ConnectionKind } from "./types";

export type Hue = "blue" | "slate" | "green" | "amber" | "violet" | "rose";

export interface ComponentType {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly hue: Hue;
  /** Symbol id in the icon sprite, without `#`. */
  readonly icon: string;
  readonly aliases: readonly string[];
  /** The kind of connection proposed when one is drawn from this type, by target type; "*" is the rest. */
  readonly outgoing: Readonly<Record<string, ConnectionKind>>;
}

export interface Category {
  readonly id: string;
  readonly name: string;
  readonly hue: Hue;
}

export interface Catalogue {
  readonly version: string;
  readonly categories: readonly Category[];
  readonly components: readonly ComponentType[];
}
