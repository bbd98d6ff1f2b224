"""A few people and accounts, and what is tried by them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import ClassVar

import time_machine
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from accounts.models import SocialAccount, User
from publishing.errors import PublishingError
from publishing.models import Approval, Post, Stage, Version
from tests.gates.small_council import taken_back
from tests.publishing.making import fresh
from tests.publishing.ways_out.bare_rows import was_wrong

NOW = datetime(2027, 3, 2, 9, tzinfo=UTC)
WRITERS = ("author", "editor", "officer", "duty")
DECIDERS = ("approver", "leaver", "officer", "second officer")
PEOPLE = (*WRITERS, *DECIDERS[:2], "second officer", "monitoring", "digital")
ACCOUNTS = (("x",), ("x",), ("x", "facebook"), ("facebook",))
TEXTS = (
    "The library is open until eight tonight.",
    "The library is open until eight tonight.",
    "Jane Smith opens the library tonight.",
    "Foster care: come and ask us tonight.",
)
REFUSALS = (
    PublishingError, ValidationError, PermissionDenied, ObjectDoesNotExist, DatabaseError,
)  # fmt: skip
"""What somebody may not see is not there for them."""
people = st.sampled_from(PEOPLE)
writers = st.sampled_from(WRITERS)
deciders = st.sampled_from(DECIDERS)
which = st.sampled_from([0, 0, 1, 2])
accounts = st.sampled_from(ACCOUNTS)
texts = st.sampled_from(TEXTS)
hours = st.sampled_from([0.5, 2, 30])
stages = st.sampled_from(Stage)


class Tries(RuleBasedStateMachine):
    """`world` is made once; each run begins from it and is taken back."""

    world: ClassVar[dict[str, int]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.undo = taken_back()
        self.undo.__enter__()
        self.clock = time_machine.travel(NOW, tick=False)
        self.traveller = self.clock.start()

    def teardown(self) -> None:
        self.clock.stop()
        self.undo.__exit__(None, None, None)

    def who(self, name: str) -> User:
        return User.objects.get(pk=self.world[name])

    def on(self, *names: str) -> list[SocialAccount]:
        return [SocialAccount.objects.get(pk=self.world[name]) for name in names]

    def post(self, which: int) -> Post | None:
        """The newest, the one before it, the one before that."""
        found = Post.objects.order_by("-pk")[which : which + 1].first()
        return fresh(found) if found else None

    def version(self, which: int) -> Version | None:
        post = self.post(which)
        return post.version if post else None

    def attempt(self, act: Callable[[], object]) -> None:
        """Refused or done: both are well, as long as the invariants hold."""
        there = set(Approval.objects.values_list("pk", flat=True))
        try:
            with transaction.atomic():
                act()
        except REFUSALS:
            return
        for pk in set(Approval.objects.values_list("pk", flat=True)) - there:
            assert was_wrong(pk, timezone.now()) == ""

    def attempt_sql(self, act: Callable[[], object]) -> bool:
        try:
            with transaction.atomic():
                act()
        except DatabaseError:
            return False
        return True
