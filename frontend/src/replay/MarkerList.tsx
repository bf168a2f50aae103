/** All moments to jump to, as a list. */

import { useStore } from "../board/useStore";
import { Icon } from "../ui/Icon";

import { useReplay } from "./session";
import { iconOf } from "./Track";
import { clock } from "./words";

export function MarkerList() {
  const { film, player, contents } = useReplay();
  const markers = useStore(contents, (all) => all.markers);
  const passed = useStore(player.state, ({ shown }) =>
    markers.findLastIndex(({ row }) => row < shown),
  );
  const began = film.rows[0]?.at ?? 0;
  if (markers.length === 0)
    return <p className="rp-none">No step was worked on, and nothing was scored.</p>;
  return (
    <ol className="rp-deeds">
      {markers.map(({ key, kind, title, sign, row }, index) => (
        <li key={key}>
          <button
            type="button"
            className={`inset ${index === passed ? "is-now" : ""}`}
            aria-current={index === passed ? "true" : undefined}
            onClick={() => player.showRow(row)}
          >
            <span className="num t3">{clock((film.rows[row]?.at ?? began) - began)}</span>
            <span className={`rp-sign rp-mark--${kind === "step" ? "step" : "other"}`}>
              {kind === "step" ? sign : <Icon name={iconOf(kind)} size={12} />}
            </span>
            <span>{title}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
