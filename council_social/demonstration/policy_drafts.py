"""Policies on their way: one in consultation, one that waits for the committee, reviews to do."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from training.actions.policy_consulting import (
    answer_comment,
    answer_consultation,
    ask_consultee,
    comment_on_draft,
)
from training.actions.policy_drafts import (
    Details,
    change_document,
    save_draft,
    seen_of,
    start_version,
)
from training.models import Consultee, Interest, Opinion, PolicyDocument, PolicyKind, PolicyVersion

GUIDELINES, STRATEGY = "social-media-guidelines", "social-media-strategy"
TOOLS = """\


## 13. Tools that write for you

You may use a tool that suggests words, if you read every word before it goes out.

- Never give such a tool anything personal about a resident or a colleague.
- Check each fact, each name and each date yourself.
- You answer for the post, not the tool.
"""
TOOLS_CHANGED = "Section 13 is new. It says how you may use tools that write for you."
PHASE = """\


## 12. The year ahead

We keep fewer accounts, and look after them better. Each service area has an ambassador by March.
"""
PHASE_CHANGED = "Section 12 is new. It says what we do in the year ahead."

ASKED = (
    ("farah.aziz", Interest.HR),
    ("ingrid.vale", Interest.LEGAL),
    ("mei.lin", Interest.IT),
    ("carol.dean", Interest.EQUALITIES),
    ("cllr.singh", Interest.MEMBERS),
    ("ruth.alder", Interest.SENIOR_MANAGEMENT),
)
UNIONS = ("Pat Reed", "Staff side of the joint committee")


def tell_of_policy_drafts(story: Story, cast: Cast) -> None:
    story.at(story.day(186, "14:00"), partial(_name_owners, cast))
    story.at(story.day(34, "10:00"), partial(_consult, cast, STRATEGY, PHASE, PHASE_CHANGED))
    story.at(story.day(26, "16:00"), partial(_all_sign, cast, STRATEGY))
    story.at(story.day(12, "10:20"), partial(_consult, cast, GUIDELINES, TOOLS, TOOLS_CHANGED))
    story.at(story.day(10, "15:10"), partial(_sign, cast, GUIDELINES, "farah.aziz", "mei.lin"))
    story.at(story.day(8, "11:40"), partial(_comment, cast))
    story.at(story.day(6, "09:30"), partial(_mend, cast))
    story.at(story.day(4, "13:15"), partial(_sign, cast, GUIDELINES, "mei.lin", "carol.dean"))
    story.at(story.day(3, "10:05"), partial(_ask_for_more, cast))


def _name_owners(cast: Cast) -> None:
    """Each document has somebody who reviews it; one review is due soon, one is over."""
    owners = {
        "social-media-guidelines": ("david.brandt", 400),
        "social-media-strategy": ("ana.lewis", 380),
        "site-owners-policy": ("mei.lin", 186 + 20),
        "members-guidance": ("ingrid.vale", 186 - 9),
    }
    for slug, (key, days) in owners.items():
        document = PolicyDocument.objects.get(slug=slug)
        change_document(
            by=cast.people["ana.lewis"],
            document=document,
            details=Details(
                document.title,
                PolicyKind(document.kind),
                document.summary,
                cast.people[key],
                document.valid_months,
                document.needed_to_write,
            ),
            review_on=timezone.localdate() + timedelta(days=days),
        )


def _consult(cast: Cast, slug: str, more: str, changed: str) -> None:
    by = cast.people["ana.lewis"]
    draft = start_version(by=by, document=PolicyDocument.objects.get(slug=slug))
    draft = save_draft(
        by=by, version=draft, text=draft.text + more, what_changed=changed, seen=seen_of(draft)
    )
    answer_by = timezone.localdate() + timedelta(days=20)
    for key, interest in ASKED:
        ask_consultee(
            by=by, version=draft, interest=interest, answer_by=answer_by, user=cast.people[key]
        )
    name, body = UNIONS
    ask_consultee(
        by=by,
        version=draft,
        interest=Interest.TRADE_UNIONS,
        answer_by=answer_by,
        name=name,
        body=body,
    )


def _sign(cast: Cast, slug: str, *keys: str) -> None:
    for key in keys:
        _say(cast.people[key], _asked(slug).get(user=cast.people[key]), Opinion.SIGNED_OFF)


def _all_sign(cast: Cast, slug: str) -> None:
    for consultee in _asked(slug):
        if consultee.user:
            _say(consultee.user, consultee, Opinion.SIGNED_OFF)
        else:
            words = "Agreed at the joint committee, letter kept with its papers."
            _say(cast.people["ana.lewis"], consultee, Opinion.SIGNED_OFF, words)


def _comment(cast: Cast) -> None:
    draft = _draft(GUIDELINES)
    for key, section, text in (
        (
            "ingrid.vale",
            "13. Tools that write for you",
            (
                "Say that what somebody types into such a tool may be asked for under freedom of "
                "information."
            ),
        ),
        ("cllr.singh", "", "Does this hold for councillors too? Please say so at the start."),
    ):
        comment_on_draft(by=cast.people[key], version=draft, section=section, text=text)


def _mend(cast: Cast) -> None:
    """Legal’s comment is taken up: whoever signed before is asked again."""
    by, draft = cast.people["ana.lewis"], _draft(GUIDELINES)
    added = "- What you type into it may be asked for under freedom of information.\n"
    draft = save_draft(
        by=by,
        version=draft,
        text=f"{draft.text}\n{added}",
        what_changed=draft.what_changed,
        seen=seen_of(draft),
    )
    said = draft.comments.get(by=cast.people["ingrid.vale"])
    answer_comment(by=by, comment=said, reply="A line in section 13 says so now.")


def _ask_for_more(cast: Cast) -> None:
    someone = cast.people["ruth.alder"]
    words = "Name who decides which tools are allowed. I would say the digital team."
    _say(someone, _asked(GUIDELINES).get(user=someone), Opinion.CHANGES_ASKED, words)


def _say(by: User, consultee: Consultee, opinion: Opinion, words: str = "") -> None:
    answer_consultation(
        by=by,
        consultee=consultee,
        opinion=opinion,
        digest=consultee.version.digest,
        words=words,
    )


def _asked(slug: str) -> QuerySet[Consultee]:
    return Consultee.objects.filter(version=_draft(slug)).select_related("user", "version")


def _draft(slug: str) -> PolicyVersion:
    return PolicyVersion.objects.drafts().select_related("document").get(document__slug=slug)
