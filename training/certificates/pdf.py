"""The certificate as a PDF that a screen reader can read: tagged, to the standard PDF/UA-1."""

from __future__ import annotations

from pathlib import Path

import typst
from django.conf import settings

from training.certificates.checking import Certificate
from training.models import CompletedBy

TEMPLATE = Path(__file__).with_name("certificate.typ")
_HERE = {CompletedBy.COURSE, CompletedBy.REFRESHER, CompletedBy.PACKAGE}


def pdf_of(certificate: Certificate) -> bytes:
    """What the template makes of it. Names reach it as text, never as its own markup."""
    completion = certificate.completion
    said = {
        "council": settings.COUNCIL_NAME,
        "colour": settings.BRAND_COLOUR,
        "name": completion.user.name,
        "course": completion.course.title,
        "how": "" if completion.by in _HERE else completion.get_by_display(),
        "score": "" if completion.score is None else f"{completion.score} per cent",
        "completed": f"{completion.completed_on:%-d %B %Y}",
        "until": f"{certificate.until:%-d %B %Y}",
        "number": completion.reference,
        "address": certificate.address,
    }
    return typst.compile(
        TEMPLATE.read_bytes(), format="pdf", pdf_standards=["ua-1"], sys_inputs=said
    )
