"""What residents say over three months: real council matters, in plain words.

The sandbox's residents say it; the product takes it in by its own way, a few days at a time.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from council_social.demonstration.accounts import ACCOUNTS, Account

COUNT = 2_030
"""A few of them are said to an account whose sign-in has expired: those are never taken in."""
DAYS = 90
LONDON = ZoneInfo("Europe/London")
HOURS = (1, 0, 0, 0, 0, 1, 4, 9, 12, 10, 8, 8, 10, 9, 7, 7, 9, 13, 15, 14, 12, 9, 5, 2)
"""How much is said in each hour of the day."""
WEEKDAYS = (1.25, 1.15, 1.05, 1.0, 1.0, 0.75, 0.65)
BUSY_DAYS = {61: ("bins", 3.2), 60: ("bins", 2.4), 33: ("water", 4.0), 32: ("water", 2.2),
             12: ("roads", 2.3), 5: ("wind", 2.6)}  # fmt: skip
"""Days ago on which everybody speaks of one thing, and how many times as much is said."""
STREETS = (
    "Mill Lane", "Station Road", "Church Street", "Victoria Avenue", "Beech Close", "Quarry Hill",
    "Park Road", "High Street", "Canal Walk", "Moor View", "Orchard Way", "Bridge Street",
    "Chapel Row", "Weald Rise", "Tanner's Yard", "Elm Grove", "Priory Gardens", "Lower Moorside",
)  # fmt: skip
WHEN = (
    "this morning", "again", "for the third week running", "since Friday", "since Tuesday",
    "for a fortnight", "last night", "all weekend", "yesterday", "today", "for months",
)  # fmt: skip
OPENERS = (
    "", "", "", "", "Hello, ", "Hi, ", "Not happy: ", "Quick question: ",
    "Sorry to moan, but ", "For your information, ", "Genuine question: ", "Morning, ",
)  # fmt: skip
CLOSERS = (
    "", "", "", "", "", " Thanks.", " Thank you.", " Any update?", " Please look into it.",
    " Who do I speak to?", " Ta.", " My neighbours say the same.", " Happy to send a photo.",
    " It is getting silly now.", " No rush, but it would help.",
)  # fmt: skip

REMARKS: Mapping[str, tuple[str, ...]] = {
    "bins": (
        "our grey bin on {street} was not emptied {when}.",
        "blue bin missed {when}, and the whole of {street} is still out.",
        "the calendar says brown this week, but {street} was told blue. Which is it?",
        "the lids were left open on {street} {when} and there is paper all over the road.",
        "how long does a replacement caddy take? Ours vanished {when}.",
        "can yoghurt pots go in the blue bin now? My dad says no, the leaflet says yes.",
        "someone has dumped a sofa and two mattresses at the end of {street} {when}.",
        "the crew on {street} went back for my mum's bin {when}. Lovely people.",
        "assisted collection was missed {when}. My wife cannot move the bin herself.",
        "is the recycling centre open on Sunday? Two websites, two answers.",
    ),
    "roads": (
        "there is a pothole the size of a bath on {street}. My tyre did not survive it.",
        "reported the pothole on {street} {when} and it has been painted round, not filled.",
        "the street light outside 14 {street} has been out {when}. It is pitch black.",
        "temporary lights on {street} {when} and nobody working. What is going on?",
        "the drain on {street} is blocked, and it floods every time it rains.",
        "parking by the school on {street} is dangerous. A child was nearly hit {when}.",
        "please can the hedge on {street} be cut? A wheelchair cannot get past.",
        "the new crossing on {street} is brilliant, my two walk to school by themselves now.",
        "why dig up {street} three times in a year? Do the gas and the water not talk?",
        "a lorry has taken the bollard out on {street} {when}.",
    ),
    "libraries": (
        "rhyme time was lovely {when}. My little one sang all the way home.",
        "what time does the library close on Saturdays?",
        "the lift in the library is out of order {when}. How is my mum to get up to the talks?",
        "the e-book app signs me out {when}. Is it just me?",
        "could you stock more large print, please? I have read them all, twice.",
        "your volunteer spent an hour on my phone with me {when}. I can video call Canada now.",
        "is there space in the homework club? My son starts Year 7.",
        "can I return a book from Weald in Moorside?",
        "the heating in the library was off {when}, we read in our coats.",
    ),
    "parks": (
        "the swings by {street} have been taped off {when}. When are they mended?",
        "broken glass by the slide in the park {when}. I have picked up what I could.",
        "the flower beds are a picture, well done to the gardeners.",
        "dog mess all along the river path. Could we have another bin?",
        "is the car park at Riverside Park locked at dusk? Nearly got shut in {when}.",
        "what happened to the bench by the weir? It was in memory of my grandad.",
        "the park run was a joy {when}. Thank you for opening the toilets early.",
    ),
    "homes": (
        "rang about our boiler {when}, was told someone would ring back, and nobody has.",
        "there is mould in my daughter's room on {street}. It was reported {when}.",
        "the inspector came when he said he would and the wall is dry now. Thank you.",
        "the door entry on {street} has been broken {when}. Anyone can walk in.",
        "how do I change the day of my gas check?",
        "we have been on the list for four years. Is anything happening on {street}?",
    ),
    "town hall": (
        "my council tax bill is wrong. I was on hold for forty minutes {when}.",
        "the refund e-mail I got {when}, is that really from you?",
        "how do I object to the plans behind {street}? The portal signs me out.",
        "registered a birth {when}, and the registrar could not have been kinder.",
        "is the budget survey only online? My mother has no computer.",
        "blue badge came in nine days. Credit where it is due.",
        "where can I see the minutes of the meeting {when}?",
        "how do I register to vote from {street}? We moved {when}.",
        "tried to book a slot with an adviser, and there is nothing for a month.",
        "the form asks for my postcode and then says {street} does not exist.",
    ),
    "water": (
        "no water on {street}. How long, please? I have a newborn.",
        "is the school by {street} open without water?",
        "thank you for the bottled water at the leisure centre. The staff were brilliant.",
        "the water on {street} is back, but brown. Is it safe?",
        "nobody told us on {street}. A text would have been nice.",
        "are buses going round High Street? The stop says nothing.",
        "can somebody bring water to my neighbour on {street}? She is 91.",
    ),
    "wind": (
        "a tree is down across {street}, no cars can pass.",
        "half a fence is in the road on {street}.",
        "are the parks open with this wind?",
        "power has been off on {street} {when}. Do you know more?",
        "well done to the crew who cleared {street} by six. Heroes.",
        "roof tiles are coming off on {street}, please close the pavement.",
    ),
}  # fmt: skip
REPLIES = (
    "Does this go for {street} as well?",
    "About time. {street} has been waiting {when}.",
    "Brilliant, see you there!",
    "How do people without the internet find this out?",
    "Shared with our residents' group on {street}.",
    "Is it step-free? My dad uses a wheelchair.",
    "Do we need to book?",
    "The link takes me to the old page.",
    "This does not work for those of us on shifts. Any evenings?",
    "Thank you, that is good to know.",
    "And what about {street}? Nobody has been {when}.",
    "Could you say this on the radio too? My nan never sees it.",
    "Well done to everybody who worked on it.",
    "I asked about this {when} and nobody knew.",
    "Is there parking near by, or a bus from {street}?",
    "Third time I hear this. I will believe it when I see it.",
    "Lovely idea. Who do I ask if I want to help?",
    "My neighbour on {street} would like this in large print.",
    "Great news for {street}.",
    "What does it cost, and who pays?",
)
TOPICS: Mapping[str, tuple[str, ...]] = {
    "Communications": ("town hall", "roads", "bins", "parks", "homes", "town hall"),
    "Libraries": ("libraries",),
    "Highways": ("roads",),
    "Waste and recycling": ("bins",),
    "Leisure and parks": ("parks",),
    "Housing": ("homes",),
    "Community safety": ("roads", "parks"),
    "Planning": ("town hall",),
}
TALKED_TO = [account for account in ACCOUNTS if account.talk]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a resident is going to say; `answers` a post of the account where it can."""

    account: Account
    at: datetime
    text: str
    answers: bool

    def values(self, posts: Sequence[tuple[datetime, str]]) -> dict[str, Any] | None:
        """As `Control.say_all` takes it; `posts` are those of the account, oldest first.

        None where there is nothing to answer, and where people can do nothing else.
        """
        earlier = [remote_id for at, remote_id in posts if at < self.at][-3:]
        chance = random.Random(self.text)  # noqa: S311 - what residents say is no secret
        said = {"text": self.text, "at": self.at.timestamp()}
        if self.answers and earlier:
            return {**said, "in_reply_to": chance.choice(earlier)}
        if self.account.platform == "youtube":
            return None
        if self.account.platform == "x":
            said["text"] = f"@{self.account.handle} {self.text}"
        return said


