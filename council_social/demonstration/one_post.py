"""One post, there and back: through the pages by two people, the workers, the platforms, the trail.

It is the same post each time: what was done in an earlier start is not done again, and a start that
was cut off goes on where it stopped.
"""

from __future__ import annotations

import uuid
from html import unescape
from urllib.parse import urlencode

import requests
from django.conf import settings
from django.urls import reverse

from accounts.models import SocialAccount
from audit.catalogue import Event
from audit.chain import verify
from audit.models import Entry
from audit.presenters import sentence
from council_social.demonstration.accounts import BY_KEY
from council_social.demonstration.campaigns import campaign_called
from council_social.demonstration.council import DOMAIN, PASSWORD
from council_social.demonstration.films import film
from council_social.demonstration.pictures import poster
from council_social.demonstration.steps import NotInTime, Steps
from council_social.demonstration.visitor import Visitor, WrongPage
from council_social.demonstration.words import NIGHT
from monitoring.models import Mention
from platforms.sandbox.remote import Control
from publishing.models import Delivery, DeliveryState, MediaFile, People, Post, PostState

KEY = uuid.UUID("5f0f1c1e-7b1e-4f63-9d0a-2c9a4c7d0b11")
"""The form's own key: sent twice, it makes one post."""
ACCOUNTS = ("libraries-x", "libraries-facebook", "libraries-youtube")
TITLE = "A night at the library"
TEXT = (
    "On Friday Weald Library stays open until 10pm: a quiz, cocoa, and ghost stories between the"
    " shelves. Free, for everybody from 8 to 98. #NightAtTheLibrary"
)
NOTE = "The quiz is confirmed with the school; the headteacher has seen these words."
FOR_VIDEO = (
    "On Friday Weald Library stays open until 10pm. There is a quiz at 7pm, cocoa all evening, and"
    " ghost stories between the shelves from 9pm. It is free, and for everybody from 8 to 98.\n\n"
    f"All dates: {NIGHT}"
)
BELOW = "Friday, until 10pm. Free, from 8 to 98"
ALT_TEXTS = {
    "picture": f"A shelf of colourful books. {TITLE}. {BELOW}.",
    "video": f"A film of a bookshelf with the words: {TITLE}. {BELOW}.",
}
REPLY = "Are dogs welcome on Friday night? Mine is very quiet and loves ghost stories."
SENT_WITHIN_S = 60.0
TAKEN_IN_WITHIN_S = 90.0
PROOF = (
    Event.POST_DRAFTED,
    Event.MEDIA_ADDED,
    Event.POST_SUBMITTED,
    Event.POST_APPROVED,
    Event.DELIVERY_PUBLISHED,
    Event.POST_PUBLISHED,
)


