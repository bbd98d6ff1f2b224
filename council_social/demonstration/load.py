"""Loading the demonstration: everything in one transaction, so that there is all of it or nothing.

A load that was cut off leaves nothing behind but accounts in the sandbox, which begins anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from accounts.actions import credentials
from accounts.actions.credentials import NoCredential, open_credential
from accounts.encryption import Undecryptable
from accounts.models import AccountState, Credential, SocialAccount, User
from council_social.celery import app
from council_social.demonstration.access import tell_of_access
from council_social.demonstration.accounts import ACCOUNTS, Kind
from council_social.demonstration.assigning import tell_of_assigning
from council_social.demonstration.at_the_platforms import (
    register_the_council,
    tell_of_signing_in,
)
from council_social.demonstration.campaigns import tell_of_campaigns
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from council_social.demonstration.closing import tell_of_closing
from council_social.demonstration.conversations import tell_of_conversations
from council_social.demonstration.council import PEOPLE
from council_social.demonstration.elections import tell_of_elections
from council_social.demonstration.figures import store_figures
from council_social.demonstration.housekeeping import tell_of_housekeeping
from council_social.demonstration.imports import tell_of_imports
from council_social.demonstration.learning import tell_of_learning
from council_social.demonstration.lessons import tell_of_lessons
from council_social.demonstration.library import tell_of_library
from council_social.demonstration.links import see_that_links_answer
from council_social.demonstration.packages import tell_of_packages
from council_social.demonstration.plans import tell_of_plans
from council_social.demonstration.policies import tell_of_policies
from council_social.demonstration.policy_drafts import tell_of_policy_drafts
from council_social.demonstration.promotions import tell_of_promotions
from council_social.demonstration.register import (
    credential_of,
    put_on_platform,
    tell_of_accounts,
)
from council_social.demonstration.repeating import tell_of_repeating
from council_social.demonstration.routes import tell_of_routes
from council_social.demonstration.sessions import tell_of_sessions
from council_social.demonstration.staffing import tell_of_people
from council_social.demonstration.starting_points import tell_of_starting_points
from council_social.demonstration.stops import tell_of_stops
from council_social.demonstration.story import tell_of_posts, tell_of_talk
from council_social.demonstration.strategy import tell_of_strategy
from council_social.demonstration.without_email import tell_of_people_without_email
from council_social.demonstration.words import NIGHT
from monitoring.intake import connected_accounts, take_in_figures
from monitoring.models import IntakeCursor
from platforms.sandbox.remote import Control
from publishing.last_posts import note_last_posts

FIRST = PEOPLE[0].email


class AnotherCouncil(Exception):
    """The database holds people who are not the demonstration's."""


def is_loaded() -> bool:
    """One query. Raises AnotherCouncil."""
    emails = set(User.objects.order_by("pk").values_list("email", flat=True)[: len(PEOPLE)])
    if emails and FIRST not in emails:
        raise AnotherCouncil
    return bool(emails)


def days_old() -> int:
    """How long ago this database was made, which is when the demonstration was loaded into it."""
    made = MigrationRecorder.Migration.objects.order_by("applied").values_list("applied", flat=True)
    return (timezone.now() - made[0]).days


def load(control: Control) -> Cast:
    """The whole council, as if it had been there for a year and a half."""
    control.reset()
    control.settings(rate_limits=False)
    register_the_council(control)
    _send_no_messages()
    story, cast = Story(timezone.now(), control), Cast()
    with _no_letters(), transaction.atomic():
        tell_of_people(story, cast)
        tell_of_policies(story, cast)
        tell_of_learning(story, cast)
        tell_of_packages(story, cast)
        tell_of_sessions(story, cast)
        tell_of_people_without_email(story, cast)
        tell_of_lessons(story, cast)
        tell_of_conversations(story, cast)
        tell_of_assigning(story, cast)
        tell_of_policy_drafts(story, cast)
        tell_of_accounts(story, cast)
        tell_of_strategy(story, cast)
        tell_of_signing_in(story, cast)
        tell_of_imports(story, cast)
        tell_of_housekeeping(story, cast)
        tell_of_access(story, cast)
        tell_of_closing(story, cast)
        tell_of_campaigns(story, cast)
        tell_of_library(story, cast)
        tell_of_elections(story, cast)
        tell_of_plans(story, cast)
        tell_of_starting_points(story, cast)
        tell_of_posts(story, cast)
        tell_of_talk(story, cast)
        tell_of_stops(story, cast)
        tell_of_promotions(story, cast)
        tell_of_repeating(story, cast)
        tell_of_routes(story, cast)
        story.tell()
        see_that_links_answer(NIGHT)
        note_last_posts()
        store_figures(cast, timezone.localdate())
        for account_id in connected_accounts():
            take_in_figures(account_id)
        # So that the first round of the workers asks again.
        IntakeCursor.objects.update(due_at=None)
    control.settings(rate_limits=True)
    return cast


def _send_no_messages() -> None:
    """The story does by itself what the workers would be told to do."""
    app.conf.update(broker_url="memory://", broker_transport_options={})


@contextmanager
def _no_letters() -> Iterator[None]:
    """Nobody is written to about what happened long ago."""
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = backend


def connect_again(control: Control) -> int:
    """Put back what a sandbox or a folder of keys that is new does not know; how many accounts."""
    register_the_council(control)
    mended = 0
    for account in ACCOUNTS:
        if account.kind is Kind.REQUESTED:
            continue
        kept = SocialAccount.objects.get(platform=account.platform, handle=account.handle)
        if kept.state == AccountState.CLOSED:
            # Whoever tries the demonstration has closed it: its connection is gone for good.
            continue
        opened = _secret_of(kept)
        secret = opened or credential_of(account)
        signed_out = Credential.objects.filter(account=kept, refused_at__isnull=False).exists()
        identity = put_on_platform(control, account, secret, kept.remote_id)
        # The sandbox may have another port than last time.
        SocialAccount.objects.filter(pk=kept.pk).exclude(url=identity.url).update(url=identity.url)
        if signed_out:
            control.set_tokens(account.platform, account.handle, "expired")
        if opened is None:
            credentials.store(by=None, account=kept, credential=secret)
            mended += 1
    return mended


def _secret_of(account: SocialAccount) -> Mapping[str, str] | None:
    """What opens the account; None where nothing that is kept does."""
    try:
        return open_credential(account)
    except (NoCredential, Undecryptable):
        return None