def remarks(now: datetime) -> list[Remark]:
    """About `COUNT` remarks up to `now`, the oldest first; the same each time but for the dates."""
    chance = random.Random("what residents say")  # noqa: S311 - no secret either
    weights = {ago: _weight(now, ago) * chance.uniform(0.75, 1.25) for ago in range(DAYS)}
    # What comes later today is not said yet.
    whole = (COUNT * 1.03) / sum(weights.values())
    made = [
        _remark(chance, now, ago)
        for ago, weight in weights.items()
        for _ in range(round(whole * weight))
    ]
    past = sorted((each for each in made if each.at < now), key=lambda each: each.at)
    return past[-COUNT:]


def _weight(now: datetime, ago: int) -> float:
    weekday = (now.astimezone(LONDON) - timedelta(days=ago)).weekday()
    return WEEKDAYS[weekday] * BUSY_DAYS.get(ago, ("", 1.0))[1]


def _remark(chance: random.Random, now: datetime, ago: int) -> Remark:
    account = chance.choices(TALKED_TO, [account.talk for account in TALKED_TO])[0]
    hour = chance.choices(range(24), HOURS)[0]
    clock = time(hour, chance.randrange(60), chance.randrange(60))
    day = now.astimezone(LONDON).date() - timedelta(days=ago)
    answers = account.platform == "youtube" or chance.random() < 0.38
    text = _reply(chance) if answers else _about(chance, account, ago)
    return Remark(account, datetime.combine(day, clock, LONDON), text, answers)


def _about(chance: random.Random, account: Account, ago: int) -> str:
    topic = chance.choice(TOPICS[account.area])
    busy = BUSY_DAYS.get(ago)
    if busy and account.area in ("Communications", "Highways") and chance.random() < 0.8:
        topic = busy[0]
    words = chance.choice(OPENERS) + _filled(chance, chance.choice(REMARKS[topic]))
    return _sentence(words + chance.choice(CLOSERS))


def _reply(chance: random.Random) -> str:
    return _sentence(_filled(chance, chance.choice(REPLIES)) + chance.choice(CLOSERS))


def _filled(chance: random.Random, words: str) -> str:
    return words.format(street=chance.choice(STREETS), when=chance.choice(WHEN))


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]
