/** What the strokes of connections mean. */

import { CONNECTION_KINDS, type ConnectionKind } from "../document/types";

import { LOOKS } from "./lines";

export const KIND_NAMES: Readonly<Record<ConnectionKind, string>> = {
  request: "Request",
  data: "Data",
  training: "Training",
  event: "Event",
};

export function Legend() {
  return (
    <ul className="float legend" aria-label="Kinds of connection">
      {CONNECTION_KINDS.map((kind) => (
        <li key={kind}>
          <KindLine kind={kind} />
          {KIND_NAMES[kind]}
        </li>
      ))}
    </ul>
  );
}

export function KindLine({ kind }: { readonly kind: ConnectionKind }) {
  const { width, dash, cap } = LOOKS[kind];
  return (
    <svg className={`kind-line kind-line--${kind}`} viewBox="0 0 24 8" aria-hidden="true">
      <path d="M0 4h24" strokeWidth={width} strokeDasharray={dash.join(" ")} strokeLinecap={cap} />
    </svg>
  );
}
