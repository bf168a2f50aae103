/** What one should know about what is here: that more has happened, or that something went wrong. */

import { useStore } from "../board/useStore";
import { Icon } from "../ui/Icon";

import { useReplay } from "./session";

export function Messages() {
  const { boot, loader, contents } = useReplay();
  const { state, problem, newer } = useStore(loader.status, (status) => status);
  const count = useStore(contents, (all) => all.count);
  return (
    <div className="banners" role="status">
      {state === "failed" ? (
        <p className="banner banner--warn">
          <Icon name="warn" />
          <span>
            {problem} {count > 0 ? `The first ${count} changes are here.` : ""}
          </span>
          <span className="sp" />
          <button type="button" className="btn btn--sm" onClick={() => void loader.load()}>
            Try again
          </button>
        </p>
      ) : null}
      {state === "restored" ? (
        <p className="banner banner--warn">
          <Icon name="warn" />
          <span>The server has been restored from a backup. What is here may be out of date.</span>
          <span className="sp" />
          <a className="btn btn--sm" href={window.location.pathname}>
            Load it again
          </a>
        </p>
      ) : null}
      {state === "waiting" && newer > 0 ? (
        <p className="banner banner--acc">
          <Icon name="refresh" />
          <span>{newer === 1 ? "1 newer change." : `${newer} newer changes.`}</span>
          <span className="sp" />
          <button type="button" className="btn btn--sm" onClick={() => void loader.load()}>
            Load
          </button>
        </p>
      ) : null}
      {state === "waiting" && count === 1 ? (
        <p className="banner banner--acc">
          <Icon name="info" />
          <span>Nothing has happened in this session yet, so there is nothing to play.</span>
          <span className="sp" />
          <a className="btn btn--sm" href={`/designs/${boot.design.id}/`}>
            Open the board
          </a>
        </p>
      ) : null}
    </div>
  );
}
