"""The policies of the demonstration: those of the product, and one that was changed since."""

from __future__ import annotations

from functools import partial

from django.utils import timezone

from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from training.actions.policy_drafts import save_draft, seen_of, start_version
from training.actions.policy_publishing import publish, record_decision
from training.actions.starter import add_starter_policies
from training.models import PolicyDocument, Verdict

_COURSE = "Everyone who works for the council takes the basic course."
_PEOPLE = "A post with recognisable people records its legal basis."
CHANGES = {
    _COURSE: f"{_COURSE} New staff take it within four weeks of their first day.",
    _PEOPLE: f"Ask before you show a face, and say where the picture will appear. {_PEOPLE}",
}
"""What stands in the first version of the social media policy, and in the second instead."""
WHAT_CHANGED = (
    "Section 9 says by when new staff take the basic course."
    " Section 14 asks for consent before a face is shown."
)


def tell_of_policies(story: Story, cast: Cast) -> None:
    story.at(story.day(545, "11:00"), partial(_add, cast))
    story.at(story.day(190, "11:00"), partial(_change, cast))


def _add(cast: Cast) -> None:
    add_starter_policies(by=cast.people["ana.lewis"])


def _change(cast: Cast) -> None:
    """Approved by the committee, and needed from the same day on."""
    by, today = cast.people["ana.lewis"], timezone.localdate()
    document = PolicyDocument.objects.get(slug="social-media-policy")
    draft = start_version(by=by, document=document)
    text = draft.text
    for old, new in CHANGES.items():
        if old not in text:
            raise ValueError(f"The policy does not say “{old}” any more.")
        text = text.replace(old, new)
    draft = save_draft(
        by=by, version=draft, text=text, what_changed=WHAT_CHANGED, seen=seen_of(draft)
    )
    record_decision(
        by=by,
        version=draft,
        digest=draft.digest,
        verdict=Verdict.APPROVED,
        committee="Policy Committee",
        decided_on=today,
        minute="PC 18",
    )
    publish(by=by, version=draft, digest=draft.digest, in_force_from=today, needed_from=today)
