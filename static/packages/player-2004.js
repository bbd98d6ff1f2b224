// SCORM 2004: window.API_1484_11, after the Run-Time Environment of ADL, 2nd to 4th edition.

import { Scorm2004API } from "scorm-again/scorm2004/min";

import { number, play } from "./play.js";

const COMPLETION = { completed: "completed", passed: "completed", failed: "completed", incomplete: "incomplete" };
const SUCCESS = { passed: "passed", failed: "failed" };

function make(saved) {
  const api = new Scorm2004API({ autocommit: false, logLevel: 5 });
  const mastery = saved.masteryScore === null ? {} : { "cmi.scaled_passing_score": String(saved.masteryScore / 100) };
  const threshold = saved.completionThreshold === null ? {} : { "cmi.completion_threshold": String(saved.completionThreshold) };
  api.loadFromFlattenedJSON({
    "cmi.learner_id": saved.learner.id,
    "cmi.learner_name": saved.learner.name,
    "cmi.completion_status": COMPLETION[saved.status] ?? "unknown",
    "cmi.success_status": SUCCESS[saved.status] ?? "unknown",
    "cmi.location": saved.location,
    "cmi.entry": saved.isResumed ? "resume" : "ab-initio",
    "cmi.credit": "credit",
    "cmi.total_time": `PT${saved.seconds}S`,
    ...(saved.score === null ? {} : { "cmi.score.scaled": String(saved.score / 100) }),
    "cmi.suspend_data": saved.suspendData,
    "cmi.launch_data": saved.launchData,
    ...mastery,
    ...threshold,
  }, "");
  return api;
}

function read(api) {
  const cmi = api.getFlattenedCMI();
  const completion = cmi["cmi.completion_status"];
  const success = cmi["cmi.success_status"];
  const raw = number(cmi["cmi.score.raw"]);
  return {
    completion: ["completed", "incomplete"].includes(completion) ? completion : "",
    success: ["passed", "failed"].includes(success) ? success : "",
    scaled: number(cmi["cmi.score.scaled"]),
    ...(raw === undefined ? {} : {
      score: raw,
      score_min: number(cmi["cmi.score.min"]),
      score_max: number(cmi["cmi.score.max"]),
    }),
    location: cmi["cmi.location"] ?? "",
    suspend_data: cmi["cmi.suspend_data"] ?? "",
    seconds: seconds(cmi["cmi.session_time"]),
  };
}

function seconds(time) {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(time ?? "");
  if (!found) return undefined;
  const [days, hours, minutes, rest] = found.slice(1).map((each) => Number(each ?? 0));
  return Math.round(days * 86400 + hours * 3600 + minutes * 60 + rest) || undefined;
}

play({
  make,
  read,
  names: { set: "SetValue", commit: "Commit", finish: "Terminate" },
  where: "API_1484_11",
});
