"""What the election periods that are not over yet ask of posts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from django.db.models import prefetch_related_objects
from django.utils import timezone

from publishing.delivery.prepared import Prepared
from publishing.elections.wording import folded, folded_with_hashtags, speaks_of
from publishing.models import ElectionPeriod, NameKind

CLOSE_OF_POLL = time(22)


@dataclass(frozen=True, slots=True)
class Touched:
    """What in a post a period's rules speak of."""

    period: ElectionPeriod
    what: str
    """A name or a topic, as the period has it."""
    kind: str
    """In words: "a candidate", "the topic"."""

    @property
    def because(self) -> str:
        """Ends the sentence "It needs this because …"."""
        if self.kind == TOPIC:
            return f"it touches the topic “{self.what}” in the election period “{self.period}”"
        return f"it names {self.what}, {self.kind} in the election period “{self.period}”"


TOPIC = "topic"
_KINDS = {
    NameKind.CANDIDATE: "a candidate",
    NameKind.MEMBER: "a member",
    NameKind.GROUP: "a party or group",
}


@dataclass(frozen=True, slots=True)
class Window:
    """One period, its names and words ready to be looked for."""

    period: ElectionPeriod
    begins: datetime
    ends: datetime
    names: tuple[tuple[str, str, str], ...]
    """Each name, its kind in words, and the name as it is looked for."""
    topics: tuple[tuple[str, tuple[str, ...]], ...]
    wards: tuple[str, ...]
    """Empty: the whole council."""
    accounts: frozenset[int]
    """Those that speak for one of the wards."""

    def covers(self, moment: datetime) -> bool:
        return self.begins <= moment < self.ends

    def touched_by(self, said: str, accounts: Collection[int]) -> Iterator[Touched]:
        """What in the words, which are `all_folded`, makes this a matter of the period.

        A name always does. A topic does in the whole council; where the period is for some wards,
        only if the words speak of one of them, or an account does.
        """
        for name, kind, wanted in self.names:
            if speaks_of(said, wanted):
                yield Touched(self.period, name, kind)
        if not self.topics or not self.is_about(said, accounts):
            return
        for topic, words in self.topics:
            if any(speaks_of(said, word) for word in words):
                yield Touched(self.period, topic, TOPIC)

    def is_about(self, said: str, accounts: Collection[int]) -> bool:
        """Whether the post speaks of a ward of the period, or goes to an account of one."""
        if not self.wards or self.accounts.intersection(accounts):
            return True
        return any(speaks_of(said, ward) for ward in self.wards)


def all_folded(texts: Iterable[str]) -> str:
    """What a post says in several texts, to look for words in; none spans two texts."""
    return _joined(tuple(texts))


@lru_cache(maxsize=1000)
def _joined(texts: tuple[str, ...]) -> str:
    return "".join(map(folded_with_hashtags, texts))


def windows_from(now: datetime) -> list[Window]:
    """Of every period whose poll has not closed. One query; five where there are some."""
    coming = [period for period in _not_cancelled() if closes_at(period.poll_on) > now]
    return windows_of(coming)


def windows_of(periods: Sequence[ElectionPeriod]) -> list[Window]:
    """With their names, topics and wards: four queries, none where there are no periods."""
    prefetch_related_objects(periods, "names", "topics", "wards__accounts")
    return [window_of(period) for period in periods]


def window_of(period: ElectionPeriod) -> Window:
    """Asks nothing where the period's names, topics and wards are there."""
    wards = list(period.wards.all())
    return Window(
        period=period,
        begins=timezone.make_aware(datetime.combine(period.notice_on, time.min)),
        ends=closes_at(period.poll_on),
        names=tuple(
            (each.name, _KINDS[NameKind(each.kind)], folded(each.name))
            for each in period.names.all()
        ),
        topics=tuple(
            (topic.name, tuple(map(folded, topic.words.splitlines())))
            for topic in period.topics.all()
        ),
        wards=tuple(folded(ward.name) for ward in wards),
        accounts=frozenset(account.pk for ward in wards for account in ward.accounts.all()),
    )


def closes_at(poll_on: date) -> datetime:
    """10pm in London on the day of the poll."""
    return timezone.make_aware(datetime.combine(poll_on, CLOSE_OF_POLL))


def goes_out_at(publish_at: datetime | None, now: datetime) -> datetime:
    """When a post is to go out; now, where it has no time or that has passed."""
    return max(publish_at or now, now)


_not_cancelled = Prepared(
    lambda: ElectionPeriod.objects.filter(cancelled_at__isnull=True).order_by("poll_on", "pk")
)
