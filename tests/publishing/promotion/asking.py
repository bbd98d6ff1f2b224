"""Promotions for tests, asked for with the action that people use."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import SocialAccount, User
from accounts.permissions import CorporateRole
from publishing.actions.promoting import Asked, ask_for_promotion
from publishing.models import Post, Promotion
from tests.factories import person


def budget_holder(**fields: Any) -> User:
    return person(CorporateRole.BUDGET_HOLDER, **{"name": "Bea Budget", **fields})


def what_is_asked(**changed: Any) -> Asked:
    today = timezone.localdate()
    asked = Asked(
        objective="200 more bookings",
        audience="Adults near Wealdmoor",
        budget_pence=8050,
        starts_on=today,
        ends_on=today + timedelta(days=6),
        cost_code="LIB-42",
    )
    return replace(asked, **changed)


def asked_for(
    post: Post,
    account: SocialAccount,
    holder: User,
    *,
    by: User | None = None,
    key: uuid.UUID | None = None,
    **changed: Any,
) -> Promotion:
    return ask_for_promotion(
        post_id=post.pk,
        account=account,
        asked=what_is_asked(**changed),
        budget_holder=holder,
        key=key or uuid.uuid4(),
        by=by or post.author,
    )
