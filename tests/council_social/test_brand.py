"""The brand comes from the settings, and what people could not read is refused with the reason."""

from __future__ import annotations

import pytest
from django.core import checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from pytest_django import Settings

from council_social.brand import Brand, contrast, current, problems

PALE = Brand("#66cccc", "#ffffff")
FINE = Brand("#7a1f5c", "#faf3f8")


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_a_brand_that_can_be_read_has_no_problems() -> None:
    assert problems(FINE) == []


def test_a_pale_brand_is_refused_with_its_contrast_and_what_is_needed() -> None:
    (problem,) = problems(PALE)

    assert "BRAND_COLOUR #66cccc has a contrast of 1.9:1 with white" in problem
    assert "at least 4.5:1" in problem


def test_a_background_on_which_links_cannot_be_read_is_refused() -> None:
    assert any("links" in problem for problem in problems(Brand("#00524c", "#6f8f8c")))


@pytest.mark.parametrize("colour", ["teal", "#fff", "#00524g", "#00524c;}body{display:none", ""])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    (problem,) = problems(Brand(colour, "#ffffff"))

    assert "six hexadecimal digits" in problem


def test_nothing_starts_with_a_brand_that_cannot_be_read(settings: Settings) -> None:
    settings.BRAND_COLOUR = PALE.colour

    with pytest.raises(SystemCheckError, match=r"1\.9:1"):
        call_command("check")


def test_the_settings_as_they_come_pass_the_check() -> None:
    assert not [found for found in checks.run_checks() if found.id == "council_social.E001"]


def test_the_stylesheet_sets_the_councils_colours(client: Client, settings: Settings) -> None:
    settings.BRAND_COLOUR, settings.BRAND_BACKGROUND = FINE.colour.upper(), FINE.background

    answer = client.get("/brand.css")

    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert b"--govuk-brand-colour:#7a1f5c" in answer.content
    assert b"--govuk-template-background-colour:#faf3f8" in answer.content


def test_a_refused_brand_leaves_the_readable_colours_in_place(
    client: Client, settings: Settings
) -> None:
    settings.BRAND_COLOUR = PALE.colour

    answer = client.get("/brand.css")

    assert b"--govuk-brand-colour" not in answer.content
    assert b"/* Refused: " in answer.content


def test_an_unchanged_brand_is_not_sent_again(client: Client) -> None:
    first = client.get("/brand.css")

    again = client.get("/brand.css", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert again.content == b""


def test_the_brands_own_address_is_kept_for_ever_and_any_other_for_an_hour(client: Client) -> None:
    assert client.get(current().address)["Cache-Control"].endswith("immutable")
    assert client.get("/brand.css?v=other")["Cache-Control"] == "public, max-age=3600"


def test_a_new_brand_has_a_new_address() -> None:
    assert FINE.address != Brand("#00524c", "#f1f6f5").address
