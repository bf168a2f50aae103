/** What is replayed, that nothing here changes it, whom the view follows, and the way out. */

import { useStore } from "../board/useStore";
import { Face } from "../ui/Face";
import { Icon } from "../ui/Icon";
import { Menu, type MenuItem } from "../ui/Menu";
import type { Person } from "../workspace/history";

import { type Following, useReplay } from "./session";
import { period } from "./words";

export function Bar() {
  const { boot, film, contents } = useReplay();
  const { title, id } = boot.design;
  useStore(contents, ({ count }) => count);
  const [first, last] = [film.rows[0], film.rows.at(-1)];
  const when = first && last ? `, ${period(first.at, last.at)}` : "";
  return (
    <header className="ws-top rp-top">
      <a className="mark" href="/" aria-label="All sessions" title="All sessions">
        <Icon name="logo" />
      </a>
      <div className="who">
        <h1 className="clip" title={title}>
          {title}
        </h1>
        <span className="clip">Replay{when}</span>
      </div>
      <span className="sp" />
      <span className="state rp-asis">
        <Icon name="eye" size={14} />
        {boot.me.can.includes("read_history")
          ? "You see the board as it was. Nothing here changes it."
          : "You see the board as it was, without what was deleted."}
      </span>
      <span className="sp" />
      <FollowMenu />
      <a className="btn rp-back" href={`/designs/${id}/`} aria-label="Back to the board">
        <Icon name="graph" size={14} />
        <span>Back to the board</span>
      </a>
    </header>
  );
}

function FollowMenu() {
  const { contents, following } = useReplay();
  const people = [...useStore(contents, (all) => all.people).values()];
  const now = useStore(following, (one) => one);
  const followed =
    now.type === "person" ? people.find((one) => one.participant === now.participant) : undefined;
  const item = (label: string, icon: string, next: Following): MenuItem => ({
    label,
    icon,
    run: () => following.set(next),
  });
  return (
    <Menu
      sections={[
        {
          title: "The view follows",
          items: [
            item("Everybody", "users", { type: "everybody" }),
            ...people.map(({ name, participant }) =>
              item(name, "user", { type: "person", participant }),
            ),
          ],
        },
        { items: [item("Nobody, it stays where I put it", "pin", { type: "nobody" })] },
      ]}
      button={(button) => (
        <button
          type="button"
          className="btn rp-follow"
          aria-label={labelOf(now, followed)}
          {...button}
        >
          {followed ? (
            <Face name={followed.name} color={followed.color} size={18} />
          ) : (
            <Icon name={now.type === "nobody" ? "pin" : "follow"} size={14} />
          )}
          <span className="clip">{labelOf(now, followed)}</span>
          <Icon name="chev-d" size={14} />
        </button>
      )}
    />
  );
}

function labelOf({ type }: Following, followed: Person | undefined): string {
  if (type === "nobody") return "Follow nobody";
  return `Follow ${followed?.name ?? "everybody"}`;
}
