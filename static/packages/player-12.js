// SCORM 1.2: window.API, after the Run-Time Environment 1.2 of ADL.

import { Scorm12API } from "scorm-again/scorm12/min";

import { number, play } from "./play.js";

const STATUS = { completed: "completed", passed: "passed", failed: "failed", incomplete: "incomplete" };

function make(saved) {
  const api = new Scorm12API({ autocommit: false, logLevel: 5 });
  api.loadFromFlattenedJSON({
    "cmi.core.student_id": saved.learner.id,
    "cmi.core.student_name": saved.learner.name,
    "cmi.core.lesson_status": STATUS[saved.status] ?? "not attempted",
    "cmi.core.lesson_location": saved.location,
    "cmi.core.entry": saved.isResumed ? "resume" : "ab-initio",
    "cmi.core.credit": "credit",
    "cmi.core.total_time": clock(saved.seconds),
    ...(saved.score === null ? {} : { "cmi.core.score.raw": String(saved.score) }),
    "cmi.suspend_data": saved.suspendData,
    "cmi.launch_data": saved.launchData,
    "cmi.student_data.mastery_score": saved.masteryScore === null ? "" : String(saved.masteryScore),
  }, "");
  return api;
}

function read(api) {
  const cmi = api.getFlattenedCMI();
  const status = cmi["cmi.core.lesson_status"];
  const raw = number(cmi["cmi.core.score.raw"]);
  return {
    completion: status === "incomplete" ? "incomplete" : status === "completed" ? "completed" : "",
    success: ["passed", "failed"].includes(status) ? status : "",
    ...(raw === undefined ? {} : {
      score: raw,
      score_min: number(cmi["cmi.core.score.min"]),
      score_max: number(cmi["cmi.core.score.max"]),
    }),
    location: cmi["cmi.core.lesson_location"] ?? "",
    suspend_data: cmi["cmi.suspend_data"] ?? "",
    seconds: seconds(cmi["cmi.core.session_time"]),
  };
}

function clock(total) {
  const two = (value) => String(Math.floor(value)).padStart(2, "0");
  return `${String(Math.floor(total / 3600)).padStart(4, "0")}:${two((total / 60) % 60)}:${two(total % 60)}.00`;
}

function seconds(time) {
  const found = /^(\d{2,4}):(\d{2}):(\d{2})(?:\.\d+)?$/.exec(time ?? "");
  const total = found ? found[1] * 3600 + found[2] * 60 + Number(found[3]) : 0;
  return total || undefined;
}

play({
  make,
  read,
  names: { set: "LMSSetValue", commit: "LMSCommit", finish: "LMSFinish" },
  where: "API",
});
