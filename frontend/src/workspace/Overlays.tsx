/** The one dialog that is open over the workspace, if any. */

import { lazy, Suspense } from "react";

import type { Waiting } from "./aside/useWaiting";
import type { Action } from "./bootstrap";
import { type PaletteCommand, CommandPalette } from "./CommandPalette";
import { EndDialog } from "./EndDialog";
import { ReopenDialog } from "./play/ReopenDialog";
import { usePlaying } from "./play/usePlay";
import { RenameDialog } from "./RenameDialog";
import { ShareDialog } from "./ShareDialog";
import { ShortcutSheet } from "./ShortcutSheet";
import { SwitchFlowDialog } from "./SwitchFlowDialog";

/** Few pages ever need these. */
const CopyDialog = lazy(async () => ({
  default: (await import("./aside/CopyDialog")).CopyDialog,
}));

const VersionsDialog = lazy(async () => ({
  default: (await import("./versions/VersionsDialog")).VersionsDialog,
}));

export type Overlay =
  "share" | "shortcuts" | "commands" | "rename" | "flow" | "end" | "copy" | "reopen" | "versions";

export interface OverlaysProps {
  readonly overlay: Overlay | null;
  readonly title: string;
  /** Made when the palette opens: it lists what is on the board then. */
  readonly commands: () => readonly PaletteCommand[];
  readonly waiting: Waiting;
  readonly can: ReadonlySet<Action>;
  readonly onClose: () => void;
}

export function Overlays(props: OverlaysProps) {
  const { overlay, title, commands, waiting, can, onClose } = props;
  const playing = usePlaying();
  switch (overlay) {
    case "share":
      return <ShareDialog title={title} onClose={onClose} />;
    case "shortcuts":
      return <ShortcutSheet mayRate={can.has("read_scores")} onClose={onClose} />;
    case "commands":
      return <CommandPalette commands={commands()} onClose={onClose} />;
    case "rename":
      return <RenameDialog title={title} onClose={onClose} />;
    case "flow":
      return <SwitchFlowDialog onClose={onClose} />;
    case "end":
      return <EndDialog onClose={onClose} />;
    case "reopen":
      return playing === null ? null : <ReopenDialog playing={playing} onClose={onClose} />;
    case "versions":
      return (
        <Suspense>
          <VersionsDialog can={can} onClose={onClose} />
        </Suspense>
      );
    case "copy":
      return <FirstCopy waiting={waiting} can={can} onClose={onClose} />;
    case null:
      return null;
  }
}

/** One copy after the other, until none is left. */
function FirstCopy({ waiting, can, onClose }: Pick<OverlaysProps, "waiting" | "can" | "onClose">) {
  const [first, ...more] = waiting.copies;
  if (first === undefined) return null;
  const decided = (): void => {
    onClose();
    void waiting.look();
  };
  return (
    <Suspense>
      <CopyDialog
        waiting={first}
        more={more.length}
        can={can}
        onDecided={decided}
        onClose={onClose}
      />
    </Suspense>
  );
}
