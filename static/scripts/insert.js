// Puts words into a text where its cursor is. The draft then saves itself, and the preview follows.

const touched = new WeakSet();
document.addEventListener("focusin", ({ target }) => touched.add(target));

/** Put `words` in the place of what is selected in `field`; `spaced` keeps them off other words. */
export function insert(words, field, { spaced = false } = {}) {
  // A text that nobody has been in has its cursor at the front, where nobody wants it.
  const at = touched.has(field) ? field.selectionStart : field.value.length;
  const end = touched.has(field) ? field.selectionEnd : at;
  const before = spaced && at && !/\s/.test(field.value[at - 1]) ? " " : "";
  const after = spaced && /[\p{L}\p{N}#@]/u.test(field.value[end] ?? "") ? " " : "";
  field.setRangeText(before + words + after, at, end, "end");
  changed(field);
}

/** Say that `field` holds other words now, and go there. */
export function changed(field) {
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
