/** Entry of the debrief: keeps its parts as the server draws them, without losing what is being typed. */

import "../styles/debrief.css";
import "./site";

import { openDebrief } from "./panel";

openDebrief(document);
