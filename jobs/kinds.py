"""Kinds of long work: what each does, and who may have what came of it.

An extension point. Whoever has long work to do writes a function that does it, registers it under
a key in `council_social.extensions`, and calls `jobs.actions.begin` from an action of its own:

    def make_archive(job: Job, progress: Progress) -> Outcome:
        posts = posts_of(job.about)
        progress.expect(posts.count())
        for post in posts.iterator():
            ...
            progress.step()
        return Outcome("The archive is made.", file=kept_as, file_name="parks.zip")

What the work must hold to:

- It may be done again: after a worker died, and, where one was only thought dead, even beside
  itself. So it locks what it is about and looks whether it was done already.
- It says `progress.step()` more often than once in `settings.JOB_LEASE_S`, or it counts as dead.
- It opens its own transactions, and asks again whether `job.asked_by` may: hours may have passed.
- What the person can mend it raises as `CannotBeDone`, `ValidationError` or `PermissionDenied`: the
  page shows those words. Anything else is our fault, and is logged.
- A file goes into the default store before the work returns; `Outcome.file` is its name there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobs.models import Job
    from jobs.progress import Progress


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the work: a sentence, and where to go on to or what to download."""

    message: str
    result_url: str = ""
    file: str = ""
    """Its name in the default store."""
    file_name: str = ""
    """What the person's own copy is called."""


class CannotBeDone(Exception):
    """The work was refused, in words for the person: what is wrong and what to do.

    `result_url` is the page where they can do it, if there is one.
    """

    def __init__(self, words: str, *, result_url: str = "") -> None:
        super().__init__(words)
        self.result_url = result_url


def _nothing(job: Job) -> None:
    """Leave no trace of a download."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work. Both checks are about `job.asked_by`, as they are at that moment."""

    key: str
    work: Callable[[Job, Progress], Outcome]
    demand: Callable[[Job], None]
    """Raises PermissionDenied unless the person may still have the result, or try again."""
    downloaded: Callable[[Job], None] = _nothing
    """Called before the first byte of the file goes out: the place for an audit entry."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Do work of this kind, from now on; registering it again changes nothing."""
    _kinds[kind.key] = kind


def kind_of(job: Job) -> Kind | None:
    """The kind of `job`; None for one that this release does not know any more."""
    return _kinds.get(job.kind)
