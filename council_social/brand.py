"""The council's brand: two colours from the settings, refused when people could not read them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.conf import settings
from django.core import checks
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3, level AA."""
WHITE = "#ffffff"
TEXT = "#0b0c0c"
LINK = "#0b5394"


@dataclass(frozen=True)
class Brand:
    colour: str
    background: str

    @property
    def stylesheet(self) -> str:
        """The custom properties that the one stylesheet reads; nothing for a refused brand."""
        refused = problems(self)
        if refused:
            return "".join(f"/* Refused: {reason} */\n" for reason in refused)
        return (
            ":root{"
            f"--govuk-brand-colour:{self.colour};"
            f"--govuk-template-background-colour:{self.background};"
            f"--govuk-link-active-colour:{TEXT}"
            "}\n"
        )

    @cached_property
    def address(self) -> str:
        """Where browsers get the stylesheet: a new address when the brand changes."""
        return f"/brand.css?v={self.digest[:12]}"

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.stylesheet.encode()).hexdigest()


def current() -> Brand:
    return _brand(settings.BRAND_COLOUR, settings.BRAND_BACKGROUND)


@lru_cache(maxsize=1)
def _brand(colour: str, background: str) -> Brand:
    """One for the process: whether people can read it is worked out once, not on every page."""
    return Brand(colour.lower(), background.lower())


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", between 0 and 1, as WCAG 2.2 defines it."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def problems(brand: Brand) -> list[str]:
    """Why a brand cannot be used, each in a sentence; empty when it can."""
    malformed = [
        f"{name} is {value!r}: write a colour as six hexadecimal digits, such as #00524c."
        for name, value in (("BRAND_COLOUR", brand.colour), ("BRAND_BACKGROUND", brand.background))
        if not re.fullmatch(r"#[0-9a-f]{6}", value)
    ]
    if malformed:
        return malformed
    pairs = (
        ("BRAND_COLOUR", brand.colour, "white", WHITE),
        ("BRAND_BACKGROUND", brand.background, "the text", TEXT),
        ("BRAND_BACKGROUND", brand.background, "links", LINK),
    )
    return [
        f"{name} {colour} has a contrast of {contrast(colour, against):.1f}:1 with {what} "
        f"({against}); at least {LEAST_CONTRAST}:1 is needed for people to read it."
        for name, colour, what, against in pairs
        if contrast(colour, against) < LEAST_CONTRAST
    ]


def check_brand(
    app_configs: Sequence[object] | None, **kwargs: object
) -> list[checks.CheckMessage]:
    """The system check: nothing starts with a brand that people could not read."""
    return [checks.Error(problem, id="council_social.E001") for problem in problems(current())]


def _etag(request: HttpRequest) -> str:
    return f'"{current().digest}"'


@require_safe
@condition(etag_func=_etag)
def brand_css(request: HttpRequest) -> HttpResponse:
    """The brand as a stylesheet: a day in caches, for ever under its own address."""
    brand = current()
    answer = HttpResponse(brand.stylesheet, content_type="text/css; charset=utf-8")
    own_address = request.GET.get("v") == brand.digest[:12]
    answer["Cache-Control"] = (
        "public, max-age=31536000, immutable" if own_address else "public, max-age=3600"
    )
    return answer
