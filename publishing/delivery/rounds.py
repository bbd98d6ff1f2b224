"""A worker's rounds: what its threads bring at the same moment is done in two steps for them all.

What came of their last deliveries is settled. Then others are claimed for the places that these
have left, and begun together with what the broker has handed out. Each step is a transaction of its
own, and then each thread has one delivery to send. Most of what a delivery costs is the questions
it asks of the database; here each is asked once for many.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from publishing.delivery.begin import Begun, Start, begin, begin_all
from publishing.delivery.claim import claim_next
from publishing.delivery.queueing import SEND, enqueue
from publishing.delivery.settle import Settlement, settle, settle_published
from publishing.delivery.together import Answers, Together

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """What a thread brings."""

    begin: int | None = None
    """The delivery that it was handed."""
    settlement: Settlement | None = None
    """What came of the one that it had."""
    freed: str = ""
    """The platform at which it leaves a place."""
    goes_on: bool = True
    """Whether it sends another itself; else that is handed to the workers."""


def take_turn(turn: Turn) -> Start:
    """Settle what the thread brings, and begin what it is to send next, with others' turns."""
    return _round(turn)


def _alone(turn: Turn) -> Start:
    """A round of one, where it could not be with the others."""
    if turn.settlement:
        settle(*turn.settlement)
    if turn.begin is not None:
        return begin(turn.begin)
    return _go_on([turn])[turn]


def _together(turns: Sequence[Turn]) -> Answers[Start]:
    """A round for several. Left out are those whose settlement was, or whose beginning failed."""
    settled = settle_published([turn.settlement for turn in turns if turn.settlement])
    ready = [turn for turn in turns if not turn.settlement or turn.settlement[1] in settled]
    try:
        started = _go_on(ready)
    except Exception:
        log.warning("Beginning at once failed; each begins alone.", exc_info=True)
        # What a settled one left free, the next sweep fills.
        started = {turn: None for turn in ready if turn.settlement}
    return [(started[turn],) if turn in started else None for turn in turns]


_round: Together[Turn, Start] = Together(
    _alone, _together, comes_back=lambda start: isinstance(start, Begun)
)


def _go_on(turns: Sequence[Turn]) -> dict[Turn, Start]:
    """What each thread is to send next; None where there is nothing.

    Left out is who was handed one that somebody else has locked. A claimed one that is locked goes
    the way of those for which no thread has time: to the workers.
    """
    given: dict[Turn, int] = {turn: turn.begin for turn in turns if turn.begin is not None}
    with transaction.atomic():
        claimed = claim_next([turn.freed for turn in turns if turn.freed])
        for turn in turns:
            if turn.freed and turn.goes_on and claimed:
                given[turn] = claimed.pop(0)
        started = begin_all(list(given.values()))
    answers: dict[Turn, Start] = {turn: None for turn in turns if turn.begin is None}
    for (turn, pk), start in zip(given.items(), started, strict=True):
        if start:
            answers[turn] = start[0]
        elif turn.begin is None:
            claimed.append(pk)
    enqueue(SEND, claimed)
    return answers
