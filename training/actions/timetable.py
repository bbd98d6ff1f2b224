"""Keeping the strategy's timetable: phases and actions, and how far each action has got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.lengths import refuse_too_long
from accounts.models import StrategicAim, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from platforms.contract import MediaKind
from training.models import ActionState, Phase, StrategyAction
from uploads.clean import clean
from uploads.refused import UploadRefused
from uploads.store import digest_of_file, keep

FOLDER = "strategy"


class StaleAction(ValidationError):
    """Somebody changed the action since the form was opened."""

    def __init__(self) -> None:
        super().__init__(
            "This action has changed since you opened the page. Open it again, then save."
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, by whom and by when."""

    phase: Phase
    aim: StrategicAim | None
    what: str
    owner: User
    due_on: date


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows that it is done: a text, a link, the name of a picture; any of them."""

    evidence: str = ""
    link: str = ""
    picture: str = ""
    picture_type: str = ""


@transaction.atomic
def add_phase(*, by: User, name: str, position: int, ends_on: date) -> Phase:
    """Raises ValidationError for a name that is there."""
    demand(by, Permission.KEEP_TIMETABLE)
    phase = Phase(name=_free_name(name), position=position, ends_on=ends_on)
    refuse_too_long(phase)
    phase.save()
    record(Event.PHASE_ADDED, by=by, on=phase, after=_phase_facts(phase))
    return phase


@transaction.atomic
def change_phase(*, by: User, phase: Phase, name: str, position: int, ends_on: date) -> Phase:
    locked = Phase.objects.select_for_update().get(pk=phase.pk)
    demand(by, Permission.KEEP_TIMETABLE)
    before = _phase_facts(locked)
    locked.name, locked.position, locked.ends_on = _free_name(name, locked), position, ends_on
    refuse_too_long(locked)
    if _phase_facts(locked) == before:
        return locked
    locked.save()
    record(Event.PHASE_CHANGED, by=by, on=locked, before=before, after=_phase_facts(locked))
    return locked


@transaction.atomic
def add_action(*, by: User, plan: Plan) -> StrategyAction:
    """Raises ValidationError for an owner who has left."""
    demand(by, Permission.KEEP_TIMETABLE)
    action = StrategyAction(planned_on=plan.due_on)
    _take_over(action, plan)
    action.save()
    record(Event.STRATEGY_ACTION_ADDED, by=by, on=action, after=_facts(action))
    return action


@transaction.atomic
def change_action(*, by: User, action: StrategyAction, plan: Plan, seen: int) -> StrategyAction:
    """Word or place an action anew. Of one that is delayed only `move_action` changes the day.

    Raises StaleAction and ValidationError.
    """
    locked = _lock(action, seen)
    demand(by, Permission.KEEP_TIMETABLE)
    before, was_moved = _facts(locked), locked.due_on != locked.planned_on
    _take_over(locked, plan)
    if not was_moved:
        # What was first agreed stays in sight only once it was put off.
        locked.planned_on = plan.due_on
    if locked.state == ActionState.DELAYED and plan.due_on <= locked.planned_on:
        raise ValidationError({"due_on": f"Enter a day after {locked.planned_on:%-d %B %Y}."})
    return _save(locked, Event.STRATEGY_ACTION_CHANGED, by, before)


def move_action(
    *,
    by: User,
    action: StrategyAction,
    state: ActionState,
    seen: int,
    new_day: date | None = None,
    why: str = "",
    evidence: str = "",
    link: str = "",
    picture: UploadedFile | None = None,
) -> StrategyAction:
    """Say how far an action has got: its owner, or whoever keeps the timetable.

    Delayed needs a later day and why, dropped needs why, done needs something that shows it.
    The slow part, making the picture again, holds no lock. Raises StaleAction, ValidationError.
    """
    _permit(by, StrategyAction.objects.get(pk=action.pk))
    name, kind = _kept(picture) if picture else ("", "")
    with transaction.atomic():
        locked = _lock(action, seen)
        _permit(by, locked)
        before = _facts(locked)
        shown = Shown(evidence.strip(), link.strip(), name, kind)
        _show(locked, shown)
        _set_state(locked, state, new_day, why.strip())
        return _save(locked, Event.STRATEGY_ACTION_MOVED, by, before, reason=why)


def _set_state(action: StrategyAction, state: ActionState, new_day: date | None, why: str) -> None:
    action.state, action.why, action.done_on = state, "", None
    if state in (ActionState.DELAYED, ActionState.DROPPED):
        if not why:
            raise ValidationError({"why": "Say why."})
        action.why = why
    if state == ActionState.DELAYED:
        if new_day is None or new_day <= action.planned_on:
            words = f"Enter a day after {action.planned_on:%-d %B %Y}, the one first agreed."
            raise ValidationError({"new_day": words})
        action.due_on = new_day
    if state == ActionState.DONE:
        if not (action.evidence or action.link or action.picture):
            raise ValidationError({"evidence": "Say or show what proves that it is done."})
        action.done_on = timezone.localdate()


def _show(action: StrategyAction, shown: Shown) -> None:
    action.evidence, action.link = shown.evidence, shown.link
    if shown.picture:
        action.picture, action.picture_type = shown.picture, shown.picture_type


def _kept(file: UploadedFile) -> tuple[str, str]:
    try:
        with clean(file) as cleaned:
            if cleaned.kind is not MediaKind.PICTURE:
                raise ValidationError({"picture": "Upload a picture: a JPEG or a PNG."})
            digest = digest_of_file(cleaned.content)
            name = keep(cleaned.content, FOLDER, digest, cleaned.extension, cleaned.size)
            return name, cleaned.content_type
    except UploadRefused as refused:
        raise ValidationError({"picture": f"{refused}."}) from refused


def _permit(by: User, action: StrategyAction) -> None:
    if action.owner_id != by.pk or not by.is_employed():
        demand(by, Permission.KEEP_TIMETABLE)


def _lock(action: StrategyAction, seen: int) -> StrategyAction:
    rows = StrategyAction.objects.select_for_update(of=("self",))
    locked = rows.select_related("phase", "owner").get(pk=action.pk)
    if locked.revision != seen:
        raise StaleAction
    return locked


def _take_over(action: StrategyAction, plan: Plan) -> None:
    if not plan.owner.is_employed():
        raise ValidationError({"owner": f"{plan.owner.name} does not work here any more."})
    action.phase, action.aim, action.owner = plan.phase, plan.aim, plan.owner
    action.what, action.due_on = " ".join(plan.what.split()), plan.due_on
    if not action.what:
        raise ValidationError({"what": "Say what is to be done."})
    refuse_too_long(action)


def _save(
    action: StrategyAction,
    event: Event,
    by: User,
    before: dict[str, object],
    reason: str = "",
) -> StrategyAction:
    after = _facts(action)
    if after == before:
        return action
    refuse_too_long(action)
    action.revision += 1
    action.changed_at = timezone.now()
    action.save()
    record(event, by=by, on=action, before=before, after=after, reason=reason)
    return action


def _facts(action: StrategyAction) -> dict[str, object]:
    return {
        "what": action.what,
        "phase": action.phase.name,
        "aim": action.aim.name if action.aim else "",
        "owner": action.owner.name,
        "due_on": action.due_on,
        "state": ActionState(action.state).label,
        "why": action.why,
        "evidence": action.evidence,
        "link": action.link,
        "picture": str(action.picture).rpartition("/")[2][:12],
    }


def _phase_facts(phase: Phase) -> dict[str, object]:
    return {"name": phase.name, "position": phase.position, "ends_on": phase.ends_on}


def _free_name(name: str, phase: Phase | None = None) -> str:
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"name": "Enter the name."})
    same = Phase.objects.filter(name__iexact=name).exclude(pk=phase.pk if phase else 0)
    if same.exists():
        raise ValidationError({"name": "There is a phase with this name already."})
    return name
