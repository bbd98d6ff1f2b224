"""A course that was made elsewhere: fire safety, bought as a SCORM package, and who took it."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from jobs.running import run
from training.actions.package_imports import offer_package
from training.actions.package_play import begin_package, keep_report
from training.actions.packages import Facts
from training.models import CourseVersion
from training.scorm.report import Report

TITLE = "Fire safety in council buildings"
TOOK_IT = ("priya.shah", "isaac.webb")
"""Who completed it; one more has begun."""
BEGAN_IT = "nadia.farouk"

MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="fire-safety" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="course"><organization identifier="course"><title>{TITLE}</title>
    <item identifier="one" identifierref="page"><title>{TITLE}</title>
      <adlcp:masteryscore>80</adlcp:masteryscore></item>
  </organization></organizations>
  <resources><resource identifier="page" type="webcontent" adlcp:scormtype="sco"
    href="index.html"><file href="index.html"/><file href="course.js"/></resource></resources>
</manifest>
"""
PAGE = f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{TITLE}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ font: 1.1rem/1.5 Helvetica, Arial, sans-serif; margin: 2rem; max-width: 40rem }}
button {{ font: inherit; padding: .4rem 1rem }}</style></head>
<body><main>
<section><h1>{TITLE}</h1><p>Every building has a plan of its ways out, beside the main door. Read it
on your first day there.</p><p>Keep fire doors shut, and corridors empty.</p></section>
<section hidden><h1>When you hear the alarm</h1><ul><li>Leave at once, by the nearest way out.</li>
<li>Do not use the lift.</li>
<li>Go to the meeting point, and wait to be counted.</li></ul></section>
<section hidden><h1>One question</h1><p>The alarm rings, and your coat is upstairs. What do you
do?</p><p><button data-score="100">Leave without the coat</button>
<button data-score="0">Fetch the coat first</button></p></section>
<section hidden><h1 id="result"></h1></section>
<p><button id="next">Continue</button></p>
</main><script src="course.js"></script></body></html>
"""
SCRIPT = """const api = (() => {
  for (let at = window; ; at = at.parent) {
    if (at.API) return at.API;
    if (at === at.parent) return null;
  }
})();
const pages = [...document.querySelectorAll("section")];
const next = document.getElementById("next");
api?.LMSInitialize("");
let page = Math.min(Number(api?.LMSGetValue("cmi.core.lesson_location")) || 0, 2);
const show = () => {
  pages.forEach((each, at) => { each.hidden = at !== page; });
  next.hidden = page >= 2;
  api?.LMSSetValue("cmi.core.lesson_location", String(page));
};
if (api?.LMSGetValue("cmi.core.lesson_status") === "not attempted") {
  api.LMSSetValue("cmi.core.lesson_status", "incomplete");
}
next.addEventListener("click", () => { page += 1; show(); });
for (const answer of document.querySelectorAll("[data-score]")) {
  answer.addEventListener("click", () => {
    const passed = answer.dataset.score === "100";
    api?.LMSSetValue("cmi.core.score.raw", answer.dataset.score);
    api?.LMSSetValue("cmi.core.lesson_status", passed ? "passed" : "failed");
    api?.LMSCommit("");
    document.getElementById("result").textContent = passed
      ? "Right: nothing is worth going back for."
      : "No: leave at once. Open the course to try again.";
    page = 3; show();
    api?.LMSSetValue("cmi.core.lesson_location", "0");
    api?.LMSCommit("");
  });
}
show();
"""


def tell_of_packages(story: Story, cast: Cast) -> None:
    """HR takes it in; some have taken it since. Nothing where packages have no address to run."""
    if not settings.PACKAGES_URL:
        return
    story.at(story.day(75, "11:00"), partial(_take_in, cast))
    for number, key in enumerate(TOOK_IT):
        moment = story.day(70 - 9 * number, "12:10")
        story.at(moment, partial(_take, cast, key, Report(1, location="1", seconds=240)))
        done = Report(2, success="passed", score=100, location="0", seconds=400)
        story.at(moment + timedelta(minutes=12), partial(_take, cast, key, done))
    started = Report(1, completion="incomplete", location="1", seconds=150)
    story.at(story.day(3, "15:40"), partial(_take, cast, BEGAN_IT, started))


def package() -> bytes:
    """The ZIP file as its maker would have sent it."""
    made = io.BytesIO()
    files = {"imsmanifest.xml": MANIFEST, "index.html": PAGE, "course.js": SCRIPT}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 9, 0, 0)), content)
    return made.getvalue()


def _take_in(cast: Cast) -> None:
    upload = SimpleUploadedFile("fire-safety.zip", package(), "application/zip")
    summary = "For everybody who works in a council building: what to do when the alarm rings."
    facts = Facts(title=TITLE, summary=summary, minutes=10, pass_mark=80)
    run(offer_package(by=cast.people["farah.aziz"], package=upload, facts=facts).pk)


def _take(cast: Cast, key: str, report: Report) -> None:
    version = CourseVersion.objects.newest().get(course__title=TITLE)
    person = cast.people[key]
    begin_package(by=person, version=version)
    keep_report(by=person, part=version.package.parts.get(), report=report)
