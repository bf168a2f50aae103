/** Entry of the replay page. */

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import "../styles/fonts.css";
import "../styles/tokens.css";
import "../styles/ui.css";
import "../styles/workspace.css";
import "../styles/replay.css";

import { App } from "../replay/App";
import { openReplay, ReplayContext } from "../replay/session";
import { SpriteContext } from "../ui/Icon";
import { NoticesProvider } from "../ui/notices";
import type { Bootstrap } from "../workspace/bootstrap";
import { createHistory } from "../workspace/history";

const root = document.getElementById("app");
const data = document.getElementById("bootstrap")?.textContent;
if (root === null || data === undefined) throw new Error("The page lacks #app or #bootstrap.");

// Written by our own server, as bootstrap.ts says.
const boot = JSON.parse(data) as Bootstrap;
const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const session = openReplay(
  boot,
  createHistory(boot.api),
  !isCalm,
  momentOf(window.location.search),
);

/** `?at=`: seconds since the session began, as the debrief links them. Null without. */
function momentOf(query: string): number | null {
  const seconds = Number.parseFloat(new URLSearchParams(query).get("at") ?? "");
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

createRoot(root).render(
  <StrictMode>
    <SpriteContext value={boot.sprite}>
      <ReplayContext value={session}>
        <NoticesProvider>
          <App />
        </NoticesProvider>
      </ReplayContext>
    </SpriteContext>
  </StrictMode>,
);
