// An exported course: shows a page at a time, asks the quiz, and tells the learning system around it
// how far one came (SCORM 1.2). It asks no server for anything.
(function () {
  "use strict";

  const facts = JSON.parse(document.getElementById("facts").textContent);
  const lessons = [...document.querySelectorAll("section.lesson")];
  const quiz = document.querySelector("section.quiz");
  const result = document.querySelector("section.result");
  const bank = new Map([...document.querySelectorAll('.question[data-kind="bank"]')].map((each) => [Number(each.dataset.question), each]));
  const where = document.getElementById("where");
  const back = document.getElementById("back");
  const next = document.getElementById("next");
  const opened = Date.now();

  // ---- The learning system -------------------------------------------------------------------

  function find(from) {
    for (let at = from, steps = 0; at && steps < 20; at = at.parent, steps += 1) {
      try {
        if (at.API) return at.API;
      } catch {
        return null; // of another origin
      }
      if (at === at.parent) return null;
    }
    return null;
  }

  const api = find(window) ?? (window.opener ? find(window.opener) : null);
  const get = (name) => (api ? String(api.LMSGetValue(name)) : "");
  const set = (name, value) => api?.LMSSetValue(name, String(value));
  let finished = false;

  function clock() {
    const total = Math.floor((Date.now() - opened) / 1000);
    const two = (value) => String(value).padStart(2, "0");
    return `${String(Math.floor(total / 3600)).padStart(4, "0")}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
  }

  function save() {
    if (!api || finished) return;
    set("cmi.core.lesson_location", state.page);
    set("cmi.suspend_data", JSON.stringify(state));
    set("cmi.core.session_time", clock());
    set("cmi.core.exit", state.over ? "" : "suspend");
    api.LMSCommit("");
  }

  function finish() {
    if (!api || finished) return;
    save();
    finished = true;
    api.LMSFinish("");
  }

  function reportStatus(status, score) {
    if (isPassed) return; // what was passed stays so
    if (score !== undefined) {
      set("cmi.core.score.min", 0);
      set("cmi.core.score.max", 100);
      set("cmi.core.score.raw", score);
    }
    set("cmi.core.lesson_status", status);
    isPassed = status === "passed" || status === "completed";
  }

  // ---- Where one is ----------------------------------------------------------------------------

  // page: of the lessons, then the quiz, then the result. drawn: ids of questions, in their order.
  // given: what was answered, by id. tries: how many goes at the quiz were over.
  const state = { page: 0, drawn: [], given: {}, tries: 0, over: false, score: null };

  function resume() {
    let kept = null;
    try {
      kept = JSON.parse(get("cmi.suspend_data"));
    } catch {
      return; // nothing was kept
    }
    if (!kept || !Array.isArray(kept.drawn) || !kept.drawn.every((id) => bank.has(id))) return;
    Object.assign(state, kept);
    state.page = Math.min(Math.max(Number(state.page) || 0, 0), lessons.length + (quiz ? 1 : 0));
  }

  const inQuiz = () => quiz && state.page === lessons.length;
  const current = () => state.drawn.find((id) => !(id in state.given));

  function show({ focus = true } = {}) {
    const atResult = state.page > lessons.length || (!quiz && state.page === lessons.length);
    lessons.forEach((lesson, at) => (lesson.hidden = at !== state.page));
    if (quiz) quiz.hidden = !inQuiz();
    result.hidden = !atResult;
    back.hidden = state.page === 0 || inQuiz();
    next.hidden = false;
    if (state.page < lessons.length) showLesson();
    else if (inQuiz()) showQuestion();
    else showResult();
    if (focus) document.querySelector("main > section:not([hidden]) h1").focus();
    if (focus) scrollTo(0, 0);
    save();
  }

  function showLesson() {
    where.textContent = `Lesson ${state.page + 1} of ${lessons.length}`;
    const isLast = state.page === lessons.length - 1;
    next.textContent = isLast ? (quiz ? "Start the quiz" : "Finish the course") : "Continue";
  }

  // ---- Questions -------------------------------------------------------------------------------

  function draw() {
    const ids = [...bank.keys()];
    for (let at = ids.length - 1; at > 0; at -= 1) {
      const other = Math.floor(Math.random() * (at + 1));
      [ids[at], ids[other]] = [ids[other], ids[at]];
    }
    state.drawn = ids.slice(0, facts.draws);
    state.given = {};
  }

  function showQuestion() {
    if (!state.drawn.length) draw();
    const id = current() ?? state.drawn[state.drawn.length - 1];
    for (const [each, element] of bank) element.hidden = each !== id;
    clear(bank.get(id));
    where.textContent = `Question ${state.drawn.indexOf(id) + 1} of ${state.drawn.length}`;
    next.hidden = true;
  }

  function clear(question) {
    for (const input of question.querySelectorAll("input")) input.checked = input.disabled = false;
    for (const why of question.querySelectorAll(".why, .because, .again")) why.hidden = true;
    for (const words of question.querySelectorAll(".missing, .verdict")) words.textContent = "";
    question.querySelector(".check").hidden = false;
  }

  function check(question) {
    const inputs = [...question.querySelectorAll("input")];
    const missing = question.querySelector(".missing");
    if (!inputs.some((input) => input.checked)) {
      missing.textContent = "Choose an answer first.";
      return;
    }
    missing.textContent = "";
    const isRight = inputs.every((input) => input.checked === input.hasAttribute("data-right"));
    const chosen = inputs.filter((input) => input.checked).map((input) => Number(input.value));
    for (const input of inputs) {
      input.disabled = true;
      const why = input.parentElement.querySelector(".why");
      if (why) why.hidden = input.checked === input.hasAttribute("data-right");
    }
    const right = inputs.filter((input) => input.hasAttribute("data-right"));
    const words = right.map((input) => `“${question.querySelector(`label[for=${input.id}]`).textContent}”`);
    question.querySelector(".verdict").textContent = isRight ? "Right." : `Not right. The answer is ${words.join(" and ")}.`;
    question.querySelector(".because").hidden = false;
    for (const again of question.querySelectorAll(".again")) again.hidden = isRight;
    question.querySelector(".check").hidden = true;
    if (question.dataset.kind === "bank") answered(question, chosen, isRight);
  }

  function answered(question, chosen, isRight) {
    state.given[question.dataset.question] = isRight ? 1 : 0;
    next.hidden = false;
    next.textContent = current() === undefined ? "See your result" : "Next question";
    next.focus();
    save();
  }

  // ---- The result ------------------------------------------------------------------------------

  function settle() {
    const right = state.drawn.filter((id) => state.given[id]).length;
    state.score = Math.floor((right * 100) / state.drawn.length);
    state.over = state.score >= facts.passMark;
    state.tries += 1;
    reportStatus(state.over ? "passed" : "failed", state.score);
  }

  function showResult() {
    where.textContent = "";
    back.hidden = true;
    const heading = result.querySelector("h1");
    const said = document.getElementById("said");
    if (!quiz) {
      heading.textContent = "You have completed this course";
      said.textContent = "You can close it now.";
      next.hidden = true;
    } else if (state.over) {
      heading.textContent = "You have passed";
      said.textContent = `You answered ${state.score} per cent correctly. You can close the course now.`;
      next.hidden = true;
    } else {
      heading.textContent = "You have not passed yet";
      const mustRead = facts.attempts && state.tries >= facts.attempts;
      said.textContent = `You answered ${state.score} per cent correctly; ${facts.passMark} per cent are needed. ${mustRead ? "Read the lessons again, then try again." : "Try again when you like."}`;
      next.textContent = mustRead ? "Read the lessons again" : "Try again";
    }
  }

  function again() {
    const mustRead = facts.attempts && state.tries >= facts.attempts;
    if (mustRead) state.tries = 0;
    state.page = mustRead ? 0 : lessons.length;
    state.drawn = [];
    state.given = {};
  }

  function forward() {
    if (inQuiz()) {
      if (current() !== undefined) return show();
      settle();
      state.page += 1;
    } else if (state.page > lessons.length) {
      again();
    } else {
      state.page += 1;
      if (!quiz && state.page === lessons.length) {
        state.over = true;
        reportStatus("completed");
      }
    }
    return show();
  }

  // ---- Begin -----------------------------------------------------------------------------------

  if (api) {
    api.LMSInitialize("");
    resume();
  } else {
    document.getElementById("alone").hidden = false;
  }
  let isPassed = ["passed", "completed"].includes(get("cmi.core.lesson_status"));
  if (!isPassed && get("cmi.core.lesson_status") !== "failed") set("cmi.core.lesson_status", "incomplete");
  if (inQuiz() && state.drawn.length && current() === undefined) {
    settle();
    state.page += 1;
  }
  next.addEventListener("click", forward);
  back.addEventListener("click", () => {
    state.page -= 1;
    show();
  });
  for (const question of document.querySelectorAll(".question")) {
    question.querySelector(".check").addEventListener("click", () => check(question));
  }
  addEventListener("pagehide", finish);
  addEventListener("beforeunload", finish);
  show({ focus: false });
})();
