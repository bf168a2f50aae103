/** The one dialog that is open over the workspace, if any. */

import { type PaletteCommand, CommandPalette } from "./CommandPalette";
import { EndDialog } from "./EndDialog";
import { RenameDialog } from "./RenameDialog";
import { ShareDialog } from "./ShareDialog";
import { ShortcutSheet } from "./ShortcutSheet";

export type Overlay = "share" | "shortcuts" | "commands" | "rename" | "end";

export interface OverlaysProps {
  readonly overlay: Overlay | null;
  readonly title: string;
  /** Made when the palette opens: it lists what is on the board then. */
  readonly commands: () => readonly PaletteCommand[];
  readonly onClose: () => void;
}

export function Overlays({ overlay, title, commands, onClose }: OverlaysProps) {
  switch (overlay) {
    case "share":
      return <ShareDialog title={title} onClose={onClose} />;
    case "shortcuts":
      return <ShortcutSheet onClose={onClose} />;
    case "commands":
      return <CommandPalette commands={commands()} onClose={onClose} />;
    case "rename":
      return <RenameDialog title={title} onClose={onClose} />;
    case "end":
      return <EndDialog onClose={onClose} />;
    case null:
      return null;
  }
}