class OnePost:
    """Raises WrongPage and NotInTime, with a sentence for a person."""

    def __init__(self, steps: Steps, control: Control) -> None:
        self.steps = steps
        self.control = control
        self.accounts = [_account(key) for key in ACCOUNTS]

    def was_shown(self) -> Post | None:
        """The post, if an earlier start took it all the way.

        Whoever tries the product out may have taken it down since: it is not driven twice.
        """
        post = self._post()
        if post is not None and post.state == PostState.TAKEN_DOWN:
            return post
        done = post is not None and post.state in (PostState.PUBLISHED, PostState.ARCHIVED)
        return post if done and self._reply_taken_in() else None

    def addresses(self) -> list[str]:
        """Where the post is, on each platform."""
        sent = Delivery.objects.filter(post__key=KEY, state=DeliveryState.PUBLISHED)
        return [delivery.remote_url for delivery in sent.order_by("pk")]

    def drive(self) -> None:
        post = self._post()
        if post is None or post.state in (PostState.DRAFT, PostState.CHANGES_REQUESTED):
            self._write()
        if self._state() == PostState.AWAITING_APPROVAL:
            self._approve()
        self._wait_until_sent()
        self._answer_from_outside()
        self._prove()

    def _write(self) -> None:
        officer = self._signed_in("priya.shah", "library officer")
        officer.open(reverse("post_new"))
        # Not the key of this form but the demonstration's own: see `KEY`.
        officer.send(
            ("text", "title"),
            {
                "key": str(KEY),
                "do": "upload",
                "accounts": [str(account.pk) for account in self.accounts],
                "title": TITLE,
                "text": TEXT,
                "link": NIGHT,
                "campaign": str(campaign_called("Libraries at night") or ""),
                "note": NOTE,
            },
            files=[
                ("pictures", ("night.png", poster("books", TITLE, BELOW), "image/png")),
                ("pictures", ("night.mp4", film("books", TITLE, BELOW), "video/mp4")),
            ],
        )
        names = ", ".join(account.platform_name for account in self.accounts)
        self.steps.done(f"She writes “{TITLE}” for {names}, with a picture and a film")
        post = self._there()
        officer.open(reverse("post_edit", args=[post.pk]))
        described = {}
        for file in MediaFile.objects.filter(post=post):
            described[f"alt_{file.pk}"] = ALT_TEXTS[str(file.kind)]
            described[f"people_{file.pk}"] = People.NONE.value
        own = {f"text_{self.accounts[-1].pk}": FOR_VIDEO}
        page = officer.send(("text", "title"), {**described, **own, "do": "check"})
        if "Send for approval" not in page:
            raise WrongPage("The checks found something that stands in the way of the post.")
        self.steps.done("She describes both for people who cannot see them, and checks the post")
        officer.send(("revision",), {})
        self.steps.done("She sends it for approval")

    def _approve(self) -> None:
        approver = self._signed_in("david.brandt", "communications officer")
        post = self._there()
        if TITLE not in approver.open(f"{reverse('posts')}?tab=waiting"):
            raise WrongPage("The post is not in the queue of the communications officer.")
        approver.open(reverse("post", args=[post.pk]))
        self.steps.done("He finds it in his queue and reads it as it looks on each account")
        approver.send(("digest", "version"), {})
        self.steps.done("He approves it; the workers take it from here")

    def _wait_until_sent(self) -> None:
        """Says each delivery as it is settled."""
        told: set[int] = set()

        def settled() -> bool | None:
            deliveries = list(Delivery.objects.filter(post__key=KEY).select_related("account"))
            for delivery in deliveries:
                if delivery.state == DeliveryState.PUBLISHED and delivery.pk not in told:
                    told.add(delivery.pk)
                    name = delivery.account.platform_name
                    self.steps.done(f"{name} has it", _reached(delivery.remote_url))
                elif delivery.state in (DeliveryState.REJECTED, DeliveryState.MISSED):
                    raise NotInTime(f"{delivery.account} did not get it: {delivery.reason}")
            return True if deliveries and len(told) == len(deliveries) else None

        self.steps.wait_for("Publishing on every account", settled, SENT_WITHIN_S)

    def _answer_from_outside(self) -> None:
        delivery = Delivery.objects.get(post__key=KEY, account=self.accounts[1])
        account = delivery.account
        if not self._reply_taken_in():
            self.control.say(
                account.platform, account.handle, REPLY, in_reply_to=delivery.remote_id
            )
            self.steps.done(f"A resident answers on {account.platform_name}: “{REPLY}”")
        self.steps.wait_for(
            "Taking in the resident’s answer", self._reply_taken_in, TAKEN_IN_WITHIN_S
        )
        officer = self._signed_in("priya.shah", "")
        words = urlencode({"words": "very quiet"})
        if "Are dogs welcome" not in officer.open(f"{reverse('inbox')}?{words}"):
            raise WrongPage("The resident’s answer is not in the inbox of the library officer.")
        self.steps.done("The answer is taken in, and stands in the library officer’s inbox")

    def _prove(self) -> None:
        auditor = self._signed_in("owen.clarke", "internal auditor")
        page = unescape(auditor.open(f"{reverse('audit')}?{urlencode({'words': TITLE})}"))
        entries = list(Entry.objects.filter(subject_name__contains=TITLE).order_by("sequence"))
        said = [sentence(entry) for entry in entries]
        missing = [event.label for event in PROOF if event not in {e.event for e in entries}]
        if missing or not all(words in page for words in said):
            raise WrongPage(f"The audit trail does not show all of it: {', '.join(missing)}.")
        self.steps.done("The audit trail says so, step by step:", *said)
        verdict = verify()
        if not verdict.unbroken:
            raise WrongPage(f"The audit trail is broken: {verdict.words}")
        self.steps.done(f"The whole trail is checked: {verdict.words}")

    def _signed_in(self, key: str, what: str) -> Visitor:
        visitor = Visitor(settings.BASE_URL)
        visitor.sign_in(f"{key}@{DOMAIN}", PASSWORD)
        if what:
            name = key.replace(".", " ").title()
            self.steps.done(f"{name}, {what}, signs in")
        return visitor

    def _reply_taken_in(self) -> bool | None:
        return True if Mention.objects.filter(text=REPLY).exists() else None

    def _post(self) -> Post | None:
        return Post.objects.filter(key=KEY).first()

    def _there(self) -> Post:
        post = self._post()
        if post is None:
            raise WrongPage("The post is not kept.")
        return post

    def _state(self) -> PostState:
        return PostState(self._there().state)


def _account(key: str) -> SocialAccount:
    account = BY_KEY[key]
    return SocialAccount.objects.get(platform=account.platform, handle=account.handle)


def _reached(address: str) -> str:
    """The address, once it shows the post. Raises NotInTime."""
    answer = requests.get(address, timeout=10)
    if not answer.ok or "Friday" not in answer.text:
        raise NotInTime(f"The post is not to be seen at {address}.")
    return address
