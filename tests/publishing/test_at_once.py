"""Two people, or two clicks, at the same moment."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from publishing.actions.deciding import approve
from publishing.actions.drafting import save_draft, start_post
from publishing.actions.submitting import submit, take_back
from publishing.drafts import Content
from publishing.errors import Conflict, PublishingError, StaleDraft
from publishing.models import Approval, Delivery, DeliveryState, Post, PostState, Stage
from tests.at_once import at_once
from tests.factories import RiskAssessmentFactory, communications_officer
from tests.publishing.making import content, decided, drafted, fresh, in_hours, newest, submitted

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_approvers_one_wins_and_the_other_is_told_who(author, approver, officer, account):
    post = submitted(author, account, at=in_hours(5))
    version = newest(post)
    results = at_once(
        *(
            lambda by=by: approve(version_id=version.pk, digest=version.digest, by=by)
            for by in (approver, officer)
        ),
        refusals=Conflict,
    )
    lost = [result for result in results if isinstance(result, Conflict)]
    assert len(lost) == 1
    winner = Approval.objects.get().decided_by
    assert f"{winner.name} decided before you" in lost[0].message
    assert Delivery.objects.count() == 1


def test_a_double_click_on_approve_is_one_approval(author, approver, account):
    version = newest(submitted(author, account, at=in_hours(5)))
    results = at_once(
        *[lambda: approve(version_id=version.pk, digest=version.digest, by=approver)] * 2
    )
    assert [result.state for result in results] == [PostState.SCHEDULED] * 2
    assert (Approval.objects.count(), Delivery.objects.count()) == (1, 1)


def test_of_two_second_checkers_one_wins_and_the_other_is_told_who(
    author, approver, officer, account
):
    RiskAssessmentFactory(account=account, assessed_at=timezone.now(), likelihood=4, impact=4)
    post = decided(submitted(author, account, at=in_hours(5)), approver)
    version = newest(post)
    results = at_once(
        *(
            lambda by=by: approve(
                version_id=version.pk, digest=version.digest, by=by, stage=Stage.SECOND_CHECK
            )
            for by in (officer, communications_officer(name="Cat Officer"))
        ),
        refusals=Conflict,
    )
    lost = [result for result in results if isinstance(result, Conflict)]
    assert len(lost) == 1
    assert "decided before you" in lost[0].message
    assert fresh(post).state == PostState.SCHEDULED
    assert (Approval.objects.count(), Delivery.objects.count()) == (2, 1)


def test_approving_while_the_author_takes_it_back_leaves_nothing_to_send(author, approver, account):
    post = submitted(author, account, at=in_hours(5))
    version = newest(post)
    at_once(
        lambda: approve(version_id=version.pk, digest=version.digest, by=approver),
        lambda: take_back(post_id=post.pk, by=author),
        refusals=PublishingError,
    )
    assert fresh(post).state == PostState.DRAFT
    assert not Delivery.objects.exclude(state=DeliveryState.CANCELLED).exists()


def test_of_two_tabs_that_save_one_is_stale(author, account):
    post = drafted(author, account)
    revision = post.draft.revision

    def saving(words: str) -> Callable[[], Any]:
        typed = Content.from_json({**post.draft.content, "text": words})
        return lambda: save_draft(
            post_id=post.pk, content=typed, revision=revision, by=author
        ).content["text"]

    results = at_once(saving("One"), saving("Two"), refusals=StaleDraft)
    assert len([result for result in results if isinstance(result, StaleDraft)]) == 1
    assert fresh(post).draft.content["text"] in results


def test_a_double_click_on_send_makes_one_version(author, account):
    post = drafted(author, account)
    revision = post.draft.revision
    at_once(*[lambda: submit(post_id=post.pk, revision=revision, by=author)] * 2)
    assert fresh(post).state == PostState.AWAITING_APPROVAL
    assert post.versions.count() == 1


def test_a_double_click_on_a_new_form_makes_one_post(author, account):
    key = uuid.uuid4()
    typed = content(account)
    results = at_once(*[lambda: start_post(by=author, content=typed, key=key)] * 2)
    assert results[0].pk == results[1].pk
    assert Post.objects.count() == 1
