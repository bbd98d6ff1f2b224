"""What no template may hold: the content policy and the components depend on it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(ROOT.rglob("*.html"))
COMMENTS = re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}", re.DOTALL)

DRAWS_GOVUK = ("components/", "forms/", "django/forms/", "base.html")
"""Where GOV.UK's and MOJ's classes stand: the components, the form renderer, the page's frame."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def source_of(path: Path) -> str:
    return COMMENTS.sub("", path.read_text())


every_template = pytest.mark.parametrize("path", TEMPLATES, ids=name_of)


@every_template
def test_no_style_stands_in_a_tag(path: Path) -> None:
    assert not re.search(r"<[^>]*\sstyle\s*=", source_of(path))
    assert "<style" not in source_of(path)


@every_template
def test_no_script_stands_in_a_tag(path: Path) -> None:
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", source_of(path))
    assert "javascript:" not in source_of(path).lower()
    assert "hx-on" not in source_of(path)


@every_template
def test_scripts_come_from_a_file_but_for_the_one_line_of_the_base_page(path: Path) -> None:
    inline = re.findall(r"<script(?![^>]*\ssrc=)", source_of(path))

    assert len(inline) == (1 if name_of(path) == "base.html" else 0)


@every_template
def test_govuk_classes_stand_only_in_components_and_forms(path: Path) -> None:
    if name_of(path).startswith(DRAWS_GOVUK):
        return

    assert not re.search(r"class=\"[^\"]*\b(govuk|moj)-", source_of(path))


@every_template
def test_htmx_keeps_to_the_few_attributes_that_need_no_evaluation(path: Path) -> None:
    used = set(re.findall(r"\s(hx-[a-z-]+)", source_of(path)))

    assert used <= {
        "hx-get", "hx-post", "hx-trigger", "hx-target", "hx-swap", "hx-swap-oob", "hx-sync",
    }  # fmt: skip


@every_template
def test_nothing_is_loaded_from_elsewhere(path: Path) -> None:
    assert not re.search(r"(src|href)=\"(https?:)?//(?!{{)", source_of(path))


@every_template
def test_every_post_form_carries_the_token_against_forgery(path: Path) -> None:
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", source_of(path), re.DOTALL):
        assert "{% csrf_token %}" in form


@every_template
def test_it_compiles(path: Path) -> None:
    get_template(name_of(path))
