"""What the corporate team sets for the checks: severities, words, exceptions and topics."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from accounts.access import demand
from accounts.lengths import refuse_too_long
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import Subject, record
from publishing.checks.finding import Severity
from publishing.checks.registry import check_of
from publishing.models import CheckSetting, Topic, WordRule, WordRuleKind


@transaction.atomic
def set_check(*, by: User, check_key: str, severity: Severity, reason: str) -> None:
    """Make a check as severe as that from now on. Setting the same again changes nothing.

    Raises ValidationError for a check that cannot be set, or without a reason.
    """
    demand(by, Permission.EDIT_RULES)
    check = check_of(check_key)
    if check is None or check.is_fixed:
        raise ValidationError("This check cannot be set otherwise.")
    why = reason.strip()
    if not why:
        raise ValidationError({"reason": "Enter a reason."})
    kept = CheckSetting.objects.select_for_update().filter(check_key=check_key).first()
    before = Severity(kept.severity) if kept else check.severity
    if before is severity:
        return
    setting = CheckSetting(
        check_key=check_key, severity=severity, reason=why, set_by=by, set_at=timezone.now()
    )
    refuse_too_long(setting)
    setting.save()
    record(
        Event.CHECK_SET,
        by=by,
        on=Subject("publishing.checksetting", check_key, check.title),
        before={"severity": before.value},
        after={"severity": severity.value},
        reason=why,
    )


@transaction.atomic
def add_word(*, by: User, text: str, kind: WordRuleKind, reason: str = "") -> WordRule:
    """Put a word or phrase on the council's list. Raises ValidationError for one that is there."""
    demand(by, Permission.EDIT_RULES)
    rule = WordRule(text=" ".join(text.split()), kind=kind, reason=reason.strip(), added_by=by)
    if not any(letter.isalnum() for letter in rule.text):
        raise ValidationError({"text": "Enter a word, a phrase, an address or a number."})
    refuse_too_long(rule)
    _save(rule, {"text": f"“{rule.text}” is on the list already."})
    after = {"kind": WordRuleKind(kind).label, "why": rule.reason}
    record(Event.WORD_ADDED, by=by, on=rule, after=after)
    return rule


@transaction.atomic
def remove_word(*, by: User, rule_id: int) -> WordRule:
    """Take a word off the council's list. Removing it again is harmless."""
    demand(by, Permission.EDIT_RULES)
    rule = WordRule.objects.select_for_update().get(pk=rule_id)
    if rule.removed_at is None:
        rule.removed_at = timezone.now()
        rule.save(update_fields=["removed_at"])
        before = {"kind": WordRuleKind(rule.kind).label, "why": rule.reason}
        record(Event.WORD_REMOVED, by=by, on=rule, before=before)
    return rule


@transaction.atomic
def add_topic(
    *, by: User, name: str, words: str, guidance: str = "", is_sensitive: bool = True
) -> Topic:
    """Name something to speak of with care. Raises ValidationError for a name that is taken."""
    demand(by, Permission.EDIT_RULES)
    topic = Topic()
    _word(topic, name, words, guidance, is_sensitive)
    _save(topic, _TAKEN)
    record(Event.TOPIC_ADDED, by=by, on=topic, after=_facts(topic))
    return topic


@transaction.atomic
def change_topic(
    *,
    by: User,
    topic_id: int,
    name: str,
    words: str,
    guidance: str,
    is_sensitive: bool,
    is_in_use: bool,
) -> Topic:
    """Word a topic anew, or archive it: posts that were sent keep what was found in them."""
    demand(by, Permission.EDIT_RULES)
    topic = Topic.objects.select_for_update().get(pk=topic_id)
    before = _facts(topic)
    _word(topic, name, words, guidance, is_sensitive)
    if is_in_use:
        topic.archived_at = None
    else:
        topic.archived_at = topic.archived_at or timezone.now()
    if _facts(topic) != before:
        _save(topic, _TAKEN)
        record(Event.TOPIC_CHANGED, by=by, on=topic, before=before, after=_facts(topic))
    return topic


_TAKEN = {"name": "There is a topic of that name already."}


def _word(topic: Topic, name: str, words: str, guidance: str, is_sensitive: bool) -> None:
    topic.name, topic.guidance = " ".join(name.split()), guidance.strip()
    lines = (" ".join(line.split()) for line in words.splitlines())
    topic.words = "\n".join(dict.fromkeys(line for line in lines if line))
    topic.is_sensitive = is_sensitive
    if not topic.name:
        raise ValidationError({"name": "Enter a name."})
    if not topic.words:
        raise ValidationError({"words": "Enter at least one word."})
    refuse_too_long(topic)


def _save(row: Model, taken: dict[str, str]) -> None:
    """Save it; somebody may have taken its name a moment ago."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as conflict:
        raise ValidationError(taken) from conflict


def _facts(topic: Topic) -> dict[str, object]:
    return {
        "name": topic.name,
        "words": topic.words.splitlines(),
        "guidance": topic.guidance,
        "sensitive": topic.is_sensitive,
        "in_use": topic.archived_at is None,
    }
