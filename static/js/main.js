// Everything here makes pages smoother that already work without it.
import "./trusted-types.js";
import htmx from "htmx.org/dist/htmx.esm.js";
import * as audience from "./audience.js";
import * as autoSubmit from "./auto-submit.js";
import * as copy from "./copy.js";
import * as counter from "./counter.js";
import * as dialog from "./dialog.js";
import * as drafts from "./drafts.js";
import * as errorSummary from "./error-summary.js";
import * as live from "./live.js";
import * as markdown from "./markdown.js";
import * as glossary from "./glossary.js";
import * as menu from "./menu.js";
import * as once from "./once.js";
import * as password from "./password.js";
import * as picker from "./picker.js";
import * as reading from "./reading.js";
import * as region from "./region.js";
import * as sortable from "./sortable.js";
import * as suggest from "./suggest.js";
import * as theme from "./theme.js";
import * as toast from "./toast.js";

htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // pages of signed-in people stay out of the browser's storage
htmx.config.refreshOnHistoryMiss = true; // so "back" loads the page again
htmx.config.scrollIntoViewOnBoost = false;
htmx.config.defaultSettleDelay = 0; // what is new works at once, also for quick fingers
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "(403|404|409|422)", swap: true, error: false },
  { code: "[45]..", swap: false, error: true },
];

// Behaviours that listen to the whole document once …
for (const behaviour of [menu, once, dialog, region, theme]) behaviour.listen();
toast.listen(htmx);
live.listen(htmx);

// … and those that add something to elements, also to the ones htmx brings.
const ENHANCERS = [audience, autoSubmit, copy, counter, drafts, markdown, password, picker, reading, sortable, suggest, errorSummary, glossary];
htmx.onLoad((root) => ENHANCERS.forEach((behaviour) => behaviour.enhance(root)));
