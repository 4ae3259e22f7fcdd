// What the dashboard can do with scripts and does without otherwise: charts with hover values, updates without reload,
// copying, and signing in from the address's fragment. Every page is complete before this runs.

import { drawTrends } from "./chart.js";
import { offerCopying } from "./copy.js";
import { sendInPieces, watchRebuild } from "./data.js";
import { workTheInbox } from "./inbox.js";
import { editWidgets } from "./editor.js";
import { signInFromFragment } from "./key.js";
import { keepUpToDate } from "./live.js";

const enhance = () => {
  drawTrends(document);
  offerCopying(document);
};

signInFromFragment();
enhance();
document.addEventListener("htmx:after:swap", enhance);
keepUpToDate();
workTheInbox();
sendInPieces();
watchRebuild();
editWidgets();
