"""Posts that are not simply published: one or more for each state that there is.

What goes with which ending is told in `story.py`.
"""

from __future__ import annotations

from council_social.demonstration.words import SITE, Picture, Words

DRAFTS = (
    Words(
        "priya.shah", ("libraries-x", "libraries-facebook"), "Knit and natter",
        "Bring your wool, or borrow ours. Knit and natter meets every Friday at 2pm in",
    ),
    Words(
        "ewa.nowak", ("roads-x",), "Quarry Hill next week",
        "Quarry Hill is closed overnight from (check the dates with the contractor!)",
    ),
    Words(
        "david.brandt", ("council-x", "council-facebook"), "",
        "Six months on: what became of the hundred things that you asked us to mend.",
    ),
)  # fmt: skip

WAITING = (
    Words(
        "priya.shah", ("libraries-x", "libraries-facebook"), "Saturday story time",
        "Dragons, mostly. Story time for children from 4 to 8, this Saturday at 11am in Moorside"
        " Library. Free. Wings optional.",
        picture=Picture(
            "books", "Dragons in the library", "Moorside, Saturday at 11am",
            "A shelf of colourful books. Dragons in the library. Moorside, Saturday at 11am.",
        ),
    ),
    Words(
        "ewa.nowak", ("roads-x", "council-x"), "Night works on the ring road",
        "The ring road is closed from Moorside to the A-road, 9pm to 5am, for three nights from"
        " Monday. Follow the diversion through Canal Walk.",
        f"{SITE}/roadworks",
    ),
    Words(
        "sam.osei", ("recycling-facebook",), "Bank holiday collections",
        "Your bin is collected a day later after the bank holiday. Put it out by 6am, as always.",
        f"{SITE}/bin-day",
        picture=Picture(
            "bins", "One day later", "After the bank holiday",
            "Three bins. One day later, after the bank holiday.",
        ),
    ),
    Words(
        "sian.morgan", ("council-x", "council-facebook"), "Grants for clubs",
        "Does your club keep somebody warm, busy or fed? Grants of up to £500 are open until the"
        " end of the month, and the form is one page.",
        f"{SITE}/grants", "Cost of living",
        note="The amounts are those that the cabinet agreed on last week.",
    ),
)  # fmt: skip

SECOND_CHECK = Words(
    "nadia.farouk", ("youth-facebook",), "Choose your youth council",
    "Are you between 11 and 18? Choose who speaks for you: the youth council’s poll is open in"
    " every school and library until Friday.",
)  # fmt: skip

RETURNED = Words(
    "priya.shah", ("libraries-facebook",), "Half price for photocopies",
    "Photocopies are half price this month in all our libraries. Bring your own paper and it's"
    " FREE!!!",
)  # fmt: skip
RETURNED_WITH = (
    "Please check with finance whether paper from home is allowed: Moorside says it jams the"
    " machine. And one exclamation mark at most."
)

SOON = Words(
    "ben.carter", ("libraries-x",), "Last chairs for tonight",
    "Four chairs are left for tonight's talk on the lost railway of Weald. Doors at 6:30pm.",
)  # fmt: skip
SCHEDULED = (
    Words(
        "ben.carter", ("libraries-x", "libraries-facebook"), "Reading group: new members",
        "Our Thursday reading group has room for three. This month: a short book and a long"
        " argument. Weald Library, 6pm.",
    ),
    Words(
        "david.brandt", ("council-x", "council-facebook"), "Full council on Thursday",
        "On the agenda on Thursday: the budget, the bus strategy and a petition on Mill Lane. Watch"
        " from 6:30pm.",
        f"{SITE}/meetings",
    ),
    Words(
        "ewa.nowak", ("roads-x",), "Works start on Victoria Avenue",
        "Works on the drains in Victoria Avenue start today and take two weeks. One lane stays open"
        " at all times.",
        picture=Picture(
            "road", "Victoria Avenue", "Drains: two weeks, one lane open",
            "Traffic cones on a road. Victoria Avenue. Drains: two weeks, one lane open.",
        ),
    ),
    Words(
        "kelly.adams", ("recycling-facebook",), "Compost giveaway",
        "Your garden waste, back as compost: two bags for each home, free, on Saturday from 9am at"
        " the recycling centre. Bring a spade.",
    ),
)  # fmt: skip

SAID_BEFORE = "Temporary lights on Mill Lane until 4pm. Expect to wait a few minutes."
DUPLICATED = Words("ewa.nowak", ("roads-x",), "Lights on Mill Lane", SAID_BEFORE)
FAILED = Words("ewa.nowak", ("roads-x",), "Lights on Mill Lane, again", SAID_BEFORE)
WINDY = (
    "Strong winds from 9pm tonight. Tie down what could fly, park away from trees, and check on a"
    " neighbour. Fallen tree on a road? Tell us."
)
WARNED = Words("yusuf.demir", ("council-x",), "Strong winds tonight", WINDY)
PART_PUBLISHED = Words(
    "yusuf.demir",
    ("council-x", "council-facebook"),
    "Strong winds again tonight",
    "Strong winds again from 9pm, and the ground is soft by now. Tie down what could fly, and park"
    " away from trees. The parks close at 8pm.",
    own=(("council-x", WINDY),),
)
TAKEN_DOWN = Words(
    "yusuf.demir", ("council-x", "council-facebook"), "Market Street car park",
    "Market Street car park is free on Sunday from 10am.",
)  # fmt: skip
TAKEN_DOWN_BECAUSE = "It is free on Saturday, not on Sunday."
LEFT = Words(
    "yusuf.demir", ("council-x",), "Volunteers of the month",
    "Thank you to everybody who cleared the canal path on Sunday morning. It looks like new.",
)  # fmt: skip
LEFT_BECAUSE = "Somebody asked us not to name the place where they volunteer."
UNKNOWN = Words(
    "kelly.adams", ("council-facebook",), "Recycling centre closes early",
    "The recycling centre closes at 3pm today, because of the wind. It is open again tomorrow from"
    " 8am.",
)  # fmt: skip
HELD = Words(
    "nadia.farouk", ("parks-facebook",), "Guided walk at dusk",
    "Bats, owls and a flask of tea: a guided walk round Riverside Park tonight. Meet at the lower"
    " gate. Free.",
)  # fmt: skip
MISSED_HELD = Words(
    "isaac.webb", ("parks-facebook",), "Tennis courts: free hour",
    "The tennis courts in Riverside Park are free from 4pm to 5pm today. Rackets to borrow at the"
    " café.",
)  # fmt: skip
MISSED_UNDECIDED = Words(
    "ben.carter", ("libraries-facebook",), "Lunchtime concert",
    "Cello and cake at 12:30pm today in Weald Library. The cake is free.",
)  # fmt: skip
WITHDRAWN = Words(
    "david.brandt", ("council-x", "council-facebook"), "Fireworks in Riverside Park",
    "Fireworks over Riverside Park on Saturday at 7pm, free for everybody.",
)  # fmt: skip
WITHDRAWN_BECAUSE = "The display is called off: the ground is too wet for the crane."
EXPIRED = Words(
    "jo.whitaker", ("housing-x",), "Rent statements are on their way",
    "Rent statements reach every tenant by post this week. Yours is online already, if you would"
    " rather not wait.",
    f"{SITE}/tenants/rent",
)  # fmt: skip
