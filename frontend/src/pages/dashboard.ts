/** Entry of the dashboards: a static page with charts. */

import "./site";
import "../styles/dashboards.css";

import { drawCharts } from "../dashboard/charts";

drawCharts(document);
