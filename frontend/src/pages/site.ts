/** The styles of the static pages, and the small things that make them quicker to use. */

import "../styles/site.css";

import { offerCopying } from "./copying";
import { filterLists } from "./filtering";
import { closeMenus } from "./menus";
import { offerThemes } from "./themes";
import { localiseTimes } from "./times";

offerCopying(document);
filterLists(document);
closeMenus(document);
offerThemes(document);
localiseTimes(document);
