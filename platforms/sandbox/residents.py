"""Who lives in the sandbox's district and what they say about the council, in plain UK English."""

from __future__ import annotations

import random

FIRST = (
    "Aisha", "Alan", "Amrit", "Bethan", "Callum", "Carol", "Chidi", "Dawn", "Derek", "Ellie",
    "Fatima", "Gareth", "Grace", "Hannah", "Imran", "Jack", "Janet", "Joyce", "Kayleigh", "Keith",
    "Leah", "Liam", "Magda", "Maureen", "Mohammed", "Nadia", "Nigel", "Olivia", "Pat", "Priya",
    "Rhys", "Rosie", "Samira", "Sharon", "Sheila", "Siobhan", "Steve", "Tariq", "Tracey", "Winston",
)  # fmt: skip
LAST = (
    "Ahmed", "Barker", "Begum", "Bennett", "Carter", "Chowdhury", "Clarke", "Davies", "Evans",
    "Fletcher", "Foster", "Green", "Hughes", "Hussain", "Jackson", "Jones", "Kaur", "Khan",
    "Kowalski", "Mahmood", "Marsh", "Mensah", "Moore", "O'Brien", "Okafor", "Palmer", "Patel",
    "Reid", "Shah", "Shaw", "Singh", "Thornton", "Walker", "Webb", "Wright", "Young",
)  # fmt: skip
STREETS = (
    "Mill Lane", "Station Road", "Church Street", "Victoria Avenue", "Beech Close", "Quarry Hill",
    "Park Road", "High Street", "Canal Walk", "Moor View", "Orchard Way", "Bridge Street",
)  # fmt: skip
PLACES = (
    "the library", "the leisure centre", "the town hall", "the recycling centre", "Market Square",
    "Riverside Park", "the bus station", "the children's centre", "the museum", "the cemetery",
)  # fmt: skip
WHEN = (
    "this morning", "again", "for the third week running", "since Friday", "on Tuesday",
    "for a fortnight", "last night", "over the bank holiday",
)  # fmt: skip
REMARKS = (
    "our bins on {street} have not been collected {when}. When are they coming?",
    "brown bin missed {when}, the whole of {street} is still out.",
    "there is a pothole the size of a bath on {street}. My tyre did not survive it.",
    "reported the pothole on {street} months ago and it has been painted round, not filled.",
    "street light out on {street} {when}, it is pitch black walking home.",
    "big thank you to the crew who cleared the fly-tipping on {street} {when}.",
    "someone has dumped a sofa and two mattresses on {street} {when}.",
    "what time does {place} close on Saturdays? The website says two different things.",
    "lovely rhyme time at {place} {when}, my two loved it. Thank you to the staff.",
    "the lift at {place} is out of order {when}. How is my mum meant to get in?",
    "is {place} open on the bank holiday Monday please?",
    "where can I see the plans for the new houses behind {street}?",
    "how do I object to the planning application on {street}? The portal keeps logging me out.",
    "council tax bill has come and it is wrong, been on hold for forty minutes {when}.",
    "please can someone grit {street}? It is like glass, and there are carers out in it.",
    "well done to the gritting teams, {street} was clear by six {when}.",
    "the drains on {street} are blocked and it floods every time it rains.",
    "parking outside the school on {street} is dangerous, a child was nearly hit {when}.",
    "is the play area by {place} going to be mended? The swings have been taped off {when}.",
    "no blue badge spaces left near {place}, they were full of delivery vans {when}.",
    "how long does a replacement recycling box take? Ours vanished {when}.",
    "tried to book a slot at {place} and there is nothing until next month.",
    "any news on the bus shelter on {street}? It has had no roof {when}.",
    "great to see {place} busy {when}. More like this please.",
    "dog mess all along {street}. Can we have another bin please?",
    "roadworks on {street} {when} and nobody working. What is going on?",
    "could you trim the hedge on {street}? A wheelchair cannot get past.",
    "rang about housing repairs {when} and was told someone would call back. Nobody has.",
    "how do I register to vote at my new address on {street}?",
    "so grateful to the registrar at {place}, she was so kind to us {when}.",
)
REPLIES = (
    "Thank you for letting us know.",
    "Does this go for {street} as well?",
    "About time. {street} has been waiting {when}.",
    "Shared with the residents' group on {street}.",
    "How do people without the internet find this out?",
    "Brilliant, see you there!",
    "Is there parking near by, or a bus from {place}?",
    "And what about {street}? Nobody has been {when}.",
    "Could you put this up at {place} too, please?",
    "Good to know, my neighbour was asking {when}.",
    "Do we need to book?",
    "This does not work for those of us on shifts. Any evenings?",
    "Well done to everyone who worked on this.",
    "The link goes to the old page for me.",
    "Is it step-free? My dad uses a wheelchair.",
)


def resident(chance: random.Random) -> tuple[str, str]:
    """A name and a handle; the same person always has the same handle."""
    first, last = chance.choice(FIRST), chance.choice(LAST)
    plain = last.replace("'", "")
    return f"{first} {last}", f"{first}{plain}{1950 + (len(first) * 7 + len(last) * 13) % 55}"[:15]


def remark(chance: random.Random) -> str:
    """One sentence or two of the sort that councils hear."""
    return _filled(chance.choice(REMARKS), chance)


def reply(chance: random.Random) -> str:
    """What somebody says under a post, whatever it is about."""
    return _filled(chance.choice(REPLIES), chance)


def _filled(words: str, chance: random.Random) -> str:
    said = words.format(
        street=chance.choice(STREETS), place=chance.choice(PLACES), when=chance.choice(WHEN)
    )
    return said[0].upper() + said[1:]
