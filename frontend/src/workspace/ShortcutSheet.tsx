/** All keys on one sheet, with a filter. */

import { useState } from "react";

import { Dialog } from "../ui/Dialog";

import { type SheetLine, sheetSections } from "./shortcuts";

export interface ShortcutSheetProps {
  readonly mayRate: boolean;
  readonly onClose: () => void;
}

export function ShortcutSheet({ mayRate, onClose }: ShortcutSheetProps) {
  const [wanted, setWanted] = useState("");
  const fits = (line: SheetLine): boolean =>
    line.name.toLowerCase().includes(wanted.trim().toLowerCase());
  const sections = sheetSections(mayRate)
    .map((section) => ({ ...section, lines: section.lines.filter(fits) }))
    .filter((section) => section.lines.length > 0);
  return (
    <Dialog title="Shortcuts" onClose={onClose} wide>
      <input
        type="search"
        data-focus-first
        className="input"
        placeholder="Find a shortcut"
        aria-label="Find a shortcut"
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      {sections.length === 0 ? <p className="t2">No shortcut has this name.</p> : null}
      <div className="cols">
        {sections.map(({ title, lines }) => (
          <section key={title}>
            <h3 className="over">{title}</h3>
            {lines.map((line) => (
              <div className="kr" key={line.name}>
                <span>{line.name}</span>
                <Keys alternatives={line.keys} />
              </div>
            ))}
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Keys({ alternatives }: { readonly alternatives: SheetLine["keys"] }) {
  return (
    <span className="ks">
      {alternatives.map((keys, index) => (
        <span className="ks" key={keys.join(" ")}>
          {index === 0 ? null : <i>or</i>}
          {keys.map((key) => (
            <span className="kbd" key={key}>
              {key}
            </span>
          ))}
        </span>
      ))}
    </span>
  );
}
