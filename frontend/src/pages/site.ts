/** The small script and the styles of the static pages. It must not import board code. */

import "../styles/tokens.css";
import "../styles/ui.css";
