/** What to do first, while there is nothing on the board. */

import { keyOf } from "../tools/keys";
import { Icon } from "../ui/Icon";

import type { Session } from "./session";
import { useStore } from "./useStore";

interface EmptyStateProps {
  readonly session: Session;
  readonly readOnly: boolean;
}

export function EmptyState({ session, readOnly }: EmptyStateProps) {
  const isEmpty = useStore(session.nodes, (nodes) => nodes.length === 0);
  if (!isEmpty) return null;
  return (
    <div className="empty board-empty">
      <span className="tile h-violet">
        <Icon name="component" />
      </span>
      <b>Nothing on the board</b>
      {!readOnly && (
        <p>
          Type <span className="kbd">{keyOf("tool.component")}</span> and a name, or paste{" "}
          <span className="mono">client -&gt; api -&gt; ranker</span>.
        </p>
      )}
    </div>
  );
}
