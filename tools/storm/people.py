"""What people do during the storm: connect accounts again, and answer "Is it live?"."""

from __future__ import annotations

import random
from collections import Counter

from django.db.models import QuerySet

from accounts.models import Credential
from platforms.sandbox.remote import Control
from publishing.delivery import answers
from publishing.errors import Conflict
from publishing.models import Delivery, DeliveryState
from tools.storm.council import Council

LIVE_ADDRESS = "https://storm.example/seen"


class People:
    """They look at the platform itself, and say what they see."""

    def __init__(self, council: Council, control: Control, chance: random.Random) -> None:
        self.council = council
        self.control = control
        self.chance = chance
        self.did: Counter[str] = Counter()

    def work(self) -> None:
        for credential in Credential.objects.filter(refused_at__isnull=False):
            self.council.reconnect(credential.account)
            self.did["connected again"] += 1
        for delivery in asked():
            try:
                self._answer(delivery)
            except Conflict:
                self.did["was told that it is settled"] += 1

    def _answer(self, delivery: Delivery) -> None:
        by = self.council.digital
        if copies(self.control, delivery):
            answers.confirm_live(delivery_id=delivery.pk, address=LIVE_ADDRESS, by=by)
            self.did["said: live"] += 1
        elif self.chance.random() < 0.7:
            answers.send_again(delivery_id=delivery.pk, by=by)
            self.did["said: not live, send again"] += 1
        else:
            answers.give_up(delivery_id=delivery.pk, by=by)
            self.did["said: not live, leave it"] += 1


def asked() -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=DeliveryState.UNKNOWN, asks_person=True).select_related(
        "account", "version"
    )


def copies(control: Control, delivery: Delivery) -> int:
    """How many live posts on the platform say what the delivery says."""
    account, version = delivery.account, delivery.version
    title = version.title if account.platform_facts.limits.title else ""
    counted = control.copies(account.platform, account.handle, [version.text], title=title)
    return counted[0]["copies"]
