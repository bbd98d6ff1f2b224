// htmx under a strict content security policy: nothing evaluated, nothing styled inline,
// nothing fetched from elsewhere, nothing inherited from an element further out.

import htmx from "htmx.org";

import { components } from "./components.js";
import { signedOut } from "./session.js";

/** Set htmx up; called before the document is ready, so that it starts with these settings. */
export function live() {
  Object.assign(htmx.config, {
    allowEval: false,
    allowScriptTags: false,
    disableInheritance: true,
    historyCacheSize: 0,
    includeIndicatorStyles: false,
    selfRequestsOnly: true,
    // A stale or refused form answers with words that the person must see.
    responseHandling: [
      { code: "204", swap: false },
      { code: "[23]..", swap: true },
      { code: "409|413|422", swap: true, error: false },
      { code: "[45]..", swap: false, error: true },
    ],
  });
  // Where the session has ended, the answer is the sign-in page: it belongs in no part of a page.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (signedOut(detail.xhr)) detail.shouldSwap = false;
  });
  // The first one is the whole page, which main.js has started already.
  document.addEventListener("htmx:load", ({ detail }) => {
    if (detail.elt !== document.body) components(detail.elt);
  });
}

export { htmx };
