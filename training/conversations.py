"""With whom somebody may record a conversation, and which of them wait to be followed up."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from accounts.access import may
from accounts.models import User
from accounts.models.people import UserQuerySet
from accounts.permissions import Permission
from accounts.reach import holds_everywhere
from training.models import Conversation
from training.models.conversations import ConversationQuerySet


def people_to_talk_to(reader: User) -> UserQuerySet:
    """Those who work here: everybody else for HR, their own team for a line manager."""
    rows = User.objects.employed().exclude(pk=reader.pk)
    if holds_everywhere(reader, Permission.RECORD_CONVERSATION):
        return rows
    return rows.filter(manager=reader) if not reader.at_terminal else rows.none()


def kept_people(reader: User) -> UserQuerySet:
    """The same with those who have left, whose records are kept."""
    if holds_everywhere(reader, Permission.RECORD_CONVERSATION):
        return User.objects.exclude(pk=reader.pk)
    return people_to_talk_to(reader)


def may_add_to(reader: User, conversation: Conversation) -> bool:
    """Whether `reader` may correct it and say what came of it."""
    is_theirs = conversation.person_id == reader.pk
    return not is_theirs and may(reader, Permission.RECORD_CONVERSATION, on=conversation.person)


def to_follow_up(reader: User) -> ConversationQuerySet:
    """Those that wait for `reader`: of their team, and those that they recorded and still see."""
    mine = Q(person__manager=reader) | Q(recorded_by=reader)
    seen = Conversation.objects.visible_to(reader).exclude(person=reader).filter(mine)
    return seen.filter(person__in=User.objects.employed()).to_follow_up(timezone.localdate())
