"""Small packages, made by hand: what an authoring tool would export, and what no tool would."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from jobs.models import Job, JobState
from jobs.running import run
from training.actions.package_imports import offer_package
from training.actions.packages import Facts
from training.models import Course, CourseVersion, PackageImport

PAGE = "<!doctype html><html lang=en><title>A page</title><h1>A page</h1></html>"

V12 = """<manifest identifier="m" version="1.0"
 xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
 <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
 <organizations default="o"><organization identifier="o"><title>Fire safety</title>
 {items}</organization></organizations>
 <resources>{resources}</resources></manifest>"""
ITEM = '<item identifier="i{n}" identifierref="r{n}"><title>Part {n}</title>{more}</item>'
RESOURCE = (
    '<resource identifier="r{n}" type="webcontent" adlcp:scormtype="sco" href="{href}">'
    '<file href="{href}"/></resource>'
)
V2004 = """<manifest identifier="m" version="1"
 xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
 xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
 <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
 <organizations default="o"><organization identifier="o"><title>Fire safety</title>
 {items}</organization></organizations>
 <resources>{resources}</resources></manifest>"""


def manifest(*hrefs: str, more: str = "", form: str = V12) -> str:
    """One part for each address; `more` goes into each item."""
    numbered = list(enumerate(hrefs or ("index.html",), start=1))
    resource = RESOURCE if form == V12 else RESOURCE.replace("scormtype", "scormType")
    return form.format(
        items="".join(ITEM.format(n=n, more=more) for n, _href in numbered),
        resources="".join(resource.format(n=n, href=href) for n, href in numbered),
    )


def zipped(files: Mapping[str, str | bytes] | None = None, **named: Any) -> bytes:
    """A ZIP file of a good package, with `files` besides or instead."""
    made = io.BytesIO()
    whole = {"imsmanifest.xml": manifest(**named), "index.html": PAGE, **(files or {})}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return made.getvalue()


def upload(content: bytes, name: str = "fire-safety.zip") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/zip")


def imported(
    by: User,
    files: Mapping[str, str | bytes] | None = None,
    *,
    course: Course | None = None,
    pass_mark: int = 80,
    **named: Any,
) -> CourseVersion:
    """A package that was taken in, as its version."""
    return taken_in(
        offer_package(
            by=by,
            package=upload(zipped(files, **named)),
            facts=Facts(pass_mark=pass_mark),
            course=course,
        )
    )


def unpacked(job: Job) -> Job:
    """The job, once a worker did it."""
    run(job.pk)
    job.refresh_from_db()
    return job


def taken_in(job: Job) -> CourseVersion:
    done = unpacked(job)
    assert done.state == JobState.DONE, done.message
    version = PackageImport.objects.get(job=done).version
    assert version
    return version


def bomb(*, entries: int, said: int) -> bytes:
    """A package in which each of so many files inflates to 100 MB; its list says `said` bytes."""
    size = 100_000_000
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = squeeze.compress(bytes(size)) + squeeze.flush()
    facts = (zlib.crc32(bytes(size)), len(body))
    made, listed = io.BytesIO(), b""
    good = zipped()
    end = good.index(b"PK\x01\x02")
    made.write(good[:end])
    listed += good[end : good.rindex(b"PK\x05\x06")]
    for number in range(entries):
        name = f"{number:04}.txt".encode()
        at = made.tell()
        head = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 0, *facts, said, len(name), 0)
        made.write(b"PK\x03\x04" + head + name + body)
        listed += b"PK\x01\x02" + struct.pack("<H", 20) + head
        listed += struct.pack("<HHHLL", 0, 0, 0, 0, at) + name
    start, count = made.tell(), entries + 2
    tail = struct.pack("<HHHHLLH", 0, 0, count, count, len(listed), start, 0)
    made.write(listed + b"PK\x05\x06" + tail)
    return made.getvalue()
