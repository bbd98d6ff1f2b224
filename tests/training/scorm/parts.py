"""Parts of packages as a browser runs them: tiny ones that learn, and one that attacks."""

from __future__ import annotations

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A part</title>
<h1>A part</h1><p id="found"></p>
<button id="page">Second page</button><button id="done">Finish</button>
<script src="part.js"></script></html>"""

_FIND = """const api = (() => {
  for (let at = window; ; at = at.parent) {
    if (at.NAME) return at.NAME;
    if (at === at.parent) return null;
  }
})();
const say = words => (document.getElementById("found").textContent = words);
"""

_LEARNS_12 = """
api.LMSInitialize("");
const get = name => api.LMSGetValue(name), set = (name, value) => api.LMSSetValue(name, value);
if (get("cmi.core.lesson_status") === "not attempted") set("cmi.core.lesson_status", "incomplete");
say([get("cmi.core.entry"), get("cmi.core.lesson_location"), get("cmi.suspend_data"),
  get("cmi.core.student_name"), get("cmi.core.total_time")].join("|"));
document.getElementById("page").onclick = () => {
  set("cmi.core.lesson_location", "page-2");
  set("cmi.suspend_data", "seen=1,2; é “x”");
};
document.getElementById("done").onclick = () => {
  set("cmi.core.score.min", "0"); set("cmi.core.score.max", "20"); set("cmi.core.score.raw", "18");
  set("cmi.core.lesson_status", "passed");
  set("cmi.core.session_time", "00:10:05");
  say(String(api.LMSCommit("")) + String(api.LMSFinish("")));
};
"""

_LEARNS_2004 = """
api.Initialize("");
const get = name => api.GetValue(name), set = (name, value) => api.SetValue(name, value);
if (get("cmi.completion_status") === "unknown") set("cmi.completion_status", "incomplete");
say([get("cmi.entry"), get("cmi.location"), get("cmi.suspend_data"), get("cmi.learner_name"),
  get("cmi.total_time")].join("|"));
document.getElementById("page").onclick = () => {
  set("cmi.location", "page-2");
  set("cmi.suspend_data", "seen=1,2; é “x”");
};
document.getElementById("done").onclick = () => {
  set("cmi.score.scaled", "0.9"); set("cmi.success_status", "passed");
  set("cmi.completion_status", "completed"); set("cmi.session_time", "PT10M5S");
  say(String(api.Commit("")) + String(api.Terminate("")));
};
"""

_KEEPS = """
const open = () => new Promise((yes, no) => {
  const asked = indexedDB.open("kept");
  asked.onupgradeneeded = () => asked.result.createObjectStore("words");
  asked.onsuccess = () => yes(asked.result); asked.onerror = () => no(asked.error);
});
const asked = (store, make) => new Promise((yes, no) => {
  const one = make(store); one.onsuccess = () => yes(one.result); one.onerror = () => no(one.error);
});
(async () => {
  api.LMSInitialize("");
  const name = api.LMSGetValue("cmi.core.student_name"), base = await open();
  const words = () => base.transaction("words", "readwrite").objectStore("words");
  const found = [localStorage.getItem("who"), sessionStorage.getItem("who"), document.cookie,
    (await asked(words(), store => store.get("who"))) ?? null, await caches.keys()];
  localStorage.setItem("who", name); sessionStorage.setItem("who", name);
  document.cookie = "who=" + encodeURIComponent(name) + "; path=/; SameSite=None; Secure";
  await asked(words(), store => store.put(name, "who"));
  base.close();
  await caches.open(name);
  say(JSON.stringify([name, api.LMSGetValue("cmi.core.entry"),
    api.LMSGetValue("cmi.suspend_data"), found]));
  document.getElementById("page").onclick = () => {
    api.LMSSetValue("cmi.core.lesson_location", "page-2");
    api.LMSSetValue("cmi.suspend_data", "what " + name + " answered");
  };
})();
"""

_ATTACKS = """
const main = "MAIN", out = {};
const tried = async (name, act) => {
  try { out[name] = String(await act()); } catch (error) { out[name] = "refused: " + error.name; }
};
(async () => {
  await tried("cookie", () => document.cookie);
  await tried("parent", () => top.document.title);
  await tried("top", () => { top.location = main + "/sign-out/"; return "sent"; });
  await tried("popup", () => window.open(main + "/?popup"));
  await tried("fetch", () => fetch(main + "/?fetch", {credentials: "include"}).then(r => r.text()));
  await tried("nocors", () => fetch(main + "/?nocors", {credentials: "include", mode: "no-cors"})
    .then(r => r.type));
  await tried("beacon", () => navigator.sendBeacon(main + "/?beacon", "x=1"));
  await tried("xhr", () => new Promise((yes, no) => {
    const asked = new XMLHttpRequest();
    asked.withCredentials = true; asked.open("POST", main + "/?xhr");
    asked.onload = () => yes(asked.status); asked.onerror = () => no(new Error("no")); asked.send();
  }));
  await tried("form", () => {
    const form = document.createElement("form");
    form.method = "post"; form.action = main + "/training/?form"; form.target = "_self";
    document.body.append(form); form.submit(); return "sent";
  });
  await tried("image", () => new Promise((yes, no) => {
    const image = new Image();
    image.onload = () => yes("loaded"); image.onerror = () => no(new Error("no"));
    image.src = main + "/?image";
  }));
  await tried("frame", () => new Promise(yes => {
    const frame = document.createElement("iframe");
    frame.onload = () => { let seen = "shown";
      try { seen = frame.contentDocument ? "empty" : "other"; } catch (e) { seen = "other"; }
      yes(seen); };
    frame.src = main + "/?frame"; document.body.append(frame); setTimeout(() => yes("late"), 1500);
  }));
  await tried("socket", () => new Promise((yes, no) => {
    const socket = new WebSocket(main.replace("http", "ws") + "/?socket");
    socket.onopen = () => yes("open"); socket.onerror = () => no(new Error("no"));
  }));
  await tried("worker", () => navigator.serviceWorker.register("part.js").then(() => "registered"));
  await tried("storm", () => { for (const target of [parent, top]) {
    target.postMessage({kind: "report", report: {part: "1", opening: {}}}, "*");
    target.postMessage({kind: "report", report: null}, "*");
    target.postMessage("report", "*"); target.postMessage(null, "*");
    const much = {part: 1, opening: 1, suspend_data: "x".repeat(9e5)};
    target.postMessage({kind: "report", report: much}, "*");
  } return "sent"; });
  await tried("self", () => "last");
  document.getElementById("found").textContent = JSON.stringify(out);
  // Last, as it may take the page away.
  setTimeout(() => { location.href = main + "/?navigated"; }, 300);
})();
"""


def learns_12() -> dict[str, str | bytes]:
    return {"index.html": _PAGE, "part.js": _FIND.replace("NAME", "API") + _LEARNS_12}


def keeps_in_the_browser() -> dict[str, str | bytes]:
    """A part that keeps the learner's name wherever a browser keeps anything."""
    return {"index.html": _PAGE, "part.js": _FIND.replace("NAME", "API") + _KEEPS}


def learns_2004() -> dict[str, str | bytes]:
    return {"index.html": _PAGE, "part.js": _FIND.replace("NAME", "API_1484_11") + _LEARNS_2004}


def attacks(main: str) -> dict[str, str | bytes]:
    """A part that tries to reach `main`, where our own pages are."""
    return {"index.html": _PAGE, "part.js": _ATTACKS.replace("MAIN", main)}
