/** What restoring a version would change, by what happens to it. */

import type { BoardDocument } from "../../document/open";
import type { Difference, ItemChange } from "../../document/restoring";
import { stepTitle, titleOf } from "../aside/words";
import { allSteps } from "../flows";
import { useSession } from "../session";

const WORDS: Readonly<Record<ItemChange["how"], string>> = {
  added: "Comes back",
  changed: "Becomes as it was",
  removed: "Goes",
};

export interface DifferenceListProps {
  readonly difference: Difference;
  readonly earlier: BoardDocument;
}

export function DifferenceList({ difference, earlier }: DifferenceListProps) {
  const { boot, board } = useSession();
  const steps = allSteps(boot);
  return (
    <ul className="kept">
      {(["added", "changed", "removed"] as const).map((how) => {
        const content = how === "removed" ? board : earlier;
        const names = difference.items
          .filter((one) => one.how === how)
          .map((one) => titleOf(one, content, boot.catalogue));
        return names.length === 0 ? null : <Row key={how} title={WORDS[how]} names={names} />;
      })}
      {difference.notes.length === 0 ? null : (
        <Row
          title="Notes become as they were"
          names={difference.notes.map((step) => stepTitle(step, steps))}
        />
      )}
    </ul>
  );
}

function Row({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  return (
    <li>
      <span>
        {title}
        <small>{names.join(" · ")}</small>
      </span>
    </li>
  );
}
