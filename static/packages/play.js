// On the packages' own host: stands between a part in its frame and our page around us. The part
// finds an API here, as SCORM has it; what it says goes to our page as plain data.

const QUIET_MS = 1000;

/** `names` are those of the calls; `make` gives the API, `read` what it holds by now. */
export function play({ make, names, read, where }) {
  const saved = JSON.parse(document.getElementById("saved").textContent);
  const frame = document.getElementById("content");
  const opened = Date.now();
  const api = make(saved);
  let timer, finished;

  const report = () => {
    clearTimeout(timer);
    timer = null;
    const said = { ...read(api), part: saved.part, opening: saved.opening };
    said.seconds ??= Math.round((Date.now() - opened) / 1000);
    said.seconds = Math.min(said.seconds, 24 * 3600);
    window.parent.postMessage({ kind: "report", report: said }, saved.page);
  };
  const later = () => (timer ??= setTimeout(report, QUIET_MS));
  const after = (name, then) => {
    const call = api[name].bind(api);
    api[name] = (...given) => {
      const answer = call(...given);
      if (String(answer) === "true") then();
      return answer;
    };
  };

  // Nothing is lost with a browser that is closed: what was set is reported a moment later.
  after(names.set, later);
  after(names.commit, report);
  const finish = api[names.finish].bind(api);
  api[names.finish] = (...given) => {
    if (timer) report();
    const answer = finish(...given);
    finished = true;
    report();
    return answer;
  };
  window[where] = api;

  addEventListener("message", (event) => {
    if (event.origin !== saved.page || event.source !== window.parent) return;
    if (event.data?.kind !== "leave") return;
    frame.addEventListener("load", () => {
      if (timer && !finished) report();
      window.parent.postMessage({ kind: "left" }, saved.page);
    });
    frame.src = "about:blank";
  });
  if (!saved.reports) {
    frame.addEventListener("load", () => {
      const said = { part: saved.part, opening: saved.opening, completion: "completed", seconds: 0 };
      window.parent.postMessage({ kind: "report", report: said }, saved.page);
    }, { once: true });
  }
  begin(frame, saved);
}

async function begin(frame, saved) {
  for (const forget of saved.forgets ? [storage, cookies, databases, caches] : []) {
    try {
      await forget();
    } catch {
      // The browser lets the frame keep nothing of that kind, so there is nothing.
    }
  }
  frame.src = saved.start;
}

// At a shared terminal: what packages kept in this browser was of whoever sat here before.

function storage() {
  localStorage.clear();
  sessionStorage.clear();
}

function cookies() {
  for (const cookie of document.cookie.split("; ").filter(Boolean)) {
    document.cookie = `${cookie.split("=")[0]}=; path=/; max-age=0; SameSite=None; Secure`;
  }
}

async function databases() {
  const there = await indexedDB.databases();
  await Promise.all(there.map(({ name }) => new Promise((done) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = asked.onerror = asked.onblocked = done;
  })));
}

async function caches() {
  const kept = globalThis.caches;
  for (const name of await kept.keys()) await kept.delete(name);
}

/** A number, or nothing: what is empty was never set. */
export function number(value) {
  const found = Number.parseFloat(value);
  return Number.isFinite(found) ? found : undefined;
}
