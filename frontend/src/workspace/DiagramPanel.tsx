/** The board as Graphviz draws it, current and ready to take away. */

import { useEffect, useRef, useState } from "react";

import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { Menu } from "../ui/Menu";
import { useTheme } from "../ui/theme";

import type { ExportFormat } from "./api";
import { download } from "./download";
import { useSession } from "./session";
import { Skeleton } from "./Skeleton";
import { useAction } from "./useAction";
import { useDiagram } from "./useDiagram";

const ZOOM_STEPS = [1, 1.5, 2, 3, 4.5, 7] as const;
const FORMATS: readonly ExportFormat[] = ["svg", "png", "pdf"];

export interface DiagramPanelProps {
  readonly mayExport: boolean;
  /** Null where the panel is as wide as it can be. */
  readonly widen: { readonly isWide: boolean; readonly toggle: () => void } | null;
}

export function DiagramPanel({ mayExport, widen }: DiagramPanelProps) {
  const { picture, note, error } = useDiagram(useTheme());
  const [zoom, setZoom] = useState(0);
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => place.current?.replaceChildren(...(picture ? [picture] : [])), [picture]);
  useEffect(() => {
    place.current?.style.setProperty("--picture-zoom", String(ZOOM_STEPS[zoom]));
  }, [zoom]);

  return (
    <div className="diagram">
      <div className="diagram-bar">
        <IconButton
          icon="minus"
          label="Smaller diagram"
          size={28}
          disabled={zoom === 0}
          onClick={() => setZoom(zoom - 1)}
        />
        <IconButton
          icon="plus"
          label="Larger diagram"
          size={28}
          disabled={zoom === ZOOM_STEPS.length - 1}
          onClick={() => setZoom(zoom + 1)}
        />
        <IconButton icon="fit" label="Fit the diagram" size={28} onClick={() => setZoom(0)} />
        {widen === null ? null : (
          <button type="button" className="btn btn--ghost btn--sm" onClick={widen.toggle}>
            {widen.isWide ? "Beside the board" : "Use the whole width"}
          </button>
        )}
        <span className="sp" />
        {mayExport ? <ExportMenu /> : null}
      </div>
      {error === null ? null : (
        <p className="hint hint--bad" role="alert">
          <Icon name="warn" />
          <span>
            {error} {picture === null ? "" : "The last good picture stays."}
          </span>
        </p>
      )}
      {note === null ? null : (
        <p className="hint">
          <Icon name="info" size={14} />
          {note}
        </p>
      )}
      {/* A wide picture is scrolled, also by keyboard, so its region takes focus. */}
      {/* eslint-disable jsx-a11y/no-noninteractive-tabindex */}
      <div
        ref={place}
        className="picture inset"
        role="region"
        aria-label="Diagram of the board"
        tabIndex={0}
      />
      {/* eslint-enable jsx-a11y/no-noninteractive-tabindex */}
      {picture === null && error === null ? <Skeleton label="The diagram is being drawn" /> : null}
    </div>
  );
}

function ExportMenu() {
  const { api } = useSession();
  const theme = useTheme();
  const { run, isBusy } = useAction("The file was not made", async (format: ExportFormat) => {
    download(await api.exportDiagram(format, theme));
  });
  const items = FORMATS.map((format) => ({
    label: format.toUpperCase(),
    icon: "download",
    run: () => run(format),
  }));
  return (
    <Menu
      sections={[{ items }]}
      button={(button) => (
        <button type="button" className="btn btn--sm" disabled={isBusy} {...button}>
          {isBusy ? <span className="spin" /> : <Icon name="download" size={14} />}
          Download
        </button>
      )}
    />
  );
}
