"""Recording conversations about conduct, adding to them, and reading them.

The trail says who did what and when, and never a word of what was said.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from training.models import About, AdditionKind, Conversation, ConversationAddition


@transaction.atomic
def record_conversation(
    *,
    by: User,
    person: User,
    held_on: date,
    about: About,
    said: str,
    agreed: str = "",
    follow_up_on: date | None = None,
) -> Conversation:
    """Keep what was said and agreed; from now on only additions are possible.

    Raises ValidationError for a leaver, a day to come, and a follow-up before the conversation.
    """
    locked = User.objects.select_for_update().get(pk=person.pk)
    demand(by, Permission.RECORD_CONVERSATION, on=locked)
    if locked.pk == by.pk:
        raise ValidationError("Somebody else must record a conversation with you.")
    if not locked.is_employed():
        raise ValidationError(f"{locked.name} does not work for the council any more.")
    if held_on > timezone.localdate():
        raise ValidationError({"held_on": "The day must be today or in the past."})
    if follow_up_on and follow_up_on < held_on:
        raise ValidationError({"follow_up_on": "Enter a day after the conversation."})
    made = Conversation.objects.create(
        person=locked,
        held_on=held_on,
        about=about,
        said=said,
        agreed=agreed,
        follow_up_on=follow_up_on,
        recorded_by=by,
    )
    record(Event.CONVERSATION_RECORDED, by=by, on=made)
    return made


@transaction.atomic
def comment_on(*, by: User, conversation: Conversation, text: str) -> ConversationAddition:
    """What the person themself says to it: once. Raises ValidationError the second time."""
    locked = _locked(conversation)
    if locked.person_id != by.pk:
        raise ValidationError("Only the person themself can comment.")
    if locked.additions.filter(kind=AdditionKind.COMMENT).exists():
        raise ValidationError("You have commented already, and that comment stands.")
    return _add(locked, AdditionKind.COMMENT, text, by)


@transaction.atomic
def correct(*, by: User, conversation: Conversation, text: str) -> ConversationAddition:
    """Add what was wrong; what was written stays where it is."""
    locked = _locked(conversation)
    demand(by, Permission.RECORD_CONVERSATION, on=locked.person)
    _refuse_oneself(locked, by)
    return _add(locked, AdditionKind.CORRECTION, text, by)


@transaction.atomic
def follow_up(*, by: User, conversation: Conversation, text: str) -> ConversationAddition:
    """Say what came of it. Raises ValidationError where nothing waits to be followed up."""
    locked = _locked(conversation)
    demand(by, Permission.RECORD_CONVERSATION, on=locked.person)
    _refuse_oneself(locked, by)
    if locked.follow_up_on is None:
        raise ValidationError("No day was set to follow this up. Add a correction instead.")
    if locked.additions.filter(kind=AdditionKind.FOLLOWED_UP).exists():
        raise ValidationError("This has been followed up already.")
    return _add(locked, AdditionKind.FOLLOWED_UP, text, by)


@transaction.atomic
def note_reading(*, by: User, conversation: Conversation) -> None:
    """Leave a trace of everybody who reads it but its writer."""
    if conversation.recorded_by_id != by.pk:
        record(Event.RESTRICTED_VIEWED, by=by, on=conversation)


def _locked(conversation: Conversation) -> Conversation:
    Conversation.objects.select_for_update().values_list("pk").get(pk=conversation.pk)
    return Conversation.objects.select_related("person").get(pk=conversation.pk)


def _refuse_oneself(conversation: Conversation, by: User) -> None:
    if conversation.person_id == by.pk:
        raise ValidationError("Somebody else must do this: the conversation was with you.")


def _add(
    conversation: Conversation, kind: AdditionKind, text: str, by: User
) -> ConversationAddition:
    added = conversation.additions.create(kind=kind, text=text, by=by)
    record(Event.CONVERSATION_ADDED, by=by, on=conversation, after={"what": kind.label})
    return added
