/** The styles of the static pages, and the small things that make them quicker to use. */

import "../styles/site.css";
import "../styles/content.css";
import "../styles/scores.css";
import "../styles/interviews.css";
import "../styles/privacy.css";
import "../styles/teams.css";

import { offerCopying } from "./copying";
import { openAddressed, printOpen } from "./details";
import { filterLists } from "./filtering";
import { submitOnChange } from "./filters";
import { closeMenus } from "./menus";
import { watchPlan } from "./plan";
import { offerThemes } from "./themes";
import { localiseTimes } from "./times";

offerCopying(document);
filterLists(document);
closeMenus(document);
submitOnChange(document);
offerThemes(document);
localiseTimes(document);
openAddressed(document);
printOpen(document);
watchPlan(document);
