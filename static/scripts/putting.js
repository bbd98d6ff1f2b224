// Words are put into a text where its cursor is: hashtags, names of accounts, emoji. Without this
// script the same buttons send the form, and the server puts the words at the text's end.

import { changed, insert } from "./insert.js";
import { htmx } from "./live.js";

let panel;

export function putting() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && pressed(button)) event.preventDefault();
  });
}

function pressed(button) {
  const { puts, into, tag, instead, emoji } = button.dataset;
  if (puts) return put(into, puts);
  if (instead) return writeBetter(tag, instead);
  if (emoji) return panel?.opener === button ? close() : open(button, emoji, into);
  return false;
}

function put(id, words) {
  const field = document.getElementById(id);
  if (field) insert(words, field, { spaced: true });
  return Boolean(field);
}

function writeBetter(tag, instead) {
  const found = new RegExp(`(?<![\\p{L}\\p{N}_&/])#${tag}(?![\\p{L}\\p{N}_])`, "gu");
  const fields = [...document.querySelectorAll("textarea[name=text], textarea[name^=text_]")];
  const holding = fields.filter((field) => field.value.search(found) >= 0);
  for (const field of holding) field.value = field.value.replaceAll(found, `#${instead}`);
  holding.reverse().forEach(changed);
  return holding.length > 0;
}

function open(opener, address, into) {
  close();
  panel = Object.assign(document.createElement("div"), { className: "cs-emoji", opener });
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", "Emoji");
  opener.setAttribute("aria-expanded", "true");
  opener.after(panel);
  panel.addEventListener("click", ({ target }) => {
    const sign = target.closest("button[name=emoji]")?.value;
    if (sign) close(), put(into, sign);
    else if (target.closest("[data-emoji-close]")) close(), opener.focus();
  });
  // What is searched for is no part of the post.
  for (const kind of ["input", "change"]) panel.addEventListener(kind, (event) => event.stopPropagation());
  panel.addEventListener("keydown", (event) => keys(event, opener));
  for (const kind of ["focusin", "mouseover"]) panel.addEventListener(kind, name);
  htmx
    .ajax("GET", address, { target: panel, swap: "innerHTML" })
    .then(() => arrived(opener));
  return true;
}

function arrived(opener) {
  const search = panel?.querySelector("input");
  if (search) search.focus();
  else if (panel?.opener === opener) panel.textContent = "The emoji did not come. Press Emoji twice to try again.";
}

function close() {
  panel?.opener.setAttribute("aria-expanded", "false");
  panel?.remove();
  panel = null;
  return true;
}

function keys(event, opener) {
  if (event.key === "Escape") close(), opener.focus();
  const group = event.target.closest("[role=toolbar]");
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!group || !step) return;
  event.preventDefault();
  const all = [...group.querySelectorAll("button")];
  all[(all.indexOf(event.target) + step + all.length) % all.length].focus();
}

// Of each group one emoji is reached by the Tab key: the one that was last looked at.
function name({ target, type }) {
  const button = target.closest("button[name=emoji]");
  if (!button) return;
  panel.querySelector("[data-emoji-name]").textContent = button.title;
  if (type !== "focusin") return;
  for (const each of button.parentElement.querySelectorAll("button")) each.tabIndex = each === button ? 0 : -1;
}
