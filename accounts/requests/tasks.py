"""The tasks of a request, and where each stands: what is left before it can be submitted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from accounts.models import AccountRequest, Part, StrategicAim, User
from accounts.models.requests import Answer


class TaskState(StrEnum):
    NOT_STARTED = "Not started"
    INCOMPLETE = "Incomplete"
    WAITING = "Waiting"
    """For somebody else: `RequestTask.waits_for` names them."""
    DONE = "Done"


@dataclass(frozen=True, slots=True)
class RequestTask:
    """`missing` says, each in a sentence, what keeps it from being done."""

    key: str
    text: str
    hint: str
    state: TaskState
    missing: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kind:
    key: str
    text: str
    hint: str
    missing: Callable[[AccountRequest], Iterator[str]]
    is_begun: Callable[[AccountRequest], bool]


ABOUT = ("platform", "handle", "name", "service_area", "purpose")
WHY = ("why", "aims", "audience", "why_not_existing")
CONTENT = ("content_kinds", "content_rhythm", "content_first_weeks", "content_replies")
EQUALITY = (
    "equality_adverse",
    "equality_adverse_why",
    "equality_positive",
    "equality_positive_why",
    "equality_steps",
)


def tasks_of(request: AccountRequest) -> list[RequestTask]:
    """Every task in the order of the page. The same number of queries for any request."""
    return [_task(kind, request) for kind in _KINDS]


def not_done(request: AccountRequest) -> list[str]:
    """What is left before it can be submitted, each in a sentence."""
    return [what for task in tasks_of(request) for what in task.missing]


def waiting_for(request: AccountRequest) -> list[User]:
    """Whoever has not accepted their part yet, each once."""
    account = request.account
    accepted = {
        (each.part, each.user_id)
        for each in account.answerables.all()
        if each.until is None and each.accepted_at
    }
    parts = ((Part.OWNER, account.owner), (Part.DEPUTY, account.deputy))
    asked = [user for part, user in parts if user and (part, user.pk) not in accepted]
    asked += [each.user for each in request.officers.all() if not each.accepted_at]
    return list({user.pk: user for user in asked}.values())


def managers_to_choose(request: AccountRequest) -> list[User]:
    """Who may support it: the line managers of the asker and of the owner, while they work here."""
    found = {user.manager for user in (request.asked_by, request.account.owner)}
    out = {request.asked_by_id, request.account.owner_id}
    return [each for each in found if each and each.is_employed() and each.pk not in out]


def _task(kind: _Kind, request: AccountRequest) -> RequestTask:
    missing = tuple(kind.missing(request))
    waits = tuple(user.name for user in waiting_for(request)) if kind.key == "people" else ()
    if missing:
        state = TaskState.INCOMPLETE if kind.is_begun(request) else TaskState.NOT_STARTED
    else:
        state = TaskState.DONE
    if waits and len(missing) == len(waits):
        state = TaskState.WAITING
    return RequestTask(kind.key, kind.text, kind.hint, state, missing, waits)


def _about(request: AccountRequest) -> Iterator[str]:
    account = request.account
    if not account.handle:
        yield "Enter the handle."
    if not account.purpose:
        yield "Say in a sentence what the account is for."


def _why(request: AccountRequest) -> Iterator[str]:
    if not request.why:
        yield "Say what the account is needed for."
    if not request.account.audience:
        yield "Say whom it is for."
    if not request.account.aims.all() and StrategicAim.objects.in_use().exists():
        yield "Choose the strategic aims that it serves."
    if not request.why_not_existing:
        yield "Say why an existing account will not do."


def _content(request: AccountRequest) -> Iterator[str]:
    for name, what in (
        ("content_kinds", "what will be posted"),
        ("content_rhythm", "how often"),
        ("content_first_weeks", "what the first four weeks bring"),
        ("content_replies", "who answers residents, and when"),
    ):
        if not getattr(request, name):
            yield f"Say {what}."


def _people(request: AccountRequest) -> Iterator[str]:
    account = request.account
    if account.deputy is None:
        yield "Name a deputy."
    named = [account.owner, account.deputy, *(each.user for each in request.officers.all())]
    for user in {user.pk: user for user in named if user}.values():
        if not user.is_employed():
            yield f"{user.name} does not work for the council any more. Name somebody else."
    for user in waiting_for(request):
        yield f"{user.name} has not accepted yet."


def _manager(request: AccountRequest) -> Iterator[str]:
    choices = managers_to_choose(request)
    if request.line_manager not in choices:
        yield (
            "Choose the line manager who is to support it."
            if choices
            else "Nobody is on record as the line manager of the asker or the owner. Ask the"
            " digital team to put that right."
        )


def _risk(request: AccountRequest) -> Iterator[str]:
    made = list(request.account.risk_assessments.all())
    if not made:
        yield f"{request.account.owner.name} or the deputy assesses the risk."
    elif made[0].returned_at:
        yield f"The risk assessment was returned: {made[0].returned_because.removesuffix('.')}."


def _equality(request: AccountRequest) -> Iterator[str]:
    if not request.equality_adverse:
        yield "Answer question a of the equality screening."
    if request.equality_adverse == Answer.YES and not request.equality_adverse_why:
        yield "Explain the adverse impact (question a)."
    if not request.equality_positive:
        yield "Answer question b of the equality screening."
    if request.equality_positive == Answer.YES and not request.equality_positive_why:
        yield "Explain the positive contribution (question b)."
    if request.equality_adverse == Answer.YES and not request.equality_steps:
        yield "Say which steps you take against the adverse impact (question c)."


def _any(*names: str) -> Callable[[AccountRequest], bool]:
    return lambda request: any(getattr(request, name) for name in names)


_KINDS = (
    _Kind("about", "About the account", "Platform, handle, service area", _about, lambda _: True),
    _Kind(
        "why",
        "Why it is needed",
        "Strategic aims, audience, and why an existing account will not do",
        _why,
        lambda r: _any("why", "why_not_existing")(r) or bool(r.account.audience),
    ),
    _Kind("content", "Content plan", "What, how often, who answers", _content, _any(*CONTENT)),
    _Kind(
        "people",
        "People",
        "The owner, a deputy and whoever writes or approves; all of them accept",
        _people,
        lambda r: bool(r.account.deputy_id or r.officers.all()),
    ),
    _Kind(
        "manager",
        "Line manager",
        "Who is asked to support the request",
        _manager,
        lambda r: bool(r.line_manager_id),
    ),
    _Kind(
        "risk",
        "Risk assessment",
        "By the owner or the deputy; signed off by somebody else after you submit",
        _risk,
        lambda r: bool(r.account.risk_assessments.all()),
    ),
    _Kind(
        "equality",
        "Equality screening",
        "Three questions about the impact on different groups",
        _equality,
        _any("equality_adverse", "equality_positive"),
    ),
)
TASK_KEYS = tuple(kind.key for kind in _KINDS)
