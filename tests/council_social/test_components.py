"""Each component draws what its arguments say, and nothing that our content policy forbids."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import TemplateSyntaxError
from django.utils.html import format_html

from accounts.models import AssessedHazard
from council_social.tags import COLOURS, colour_of
from platforms.registry import PLATFORMS
from publishing.models import DeliveryState, PostState
from tests.council_social.drawing import draw, part, words_of

FOLDER = Path(settings.BASE_DIR) / "templates" / "components"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

INSIDE_ANOTHER = {
    "header", "service_navigation", "skip_link", "footer", "session_warning", "chart", "messages",
    "preview_head", "preview_text", "preview_media", "preview_x", "preview_facebook",
    "preview_youtube", "preview_plain", "preview_over", "preview_alt_texts", "preview_captions",
    "presence", "present", "hazard_questions", "election_notice", "media_card", "emoji_button",
    "emoji_picker", "emoji_groups", "emoji_found", "put_button", "snippet_select", "best_times",
    "heat_map", "judged_answers", "package_frame", "video", "terminal_bar", "personal_code",
}  # fmt: skip
"""Drawn by the base page, another component or one page, and tested there."""

SAMPLES = {
    "alert": '{% component "alert" kind="warning" title="Careful" %}<p>Inner</p>{% endcomponent %}',
    "autosave_status": '{% include "components/autosave_status.html" with words="Inner" only %}',
    "filter_bar": '{% component "filter_bar" clear="/" %}Inner{% endcomponent %}',
    "media_list": '{% component "media_list" id="media" %}Inner{% endcomponent %}',
    "platform_sign": '{% include "components/platform_sign.html" with name="Inner" only %}',
    "back_link": '{% include "components/back_link.html" with href="/posts/" text="Inner" only %}',
    "breadcrumbs": '{% include "components/breadcrumbs.html" with items=links only %}',
    "button": '{% include "components/button.html" with text="Inner" only %}',
    "button_group": '{% component "button_group" %}Inner{% endcomponent %}',
    "card": '{% component "card" title="Failed" figure=0 words="today" %}Inner{% endcomponent %}',
    "choose": '{% include "components/choose.html" with name="post" value=1 label="Inner" only %}',
    "conflict": '{% include "components/conflict.html" with by="Inner" at=now href="/" only %}',
    "count": '{% include "components/count.html" with lines=lines only %}',
    "details": '{% component "details" summary="Why?" %}Inner{% endcomponent %}',
    "diff": '{% include "components/diff.html" with segments=segments key=True only %}',
    "empty_state": '{% include "components/empty_state.html" with title="Inner" only %}',
    "error_summary": '{% include "components/error_summary.html" with errors=lines only %}',
    "fieldset": '{% component "fieldset" legend="Question" %}Inner{% endcomponent %}',
    "filter": '{% component "filter" selected=links %}Inner{% endcomponent %}',
    "spoken": '{% include "components/spoken.html" with id="said" text="Inner" only %}',
    "heartbeat": '{% include "components/heartbeat.html" with name="Inner" state="late" only %}',
    "hidden_words": '{% include "components/hidden_words.html" with text="Inner" only %}',
    "inset": '{% component "inset" %}Inner{% endcomponent %}',
    "link": '{% include "components/link.html" with text="Inner" href="/" only %}',
    "prose": '{% include "components/prose.html" with html="Inner" only %}',
    "wide": '{% component "wide" label="Figures" %}Inner{% endcomponent %}',
    "notice_bar": '{% component "notice_bar" %}Inner{% endcomponent %}',
    "notification_badge": (
        '{% include "components/notification_badge.html" with count=3 words="Inner" only %}'
    ),
    "notification_banner": '{% component "notification_banner" %}Inner{% endcomponent %}',
    "page_heading": '{% component "page_heading" title="Posts" %}Inner{% endcomponent %}',
    "pagination": '{% include "components/pagination.html" with next="?b" words="Inner" only %}',
    "panel": '{% include "components/panel.html" with title="Inner" only %}',
    "picture": '{% include "components/picture.html" with url="/p.jpg" alt="Inner" only %}',
    "preview": (
        '{% include "components/preview.html" with platform="x" account="Inner" text="Hi" only %}'
    ),
    "progress": ('{% include "components/progress.html" with words="Inner" value=1 most=4 only %}'),
    "qr_code": '{% include "components/qr_code.html" with svg="Inner" only %}',
    "risk_matrix": (
        '{% include "components/risk_matrix.html" with impact=4 likelihood=2 caption="Inner" %}'
    ),
    "saved": '{% include "components/saved.html" with at=now revision="Inner" only %}',
    "side_navigation": '{% include "components/side_navigation.html" with items=links only %}',
    "sort_link": '{% include "components/sort_link.html" with label="Inner" href="?s" only %}',
    "sub_navigation": '{% include "components/sub_navigation.html" with items=links only %}',
    "summary_card": '{% component "summary_card" title="Risk" %}Inner{% endcomponent %}',
    "summary_list": '{% include "components/summary_list.html" with rows=rows only %}',
    "summary_row": '{% component "summary_row" key="Owner" %}Inner{% endcomponent %}',
    "table": '{% component "table" names="Post|When" %}{% row %}{% cell %}Inner{% endcell %}'
    "{% endrow %}{% endcomponent %}",
    "tag": '{% include "components/tag.html" with text="Inner" colour="red" only %}',
    "task_list": '{% include "components/task_list.html" with items=tasks only %}',
    "timeline": '{% include "components/timeline.html" with items=events only %}',
    "timeline_item": '{% component "timeline_item" title="Sent" at=now %}Inner{% endcomponent %}',
    "warning_text": '{% include "components/warning_text.html" with text="Inner" only %}',
}

CONTEXT = {
    "now": NOW,
    "links": [{"text": "Inner", "href": "/", "active": True, "count": 4}],
    "lines": [{"text": "Inner", "href": "#id_text", "over": True}],
    "rows": [("Owner", "Inner", "/change/", "Change", "owner")],
    "segments": [{"kind": "same", "text": "Inner"}],
    "tasks": [{"text": "Inner", "href": "/", "state": "Draft", "colour": "grey"}],
    "events": [{"title": "Inner", "by": "Ana", "at": NOW, "text": "More"}],
}


def test_every_component_has_a_sample_here() -> None:
    files = {path.stem for path in FOLDER.glob("*.html")}

    assert files == set(SAMPLES) | INSIDE_ANOTHER


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_component_draws_what_it_was_given(name: str) -> None:
    html = draw(SAMPLES[name], **CONTEXT)

    assert "Inner" in html
    assert " style=" not in html
    assert not re.search(r"\son\w+=", html)
    assert "{{" not in html
    assert "{%" not in html


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.html")), ids=lambda path: path.stem)
def test_a_component_says_at_its_top_what_it_takes(path: Path) -> None:
    assert path.read_text().startswith("{% comment %}")


def test_what_was_typed_is_escaped_in_every_component() -> None:
    hostile = json.loads(json.dumps(CONTEXT, default=str).replace("Inner", "<b>&"))
    hostile |= {"now": NOW, "typed": "<b>&"}
    hostile["events"][0]["at"] = NOW

    for source in SAMPLES.values():
        html = draw(source.replace('="Inner"', "=typed").replace("Inner", "words"), **hostile)

        assert "<b>" not in html


def test_a_component_sees_nothing_of_the_page_but_its_arguments() -> None:
    html = draw('{% component "inset" %}words{% endcomponent %}', text="leaked")

    assert "leaked" not in html
    assert "words" in html


def test_a_component_can_be_kept_for_an_argument() -> None:
    html = draw(
        '{% component "tag" text="Live" colour="green" as live %}{% endcomponent %}'
        '{% component "summary_card" title="X" tag=live %}{% endcomponent %}'
    )

    assert '<strong class="govuk-tag govuk-tag--green">Live</strong>' in html


def test_a_link_that_looks_like_a_button_is_a_link() -> None:
    html = part("button", text="Write", href="/posts/new/")

    assert html.startswith('<a href="/posts/new/" role="button"')


def test_a_warning_button_is_red_and_says_what_it_is_about_to_screen_readers() -> None:
    html = part("button", text="Remove", kind="warning", describes="Ana")

    assert "govuk-button--warning" in html
    assert '<span class="govuk-visually-hidden"> Ana</span>' in html


def test_nothing_wrong_draws_no_error_summary() -> None:
    assert part("error_summary", errors=[]) == ""


def test_error_summary_links_each_error_to_its_control() -> None:
    class Decision(forms.Form):
        answer = forms.ChoiceField(
            choices=[("yes", "Yes"), ("no", "No")],
            widget=forms.RadioSelect,
            error_messages={"required": "Choose what to do"},
        )
        comment = forms.CharField(error_messages={"required": "Enter a comment"})

    html = part("error_summary", form=Decision({}))

    assert '<a href="#id_answer_0">Choose what to do</a>' in html
    assert '<a href="#id_comment">Enter a comment</a>' in html


def test_error_summary_names_the_errors_of_the_whole_form_first() -> None:
    form = forms.Form({})
    form.full_clean()
    form.add_error(None, "Somebody else was quicker")

    html = part("error_summary", form=form)

    assert "<li>Somebody else was quicker</li>" in html


def test_a_cell_names_its_column_for_a_phone_once() -> None:
    html = draw('{% cell "Goes out" %}9am{% endcell %}')

    assert html == (
        '<td role="cell"><span class="cs-table__label" aria-hidden="true">Goes out</span>'
        "<div>9am</div></td>"
    )


def test_the_first_cell_of_a_row_heads_it() -> None:
    assert draw('{% cell "Post" header=True %}Bins{% endcell %}') == (
        '<th scope="row" role="rowheader">Bins</th>'
    )


def test_a_cell_takes_nothing_that_is_known_only_later() -> None:
    with pytest.raises(TemplateSyntaxError, match="a label in quotes"):
        draw('{% cell "Post" header=is_first %}Bins{% endcell %}')


def test_a_sorted_column_says_so_and_others_can_be_sorted() -> None:
    columns = [
        {"label": "Post", "href": "?sort=post"},
        {"label": "Goes out", "href": "?sort=-due", "sorted": "ascending"},
        {"label": "Status"},
    ]

    html = draw('{% component "table" columns=columns %}{% endcomponent %}', columns=columns)

    assert html.count('aria-sort="none"') == 1
    assert html.count('aria-sort="ascending"') == 1
    assert html.count("aria-sort") == 2


def test_a_long_list_has_only_the_ways_that_lead_somewhere() -> None:
    html = part("pagination", previous="", next="?after=9")

    assert 'rel="next"' in html
    assert 'rel="prev"' not in html


def test_a_difference_does_not_rest_on_colour_alone() -> None:
    segments = [{"kind": "removed", "text": "holidays"}, {"kind": "added", "text": "Christmas"}]

    html = part("diff", segments=segments)

    assert "<del>" in html
    assert "[removed:]" in html
    assert "<ins>" in html
    assert "[added:]" in html


def test_a_count_above_99_stays_short_and_is_read_in_full() -> None:
    html = part("notification_badge", count=128, words="new")

    assert ">99+<" in html
    assert "(99 or more new)" in html


def test_no_count_draws_no_badge() -> None:
    assert part("notification_badge", count=0) == ""


@pytest.mark.parametrize("state", [*PostState.values, *DeliveryState.values])
def test_every_state_of_posts_and_deliveries_has_a_colour_of_its_own_choosing(state: str) -> None:
    assert state in COLOURS


def test_an_unknown_state_is_grey() -> None:
    assert colour_of("never_heard_of") == "grey"


def test_a_state_is_drawn_with_its_colour_and_its_words() -> None:
    html = draw('{% state_tag "missed_slot" "Missed slot" %}')

    assert html == '<strong class="govuk-tag govuk-tag--orange">Missed slot</strong>'


def test_an_answer_to_an_autosave_brings_the_new_revision_with_it() -> None:
    html = part("saved", at=NOW, revision=8)

    assert words_of(html).startswith("Saved at ")
    assert 'id="id_revision" value="8" hx-swap-oob="true"' in html


@pytest.mark.parametrize("platform", sorted(PLATFORMS))
def test_each_platform_has_a_preview_that_names_the_account(platform: str) -> None:
    html = part(
        "preview",
        platform=platform,
        account="Libraries",
        handle="libs",
        text="See https://a.example/x",
        title="A title",
        media=[{"url": "/media/1/", "alt": "Two lorries", "kind": "picture"}],
    )

    assert f"cs-preview--{platform}" in html
    assert "Libraries" in html
    assert '<span class="cs-preview__link">https://a.example/x</span>' in html
    assert 'alt="Two lorries"' in html
    assert "<summary>Alt text</summary><p>Two lorries</p>" in html


def test_a_preview_says_that_alt_text_is_missing() -> None:
    html = part(
        "preview",
        platform="x",
        account="A",
        handle="a",
        media=[{"url": "/media/1/", "alt": "", "kind": "picture"}],
    )

    assert "Alt text is missing" in html


@pytest.mark.parametrize("platform", ["x", "facebook"])
def test_a_link_is_a_card_only_where_there_are_no_pictures(platform: str) -> None:
    given = {"platform": platform, "account": "A", "link": "https://www.a.example/x"}
    picture = {"url": "/media/1/", "alt": "A", "kind": "picture"}

    assert "a.example" in part("preview", **given)
    assert "a.example" not in part("preview", **given, media=[picture])


def test_what_a_platform_folds_away_is_unfolded_for_whoever_decides() -> None:
    given = {"platform": "facebook", "account": "A", "text": "See", "more": " the rest", "key": "7"}

    assert '<details class="cs-preview__more" id="more-7"><summary>See more' in part(
        "preview", **given
    )
    assert 'id="more-7" open' in part("preview", **given, whole=True)


def test_a_preview_marks_what_does_not_fit() -> None:
    html = part("preview", platform="x", account="A", handle="a", text="fits", over=" not")

    assert '<mark class="cs-preview__over"> not</mark>' in html


def test_a_page_may_give_a_component_html_as_an_argument_only_when_marked_safe() -> None:
    rows = [("A", "<i>", "", "", ""), ("B", format_html("<em>{}</em>", "<"), "", "", "")]

    html = part("summary_list", rows=rows)

    assert "&lt;i&gt;" in html
    assert "<em>&lt;</em>" in html


def test_the_risk_matrix_is_a_table_that_marks_one_cell_in_words() -> None:
    html = part("risk_matrix", likelihood=3, impact=5)

    assert html.count("<td class") == 25
    assert html.count('scope="row"') == 5
    assert html.count("assessed here") == html.count("cs-risk__cell--assessed") == 1
    (of_impact_5,) = re.findall(r"Catastrophic</span></th>(.*?)</tr>", html)
    cells = of_impact_5.split("</td>")
    assert "assessed here" in cells[2]
    assert ">15 " in cells[2]
    assert "Low (L): 1 to 6. Medium (M): 7 to 14. High (H): 15 to 25." in html
    assert "assessed here" not in part("risk_matrix")


def test_the_risk_matrix_shows_each_hazard_by_its_number_where_its_controls_leave_it() -> None:
    hazards = [
        AssessedHazard(residual_likelihood=2, residual_impact=4),
        AssessedHazard(residual_likelihood=1, residual_impact=1),
        AssessedHazard(residual_likelihood=2, residual_impact=4),
    ]

    html = part("risk_matrix", likelihood=2, impact=4, hazards=hazards)

    assert "medium, assessed here, hazards 1, 3</span>" in html
    assert "low, hazard 2</span>" in html
    assert html.count('class="cs-risk__hazard"') == 3
