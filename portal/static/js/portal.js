/* Behaviour every page has; each module binds itself to `data-` attributes. */
import "./toasts.js";
import "./theme-switch.js";
import "./relative-time.js";
import "./draft.js";
import "./disclosure.js";
