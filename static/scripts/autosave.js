// Drafts save themselves: <form data-autosave="/address/" data-autosave-status="id-of-region">.
// The server answers 200 with components/saved.html (time, and the new revision out of band) or
// 409 with words about the conflict. After a 409 nothing more is sent: a stale tab never overwrites.

import { htmx } from "./live.js";
import { signedOut } from "./session.js";

const QUIET_MS = 1200;

export function autosave() {
  for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = document.getElementById(form.dataset.autosaveStatus);
    if (!this.status) return;
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later());
    // Before the guard against double clicks sees it.
    form.addEventListener("submit", (event) => this.beforeSubmit(event));
    addEventListener("pageshow", () => (this.submitting = false));
  }

  later() {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.save(), QUIET_MS);
  }

  async save() {
    if (this.stopped || this.submitting) return;
    if (this.saving) {
      this.again = true;
      return;
    }
    this.saving = this.send().finally(() => {
      this.saving = null;
      if (this.again) {
        this.again = false;
        this.later();
      }
    });
    await this.saving;
  }

  // The new revision must be in the form before the form itself is sent.
  beforeSubmit(event) {
    clearTimeout(this.timer);
    if (!this.saving) {
      this.submitting = true;
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    this.submitting = true;
    this.saving.then(() => this.form.requestSubmit(submitter));
  }

  send() {
    return new Promise((resolve) => {
      const done = (event) => {
        if (event.detail.elt !== this.status) return;
        document.removeEventListener("htmx:afterRequest", done);
        this.look(event.detail.xhr);
        resolve();
      };
      document.addEventListener("htmx:afterRequest", done);
      htmx.ajax("POST", this.form.dataset.autosave, {
        source: this.status,
        target: this.status,
        swap: "innerHTML",
        values: this.values(),
      }).catch(resolve);
    });
  }

  look(xhr) {
    if (xhr.status === 409) this.stopped = true;
    else if (signedOut(xhr)) this.say("You have been signed out. Your words are still here: sign in again in another tab, then carry on.");
    else if (xhr.status === 0) this.say("Not saved: the connection is gone. Your words are still here.");
    else if (xhr.status >= 400 && xhr.status !== 413 && xhr.status !== 422) this.say("Not saved. Your words are still here. We will try again when you type.");
  }

  say(words) {
    this.status.textContent = words;
  }

  // Files go only with the form itself.
  values() {
    const values = {};
    for (const [name, value] of new FormData(this.form)) {
      if (value instanceof File) continue;
      (values[name] ??= []).push(value);
    }
    return values;
  }
}
