/** Entry of the session page. */

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import "../styles/fonts.css";
import "../styles/tokens.css";
import "../styles/ui.css";
import "../styles/workspace.css";
import "../styles/play.css";

import { SpriteContext } from "../ui/Icon";
import { NoticesProvider } from "../ui/notices";
import { App } from "../workspace/App";
import type { Bootstrap } from "../workspace/bootstrap";
import { openSession, SessionContext } from "../workspace/session";

const root = document.getElementById("app");
const data = document.getElementById("bootstrap")?.textContent;
if (root === null || data === undefined) throw new Error("The page lacks #app or #bootstrap.");

const boot = JSON.parse(data) as Bootstrap;
const session = openSession(boot);

createRoot(root).render(
  <StrictMode>
    <SpriteContext value={boot.sprite}>
      <SessionContext value={session}>
        <NoticesProvider>
          <App />
        </NoticesProvider>
      </SessionContext>
    </SpriteContext>
  </StrictMode>,
);
