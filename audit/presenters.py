"""What an entry says, in a sentence.

A template takes `{actor}`, `{subject}`, `{reason}` and any key of the entry's `after` (or, where
that has none, `before`). `{before_x}` is the value that `x` had before. A part in square brackets
is left out when one of its values is missing, so every sentence reads well with no facts at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from audit.catalogue import Event
from audit.models import Entry

SENTENCES: dict[Event, str] = {
    Event.SIGNED_IN: "{actor} signed in[ with {method}]",
    Event.SIGNED_OUT: "{actor} signed out",
    Event.SIGN_IN_FAILED: "Sign-in failed for {subject}[: {why}]",
    Event.SIGN_IN_LOCKED_OUT: "Sign-in was locked for {subject} after too many tries",
    Event.PASSWORD_CHANGED: "{actor} changed the password of {subject}",
    Event.PASSWORD_RESET_ASKED: "A new password was asked for {subject}",
    Event.TWO_FACTOR_SET: "{actor} set up two-factor sign-in for {subject}",
    Event.TWO_FACTOR_REMOVED: "{actor} removed two-factor sign-in from {subject}",
    Event.RECOVERY_CODES_MADE: "{actor} made new recovery codes for {subject}",
    Event.PERSON_ADDED: "{actor} added {subject}",
    Event.PERSON_CHANGED: "{actor} changed the details of {subject}",
    Event.PERSON_LEFT: "{actor} recorded that {subject} left",
    Event.PERSON_RETURNED: "{actor} recorded that {subject} came back",
    Event.ROLE_GIVEN: "{actor} gave {subject} [the role {role}|a role]",
    Event.ROLE_REMOVED: "{actor} took [the role {role}|a role] from {subject}",
    Event.SERVICE_AREA_ADDED: "{actor} added the service area {subject}",
    Event.SERVICE_AREA_CHANGED: "{actor} changed the service area {subject}",
    Event.ACCOUNT_REGISTERED: "{actor} put {subject} on the register",
    Event.ACCOUNT_CHANGED: "{actor} changed the details of {subject}",
    Event.REGISTER_EXPORTED: "{actor} downloaded {subject}[ as {format}]",
    Event.AIM_ADDED: "{actor} added the strategic aim {subject}",
    Event.AIM_CHANGED: "{actor} changed the strategic aim {subject}",
    Event.ACCOUNT_STATE_MOVED: "{actor} moved {subject}[ from {before_state}][ to {state}]",
    Event.ACCOUNT_ROLE_GIVEN: "{actor} gave [{person} the role {role}|a role] on {subject}",
    Event.ACCOUNT_ROLE_REMOVED: "{actor} took [the role {role} from {person}|a role] on {subject}",
    Event.ACCOUNT_ROLE_CHANGED: (
        "{actor} changed when [{person} loses the role {role}|a role ends] on {subject}"
    ),
    Event.ACCESS_EXPORTED: "{actor} downloaded who has access to {subject}[: {what}]",
    Event.CREDENTIAL_STORED: "{actor} connected {subject}",
    Event.CREDENTIAL_ROTATED: "{actor} encrypted the connection of {subject} with a new key",
    Event.CREDENTIAL_DESTROYED: "{actor} destroyed the connection of {subject}",
    Event.CREDENTIAL_EXPIRED: "The connection of {subject} stopped working[: {why}]",
    Event.CREDENTIAL_ACCEPTED: "The connection of {subject} works again",
    Event.RISK_ASSESSED: "{actor} assessed the risk of {subject}[ as {level}]",
    Event.RISK_SIGNED_OFF: "{actor} signed off the risk assessment of {subject}",
    Event.RISK_WARNED: "A warning was given that the risk of {subject} is to be reviewed[: {why}]",
    Event.REQUEST_BEGUN: "{actor} began a request of {subject}",
    Event.REQUEST_CHANGED: "{actor} changed the request of {subject}[: {part}]",
    Event.REQUEST_SUBMITTED: "{actor} submitted the request of {subject}",
    Event.REQUEST_SUPPORTED: "{actor} supported the request of {subject}",
    Event.REQUEST_RETURNED: "{actor} returned the request of {subject} for changes",
    Event.REQUEST_ACCEPTED: "{actor} accepted the request of {subject}",
    Event.REQUEST_REFUSED: "{actor} refused the request of {subject}",
    Event.REQUEST_WITHDRAWN: "{actor} withdrew the request of {subject}",
    Event.PART_ACCEPTED: "{actor} accepted [the part of {part}|a part] on {subject}",
    Event.PART_ACCEPTED_ON_PAPER: (
        "{actor} recorded that [{person} accepted the part of {part}|a part was accepted]"
        " on {subject}[: {shown_by}]"
    ),
    Event.PART_DECLINED: "{actor} declined [the part of {part}|a part] on {subject}",
    Event.CHECK_ANSWERED: "{actor} answered [“{item}”|a checklist] for {subject}",
    Event.RISK_RETURNED: "{actor} returned the risk assessment of {subject}",
    Event.HAZARD_ADDED: "{actor} added the hazard {subject}",
    Event.HAZARD_CHANGED: "{actor} changed the hazard {subject}",
    Event.REGISTER_IMPORTED: (
        "{actor} imported [{count} accounts|accounts] into {subject}[ from {file}]"
    ),
    Event.CONNECTION_BEGUN: "{actor} went to the platform to connect {subject}",
    Event.CONNECTION_REFUSED: "{subject} was not connected[: {why}]",
    Event.CREDENTIAL_RENEWED: "The connection of {subject} was renewed",
    Event.CREDENTIAL_REVOKED: "The connection of {subject} was revoked at the platform",
    Event.CONNECTION_WARNED: "A warning was given that the connection of {subject} ends[: {why}]",
    Event.ACCESS_REVIEW_OPENED: "The access review of {subject} began",
    Event.ACCESS_CONFIRMED: "{actor} confirmed [the role {role} of {person}|a role] on {subject}",
    Event.ACCESS_LAPSED: "[The role {role} of {person}|A role] on {subject} lapsed",
    Event.ACCESS_REVIEW_CLOSED: "The access review of {subject} ended",
    Event.ACCESS_REVIEW_WARNED: "A reminder of the access review of {subject} was given[: {why}]",
    Event.RATIONALISATION_OPENED: "{actor} began the rationalisation {subject}",
    Event.RATIONALISATION_DECIDED: "{actor} decided what becomes of {subject}[: {fate}]",
    Event.RATIONALISATION_DONE: "{actor} recorded that what was decided of {subject} is done",
    Event.RATIONALISATION_CLOSED: "{actor} ended the rationalisation {subject}",
    Event.CLOSING_BEGUN: "{actor} began to close {subject}",
    Event.CLOSING_ABANDONED: "{actor} gave up closing {subject}",
    Event.ARCHIVE_MADE: "An archive of {subject} was made[ (posts: {posts}, mentions: {mentions})]",
    Event.ARCHIVE_DOWNLOADED: "{actor} downloaded the archive of {subject}",
    Event.ACCOUNT_HANDED_ON: "{actor} handed {subject} on[ to {owner}]",
    Event.COURSE_ADDED: "{actor} added the course {subject}",
    Event.COURSE_CHANGED: "{actor} changed the course {subject}",
    Event.COURSE_COMPLETED: "{actor} recorded that [{person} completed {course}|{subject}]",
    Event.COMPLETION_WITHDRAWN: "{actor} withdrew a completion: {subject}",
    Event.POLICY_PUBLISHED: "{actor} published the policy {subject}[, version {version}]",
    Event.POLICY_ACKNOWLEDGED: "{actor} acknowledged {subject}[, version {version}]",
    Event.POST_DRAFTED: "{actor} started {subject}",
    Event.POST_VERSION_MADE: "{actor} made [version {version}|a new version] of {subject}",
    Event.POST_SUBMITTED: "{actor} sent [version {version} of ]{subject} for approval",
    Event.POST_TAKEN_BACK: "{actor} took {subject} back to change it",
    Event.POST_WITHDRAWN: "{actor} withdrew {subject}",
    Event.POST_APPROVED: "{actor} approved [version {version} of ]{subject}[; next: {next}]",
    Event.POST_SECOND_CHECKED: "{actor} gave [version {version} of ]{subject} its second check",
    Event.POST_CHANGES_REQUESTED: "{actor} asked for changes to [version {version} of ]{subject}",
    Event.POST_APPROVAL_VOIDED: "The approval of {subject} ended because {actor} changed it",
    Event.POST_SCHEDULED: "{actor} scheduled {subject}[ for {due_at}]",
    Event.POST_UNSCHEDULED: "{actor} took {subject} off the schedule",
    Event.POST_MOVED: "{actor} moved {subject}[ from {before_due_at}][ to {due_at}]",
    Event.POST_MOVED_AND_APPROVED: (
        "{actor} moved {subject}[ from {before_due_at}][ to {due_at}] and approved it"
    ),
    Event.POST_REDIRECTED: "{actor} moved {subject}[ from {before_account}][ to {account}]",
    Event.POST_MISSED_SLOT: "{subject} missed its slot[ of {due_at}]",
    Event.POST_PUBLISHED: "{subject} was published on every account",
    Event.POST_PART_PUBLISHED: "{subject} was published on some accounts only",
    Event.POST_FAILED: "{subject} was published on no account",
    Event.POST_ARCHIVED: "{actor} archived {subject}",
    Event.POST_DISCARDED: "{actor} discarded {subject}",
    Event.POST_HANDED_ON: "{actor} handed {subject} on[ to {person}]",
    Event.MEDIA_ADDED: "{actor} added [the file {name}|a file] to {subject}",
    Event.MEDIA_REMOVED: "{actor} removed [the file {name}|a file] from {subject}",
    Event.DELIVERY_PUBLISHED: "{subject} was published[ as {remote_id}]",
    Event.DELIVERY_REJECTED: "{subject} was rejected by the platform[: {why}]",
    Event.DELIVERY_PUT_OFF: "{subject} was put off[ until {due_at}][: {why}]",
    Event.DELIVERY_OUTCOME_UNKNOWN: "It is not known whether {subject} was published[: {why}]",
    Event.DELIVERY_RECONCILED_FOUND: "{subject} was found on the platform[ as {remote_id}]",
    Event.DELIVERY_RECONCILED_ABSENT: "{subject} was looked for and is not on the platform",
    Event.DELIVERY_ASKS_PERSON: "Is {subject} live? A person must look[: {why}]",
    Event.DELIVERY_LOOKED_FOR_AGAIN: "{actor} asked for {subject} to be looked for again",
    Event.DELIVERY_CONFIRMED_LIVE: "{actor} confirmed that {subject} is live",
    Event.DELIVERY_CONFIRMED_NOT_LIVE: "{actor} confirmed that {subject} is not live",
    Event.DELIVERY_REFUSED: "{subject} was not sent[: {why}]",
    Event.DELIVERY_TAMPERED: "{subject} was not sent: its version is not what was approved",
    Event.DELIVERY_HELD: "{subject} was held[: {why}]",
    Event.DELIVERY_CANCELLED: "{actor} cancelled {subject}",
    Event.DELIVERY_MISSED: "{subject} was not sent: it was too late[ for {due_at}]",
    Event.DELIVERY_RESENT: "{actor} asked for {subject} to be sent again",
    Event.STOP_PLACED: "{actor} stopped {subject}",
    Event.STOP_RELEASED: "{actor} released the stop on {subject}",
    Event.CIRCUIT_OPENED: "Sending to {subject} paused after repeated failures",
    Event.CIRCUIT_CLOSED: "Sending to {subject} started again",
    Event.INTAKE_FAILED: "Mentions of {subject} could not be fetched[: {why}]",
    Event.INTAKE_RECOVERED: "Mentions of {subject} are fetched again",
    Event.AUDIT_EXPORTED: "{actor} downloaded {subject}[ as {format}]",
    Event.AUDIT_VERIFIED: "{actor} verified {subject}",
    Event.RESTRICTED_VIEWED: "{actor} looked at the restricted record {subject}",
}

TITLED = frozenset(
    {
        "publishing.post",
        "publishing.version",
        "publishing.delivery",
        "training.course",
        "training.policydocument",
        "training.policyversion",
    }
)
"""Subjects that are called by a title that somebody typed, which could be any words at all."""
_TITLE = re.compile(r"(?s)(.+?)(, version \d+(?: to .*)?)?")

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OPTIONAL = re.compile(r"\[([^\]|]*)(?:\|([^\]]*))?\]")
_VALUE = re.compile(r"\{(\w+)\}")


def sentence(entry: Entry, called: str = "") -> str:
    """What happened, in a sentence without its full stop.

    `called`: what the subject is called where its name is clear, such as "this post" on its own
    page. An entry of an event that this release does not know any more still reads.
    """
    values = _values(entry)
    if called:
        values["subject"] = called
    try:
        template = SENTENCES[Event(entry.event)]
    except ValueError:
        return f"{values['actor']}, {entry.event}: {values['subject']}"

    def optional(match: re.Match[str]) -> str:
        there = all(values.get(name) for name in _VALUE.findall(match[1]))
        return match[1] if there else match[2] or ""

    template = _OPTIONAL.sub(optional, template)
    words = _VALUE.sub(lambda match: values.get(match[1], ""), template)
    # A reason often brings a full stop of its own.
    return words[:1].upper() + words[1:].removesuffix(".")


@dataclass(frozen=True)
class Fact:
    """One thing the entry says: its name, what it was before and after ("" where it says not)."""

    name: str
    before: str
    after: str


def facts(entry: Entry) -> list[Fact]:
    """What changed from what to what, for the expander under an entry."""
    before, after = _side(entry, "before"), _side(entry, "after")
    names = list(dict.fromkeys([*before, *after]))
    return [
        Fact(name.replace("_", " ").capitalize(), _text(before.get(name)), _text(after.get(name)))
        for name in names
    ]


def _values(entry: Entry) -> dict[str, str]:
    before, after = _side(entry, "before"), _side(entry, "after")
    return {
        **{f"before_{name}": _text(value) for name, value in before.items()},
        **{name: _text(value) for name, value in {**before, **after}.items()},
        "actor": entry.actor_name,
        "subject": _subject(entry),
        "reason": entry.reason,
    }


def _subject(entry: Entry) -> str:
    """What the entry is about; a title stands in quotation marks, apart from the sentence."""
    found = _TITLE.fullmatch(entry.subject_name)
    if entry.subject_type not in TITLED or not found:
        return entry.subject_name
    return f"“{found[1]}”{found[2] or ''}"


def _side(entry: Entry, side: str) -> Mapping[str, Any]:
    value = entry.details.get(side)
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(_text(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_text(item)}" for name, item in value.items())
    return _day_in_words(str(value))


def _day_in_words(text: str) -> str:
    """“21 May 2025” for the day that the entry keeps as 2025-05-21; any other text as it is."""
    if not _DAY.fullmatch(text):
        return text
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day:%B %Y}"
