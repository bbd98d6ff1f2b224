"""What went out at once and waits for its check, and what people say to each other about posts."""

from __future__ import annotations

import uuid
from functools import partial

from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from council_social.demonstration.writing import Writing, send_what_is_due
from publishing.actions.commenting import comment
from publishing.actions.emergencies import check_emergency, publish_in_emergency
from publishing.drafts import Content
from publishing.models import AfterCheck, Emergency

WARNING = (
    "The river at Canal Walk is over its banks. Keep away from the water and do not drive through"
    " it. If you are in danger, ring 999."
)
SAID = {
    "Saturday story time": (
        "david.brandt",
        "@Priya Shah, is the lift at Moorside mended by Saturday? If not, we should say so.",
    ),
    "Bank holiday collections": (
        "sam.osei",
        "@Ana Lewis, the crews ask whether “by 6am” can stay as it is this year.",
    ),
}
"""By the title of the post: who says something, and what."""


def tell_of_emergencies(story: Story, cast: Cast) -> None:
    """One that was checked, and one of this morning that waits for its check."""
    flood, why = story.day(33, "21:40"), "The gauge rises by 10 cm an hour. Nobody answers."
    story.at(flood, partial(_publish, cast, WARNING, why))
    story.outside(flood, send_what_is_due)
    story.at(story.day(32, "09:05"), partial(_check, cast))
    burst = story.soon(-75)
    words = "Quarry Hill is closed: a water main has burst. Buses go by Station Road."
    story.at(burst, partial(_publish, cast, words, "The road is under water and buses turn back."))
    story.outside(burst, send_what_is_due)


def tell_of_comments(story: Story, writing: Writing) -> None:
    """What somebody says about a post that waits, soon after it was sent."""
    if writing.words.title in SAID:
        story.at(story.soon(-40), partial(_say, writing, *SAID[writing.words.title]))


def _publish(cast: Cast, text: str, reason: str) -> None:
    content = Content(text=text, account_ids=(cast.accounts["council-x"].pk,))
    duty = cast.people["mei.lin"]
    publish_in_emergency(content=content, key=uuid.uuid4(), reason=reason, by=duty)


def _check(cast: Cast) -> None:
    emergency = Emergency.objects.get()
    words = "Right to warn at once; the wording is the template’s."
    check_emergency(
        emergency_id=emergency.pk,
        outcome=AfterCheck.IN_ORDER,
        comment=words,
        by=cast.people["ana.lewis"],
    )


def _say(writing: Writing, who: str, words: str) -> None:
    by = writing.cast.people[who]
    comment(post_id=writing.post_id, text=words, key=uuid.uuid4(), by=by)
