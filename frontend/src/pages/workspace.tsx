/** Entry of the session page. */

import { createRoot } from "react-dom/client";

import "../styles/tokens.css";
import "../styles/ui.css";
import "../styles/workspace.css";

const root = document.getElementById("app");
if (root) createRoot(root).render(<main className="ws" />);
