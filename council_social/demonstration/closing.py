"""A closing under way: begun with its reason, its archive made, and left for somebody to finish."""

from __future__ import annotations

from functools import partial

from accounts.actions.archives import ask_for_archive
from accounts.actions.closing import begin_closing
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from jobs.running import run

CLOSED = "planning-youtube"
REASON = "The meetings are streamed on the council’s website, and nobody films here any more."


def tell_of_closing(story: Story, cast: Cast) -> None:
    """What the rationalisation decided is being carried out."""
    story.at(story.day(6, "10:10"), partial(_begin, cast))
    story.at(story.day(6, "10:25"), partial(_archive, cast))


def _begin(cast: Cast) -> None:
    account = cast.accounts[CLOSED]
    begin_closing(by=cast.people["ana.lewis"], account=account, reason=REASON)
    account.refresh_from_db()


def _archive(cast: Cast) -> None:
    """Made here and now: there are no workers yet while the story is told."""
    job = ask_for_archive(by=cast.people["ana.lewis"], account=cast.accounts[CLOSED])
    run(job.pk)
