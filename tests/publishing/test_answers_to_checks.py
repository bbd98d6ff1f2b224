"""Advisory findings are answered in words, and both stay with the version that was sent."""

from __future__ import annotations

import pytest
from django.urls import reverse

from audit.models import Entry
from publishing.actions.moving import move
from publishing.actions.submitting import submit, take_back
from publishing.checks.answered import advisory
from publishing.checks.registry import CHECKS, findings
from publishing.checks.severities import Severities
from publishing.composition import compose
from publishing.drafts import Content
from publishing.errors import AnswersNeeded, ChecksFailed, StaleDraft
from publishing.models import CheckSetting, Post, PostState
from tests.publishing.making import decided, drafted, edited, form_of, fresh, in_hours, newest, sent

pytestmark = pytest.mark.django_db
ANSWER = "It is the hashtag of the festival."
TAG = "Open late. #wealdmoorlibraries"


def to_answer(post: Post) -> list[str]:
    """The keys of what the author has to answer."""
    composition = compose(Content.from_json(fresh(post).draft.content), post.pk)
    return [finding.key for finding in advisory(findings(composition))]


def check(post: Post) -> str:
    return reverse("post_check", args=[post.pk])


def test_a_finding_has_the_same_key_as_long_as_it_is_about_the_same(author, account):
    post = drafted(author, account, text=TAG)
    (key,) = to_answer(post)
    assert to_answer(edited(post, author, text=f"{TAG} Come in!")) == [key]
    assert to_answer(edited(post, author, text="Open late. #wealdmoorlibrary")) != [key]


def test_what_is_not_answered_is_not_sent(author, account):
    post = drafted(author, account, text=TAG)
    with pytest.raises(AnswersNeeded, match="#wealdmoorlibraries"):
        submit(post_id=post.pk, revision=post.draft.revision, by=author)
    with pytest.raises(AnswersNeeded):
        sent(post, author, answer=" ")
    assert not fresh(post).versions.exists()


def test_findings_and_answers_stay_with_the_version_and_in_the_trail(author, approver, account):
    post = sent(drafted(author, account, text=TAG), author, ANSWER)
    (found,) = newest(post).findings.all()
    assert (found.check_key, found.answer) == ("hashtags", ANSWER)
    assert "Government Communication Service" in found.source

    decided(post, approver)
    for event in ("post.submitted", "post.approved"):
        (said,) = Entry.objects.get(event=event).details["after"]["findings"]
        assert said == {"finding": found.message, "answer": found.answer}


def test_a_post_that_is_moved_keeps_them(author, approver, officer, account):
    post = sent(drafted(author, account, text=TAG, at=in_hours(2)), author, ANSWER)
    move(version_id=newest(post).pk, at=in_hours(3), by=approver)
    (found,) = newest(post).findings.all()
    assert newest(post).number == 2
    assert found.answer == ANSWER


def test_answers_are_kept_through_another_round(author, account):
    post = sent(drafted(author, account, text=TAG), author, ANSWER)
    take_back(post_id=post.pk, by=author)
    changed = edited(post, author, text=f"{TAG} Come in!")
    again = submit(post_id=post.pk, revision=changed.draft.revision, by=author)
    assert again.state == PostState.AWAITING_APPROVAL


def test_a_clean_post_leaves_the_form_at_once_and_another_by_the_check_page(
    as_author, author, account
):
    clean = drafted(author, account)
    doubtful = drafted(author, account, text=TAG)
    for post, to in ((clean, reverse("post", args=[clean.pk])), (doubtful, check(doubtful))):
        answer = as_author.post(reverse("post_edit", args=[post.pk]), form_of(post, do="send"))
        assert answer.headers["Location"] == to


def test_the_page_asks_and_marks_what_is_not_answered(as_author, author, account):
    post = drafted(author, account, text=f"{TAG} #anotherlongtag")
    first, second = (f"answer-{key}" for key in to_answer(post))
    given = {"revision": post.draft.revision, first: "It is its name.", second: " "}

    answer = as_author.post(check(post), given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It is its name." in page
    assert f'href="#id_{second}"' in page
    assert "Say why this may stay, or change the post" in page

    answer = as_author.post(check(post), {**given, second: "So is this."})
    assert answer.status_code == 302
    assert fresh(post).state == PostState.AWAITING_APPROVAL


def test_a_second_click_is_harmless(as_author, author, account):
    post = drafted(author, account, text=TAG)
    given = {"revision": post.draft.revision, f"answer-{to_answer(post)[0]}": "Its name."}
    for _ in range(2):
        assert as_author.post(check(post), given).status_code == 302
    assert fresh(post).versions.count() == 1


def test_a_stale_tab_is_told_and_loses_no_answer(as_author, author, account):
    post = drafted(author, account, text=TAG)
    given = {"revision": post.draft.revision, f"answer-{to_answer(post)[0]}": "Its name."}
    edited(post, author, text=f"{TAG} Come in!")
    answer = as_author.post(check(post), given)
    assert answer.status_code == 409
    assert "Check it again" in answer.content.decode()
    assert "Its name." in answer.content.decode()
    with pytest.raises(StaleDraft):
        submit(post_id=post.pk, revision=1, by=author, answers={})


@pytest.mark.parametrize("words", ["a\0b", "x" * 501])
def test_what_cannot_be_kept_is_refused_in_words(as_author, author, account, words):
    post = drafted(author, account, text=TAG)
    given = {"revision": post.draft.revision, f"answer-{to_answer(post)[0]}": words}
    assert as_author.post(check(post), given).status_code == 422
    assert fresh(post).state == PostState.DRAFT


def test_answers_to_what_was_never_found_are_kept_nowhere(author, account):
    post = drafted(author, account, text=TAG)
    revision, known = post.draft.revision, dict.fromkeys(to_answer(post), "Its name.")
    submit(post_id=post.pk, revision=revision, by=author, answers={**known, "forged": "x"})
    assert fresh(post).draft.answers == known


def test_the_approver_reads_the_answers(author, as_approver, account):
    post = sent(drafted(author, account, text=TAG), author, ANSWER)
    page = as_approver.get(reverse("post", args=[post.pk])).content.decode()
    assert "What the author answered to the checks" in page
    assert ANSWER in page


def test_the_council_sets_how_severe_a_check_is(officer, author, account):
    post = drafted(author, account, text=TAG)
    setting = CheckSetting.objects.create(
        check_key="hashtags", severity="blocking", reason="Our policy", set_by=officer
    )
    with pytest.raises(ChecksFailed, match="capital letter"):
        sent(post, author)
    setting.severity = "off"
    setting.save()
    assert sent(post, author).state == PostState.AWAITING_APPROVAL


def test_a_fixed_check_is_as_severe_as_it_comes(officer, author, account):
    for check_ in CHECKS:
        CheckSetting.objects.create(
            check_key=check_.key, severity="off", reason="Trying", set_by=officer
        )
    with pytest.raises(ChecksFailed, match="Shorten the text"):
        sent(drafted(author, account, text="a" * 281), author)


def test_settings_are_read_once(django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        severities = Severities()
        assert all(severities.of(check_) for check_ in CHECKS)
    assert "publishing_checksetting" in asked[0]["sql"]
