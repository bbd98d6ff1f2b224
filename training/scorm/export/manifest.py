"""imsmanifest.xml of a package of ours, after the Content Aggregation Model of SCORM 1.2."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr  # nosec B406 - only writes

from training.models import CourseVersion

START = "index.html"

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier={identifier} version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd
    http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="organisation">
    <organization identifier="organisation">
      <title>{title}</title>
      <item identifier="item" identifierref="resource" isvisible="true">
        <title>{title}</title>{mastery}
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="resource" type="webcontent" adlcp:scormtype="sco" href="{start}">
"""
_FILE = "      <file href={path}/>\n"
_TAIL = """    </resource>
  </resources>
</manifest>
"""
_MASTERY = "\n        <adlcp:masteryscore>{score}</adlcp:masteryscore>"


def manifest_of(version: CourseVersion, paths: Iterable[str], *, has_quiz: bool) -> str:
    """One thing to open, with the pass mark where there is a quiz, and every file."""
    head = _HEAD.format(
        identifier=quoteattr(f"council-social-{version.course.slug}-{version.number}"),
        title=escape(version.course.title),
        mastery=_MASTERY.format(score=version.pass_mark) if has_quiz else "",
        start=START,
    )
    return head + "".join(_FILE.format(path=quoteattr(path)) for path in paths) + _TAIL
