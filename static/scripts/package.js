// A learning package reports to the page around its frame, and the page sends that on:
// <iframe data-package-origin data-package-report="/address/" data-package-status="id-of-region">.
// The frame is another origin. Only plain text and numbers come over, and only from that frame.

const LARGEST = 128 * 1024;
const KEEPALIVE_MOST = 60 * 1024;
const FIELDS = {
  part: "number", opening: "number", completion: "string", success: "string", score: "number",
  score_min: "number", score_max: "number", scaled: "number", location: "string",
  suspend_data: "string", seconds: "number",
};
const LEAVE_MS = 1500;

export function packageFrame() {
  const frame = document.querySelector("iframe[data-package-report]");
  if (frame) new PackageFrame(frame);
}

class PackageFrame {
  constructor(frame) {
    this.frame = frame;
    this.status = document.getElementById(frame.dataset.packageStatus);
    addEventListener("message", (event) => this.hear(event));
    addEventListener("pagehide", () => this.flush());
    for (const link of document.querySelectorAll("a[data-package-leave]")) {
      link.addEventListener("click", (event) => this.leave(event, link));
    }
  }

  hear(event) {
    if (event.origin !== this.frame.dataset.packageOrigin) return;
    if (event.source !== this.frame.contentWindow) return;
    if (event.data?.kind === "left") this.left?.();
    if (event.data?.kind !== "report") return;
    const body = bodyOf(event.data.report);
    if (!body) return;
    this.waiting = body;
    this.send();
  }

  // One at a time, and always the newest: an older one never overtakes it.
  async send() {
    if (this.sending || this.stopped) return;
    while (this.waiting && !this.stopped) {
      const body = this.waiting;
      this.waiting = null;
      this.sending = this.post(body);
      await this.sending;
      this.sending = null;
    }
  }

  async post(body) {
    try {
      const answer = await fetch(this.frame.dataset.packageReport, this.request(body));
      if (answer.redirected || !answer.headers.get("content-type")?.includes("json")) {
        this.say("Not saved: you may have been signed out. Sign in again in another tab, then carry on.");
        return;
      }
      const said = await answer.json();
      this.stopped = answer.status === 409;
      this.say(said.words ?? "Not saved.");
      if (said.isCompleted) document.getElementById("package-completed").hidden = false;
    } catch {
      this.say("Not saved: the connection is gone. We will try again.");
    }
  }

  request(body) {
    const token = document.querySelector("#package-token input[name=csrfmiddlewaretoken]").value;
    return {
      body,
      headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token },
      keepalive: body.length < KEEPALIVE_MOST,
      method: "POST",
    };
  }

  flush() {
    if (!this.waiting || this.stopped) return;
    fetch(this.frame.dataset.packageReport, this.request(this.waiting));
  }

  // The part is closed first, so that it can say how far one came.
  async leave(event, link) {
    event.preventDefault();
    const closed = new Promise((resolve) => (this.left = resolve));
    const patience = new Promise((resolve) => setTimeout(resolve, LEAVE_MS));
    this.frame.contentWindow.postMessage({ kind: "leave" }, this.frame.dataset.packageOrigin);
    await Promise.race([closed, patience]);
    await this.sending;
    location.assign(link.href);
  }

  say(words) {
    if (this.status.textContent !== words) this.status.textContent = words;
  }
}

// Of what came over only what is known, of the type that it should be; nothing if it is too much.
function bodyOf(report) {
  if (typeof report !== "object" || report === null) return null;
  const fields = new URLSearchParams();
  for (const [name, type] of Object.entries(FIELDS)) {
    const value = report[name];
    if (value === null || value === undefined || value === "") continue;
    if (typeof value !== type) return null;
    fields.append(name, String(value));
  }
  const body = fields.toString();
  return body.length <= LARGEST * 3 ? body : null;
}
