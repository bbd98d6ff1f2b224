"""Two conversations about conduct: one to be followed up today, one that was good for somebody."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.utils import timezone

from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from training.actions.conversations import comment_on, record_conversation
from training.models import About, Conversation


def tell_of_conversations(story: Story, cast: Cast) -> None:
    story.at(story.day(9, "11:20"), partial(_about_training, cast))
    story.at(story.day(21, "15:40"), partial(_after_abuse, cast))
    story.at(story.day(20, "09:05"), partial(_her_comment, cast))


def _about_training(cast: Cast) -> None:
    today = timezone.localdate()
    record_conversation(
        by=cast.people["kelly.adams"],
        person=cast.people["liz.lake"],
        held_on=today,
        about=About.OVERDUE,
        said="Liz missed both sessions at the depot: her round was changed at short notice.",
        agreed="She does the course at the terminal in the canteen, in working time.",
        follow_up_on=today + timedelta(days=8),
    )


def _after_abuse(cast: Cast) -> None:
    record_conversation(
        by=cast.people["grace.holloway"],
        person=cast.people["priya.shah"],
        held_on=timezone.localdate(),
        about=About.WELFARE,
        said="After the replies about the reading room some comments named Priya. We read them"
        " together and reported two to the platform.",
        agreed="Grace answers comments there for a fortnight. Priya knows where to get support.",
    )


def _her_comment(cast: Cast) -> None:
    priya = cast.people["priya.shah"]
    comment_on(
        by=priya,
        conversation=Conversation.objects.get(person=priya),
        text="Thank you. It helped not to read them alone.",
    )
