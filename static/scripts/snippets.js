// Puts a snippet where the cursor is: <div data-snippets="id-of-form"> with a select, whose options
// carry their words, and a button. Without this script the server puts it at the end of the text.

import { insert } from "./insert.js";

export function snippets() {
  for (const place of document.querySelectorAll("[data-snippets]")) {
    const form = document.getElementById(place.dataset.snippets);
    const select = place.querySelector("select");
    let last = form?.querySelector("textarea[name='text']");
    if (!select || !last) continue;
    form.addEventListener("focusin", ({ target }) => {
      if (target.matches("textarea[name='text'], textarea[name^='text_']")) last = target;
    });
    place.querySelector("button").addEventListener("click", (event) => {
      event.preventDefault();
      if (!last.isConnected) last = form.querySelector("textarea[name='text']");
      const words = select.selectedOptions[0]?.dataset.words;
      if (words) insert(words, last);
      else select.focus();
    });
  }
}
