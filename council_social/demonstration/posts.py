"""What the council has said in the last four months. Invented, and true of any time of the year."""

from __future__ import annotations

from dataclasses import dataclass

SITE = "https://www.wealdmoor.example"


@dataclass(frozen=True, slots=True)
class Picture:
    """A poster (see `pictures.SCENES`), or a film of it, with its alt text."""

    scene: str
    headline: str
    below: str
    alt_text: str
    is_film: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A post as somebody wrote it. `author` and `accounts` are keys; `own` is for some accounts."""

    author: str
    accounts: tuple[str, ...]
    title: str
    text: str
    link: str = ""
    campaign: str = ""
    picture: Picture | None = None
    own: tuple[tuple[str, str], ...] = ()


_COUNCIL = ("council-x", "council-facebook")
_LIBRARIES = ("libraries-x", "libraries-facebook")

PUBLISHED: tuple[Words, ...] = (
    Words(
        "david.brandt", _COUNCIL, "Report it in two minutes",
        "Seen a pothole, a broken street light or fly-tipping? Tell us where it is and we will"
        " tell you what we do about it. It takes two minutes.",
        f"{SITE}/report",
    ),
    Words(
        "priya.shah", _LIBRARIES, "Rhyme time is back",
        "Songs, rhymes and a good wiggle for under fives. Every Tuesday at 10:30am in Weald"
        " Library. Free, and there is no need to book. #RhymeTime",
        picture=Picture(
            "books", "Rhyme time every Tuesday", "Weald Library, 10:30am. Free, no booking",
            "A shelf of colourful books. Rhyme time every Tuesday in Weald Library, 10:30am."
            " Free, no booking.",
        ),
    ),
    Words(
        "sam.osei", ("recycling-facebook",), "What goes in the blue bin",
        "Paper, card, tins, plastic bottles and pots: blue bin. Rinse them, squash them, leave the"
        " lids on. Plastic bags and nappies go in the grey bin, please.",
        f"{SITE}/what-goes-where", "Recycle right",
        Picture(
            "bins", "Blue bin? Rinse it, squash it", "Lids on, bags out",
            "Three bins: grey, blue and brown. Blue bin? Rinse it, squash it. Lids on, bags out.",
        ),
    ),
    Words(
        "ewa.nowak", ("roads-x",), "Bridge Street closed for gas works",
        "Bridge Street is closed between Mill Lane and the station until Friday at 6pm, for gas"
        " works. Please follow the signs. Buses 4 and 17 stop on High Street instead.",
        picture=Picture(
            "road", "Bridge Street closed", "Until Friday, 6pm. Follow the signs",
            "Traffic cones on a road. Bridge Street closed until Friday, 6pm. Follow the signs.",
        ),
    ),
    Words(
        "ben.carter", ("libraries-youtube",), "How to borrow an e-book",
        "All you need is your library card and its PIN. This film shows how to find, borrow and"
        " return an e-book, on a phone or a tablet.",
        f"{SITE}/libraries/e-books",
        picture=Picture(
            "books", "How to borrow an e-book", "In two minutes",
            "A film of a bookshelf with the words: How to borrow an e-book, in two minutes.", True,
        ),
    ),
    Words(
        "nadia.farouk", ("parks-facebook",), "Riverside Park in the morning",
        "Good morning from Riverside Park. The path round the lake is open again, and it is flat"
        " and firm enough for wheels all the way.",
        picture=Picture(
            "park", "The lake path is open again", "Flat and firm for wheels all the way",
            "Hills and trees under the sun. The lake path is open again. Flat and firm for wheels"
            " all the way.",
        ),
    ),
    Words(
        "jo.whitaker", ("housing-x",), "Repairs: how long you wait",
        "Council tenants: an urgent repair is made safe within 24 hours, others within 20 working"
        " days. You can see where yours stands any time.",
        f"{SITE}/tenants/repairs",
    ),
    Words(
        "sian.morgan", _COUNCIL, "Help with council tax",
        "On a low income? You may pay less council tax. The form takes ten minutes, and our"
        " advisers help with it in the town hall, Monday to Friday from 9am.",
        f"{SITE}/council-tax-support", "Cost of living",
    ),
    Words(
        "priya.shah", _LIBRARIES, "Warm, quiet and free",
        "A desk, free wi-fi, a kettle and somebody to ask. All six of our libraries are open to"
        " everybody, and nobody asks what you are there for.",
        f"{SITE}/libraries",
    ),
    Words(
        "yusuf.demir", _COUNCIL, "Flood alert for the lower Weald",
        "A flood alert is in force for the lower Weald. Keep away from the river path between Mill"
        " Lane and the weir. Call 999 if there is danger to life.",
        picture=Picture(
            "rain", "Flood alert: lower Weald", "Keep away from the river path",
            "Rain over dark water. Flood alert: lower Weald. Keep away from the river path.",
        ),
        own=(
            (
                "council-x",
                ("Flood alert: lower Weald. Keep away from the river path between Mill Lane and the"
                 " weir. Danger to life: 999."),
            ),
        ),
    ),
    Words(
        "ewa.nowak", ("roads-x",), "Gas works on Bridge Street done",
        "Bridge Street is open again, a day early. Thank you for your patience, and to the crew who"
        " worked through the night.",
    ),
    Words(
        "kelly.adams", ("council-facebook", "recycling-facebook"), "New collection days",
        "From next month 4,000 homes get a new bin day. A card with yours comes through the door"
        " this week. You can look it up by postcode today.",
        f"{SITE}/bin-day", "New bin days",
        Picture(
            "bins", "Is your bin day changing?", "Look for the card, or look it up by postcode",
            "Three bins. Is your bin day changing? Look for the card, or look it up by postcode.",
        ),
    ),
    Words(
        "rob.tandy", ("planning-youtube",), "Planning committee, in full",
        "The whole meeting, with the agenda and the papers linked below.",
        f"{SITE}/planning/committee",
        picture=Picture(
            "hall", "Planning committee", "The whole meeting",
            "A film of a town hall with the words: Planning committee, the whole meeting.", True,
        ),
    ),
    Words(
        "ben.carter", _LIBRARIES, "Author evening: crime on the moor",
        "Two crime writers, one fireplace, and a murder that you help to plan. Thursday at 7pm in"
        " Weald Library. Free, but please book a chair.",
        f"{SITE}/libraries/events",
    ),
    Words(
        "david.brandt", _COUNCIL, "Your say on the budget",
        "Where should the council spend, and where should it save? Tell us by the end of the month."
        " You do not need to be an expert.",
        f"{SITE}/budget", "Budget",
        Picture(
            "hall", "Your council, your say", "Six questions on the budget",
            "A town hall with columns. Your council, your say. Six questions on the budget.",
        ),
    ),
    Words(
        "nadia.farouk", ("parks-facebook",), "Volunteers planted 400 trees",
        "Thank you to the 63 of you who came with spades. There are 400 more trees on Quarry Hill"
        " than there were on Friday.",
    ),
    Words(
        "ewa.nowak", ("roads-x", "council-x"), "Resurfacing Station Road",
        "Station Road is resurfaced at night from Monday, 8pm to 5am, for five nights. Access for"
        " residents at all times. Please move parked cars by 7pm.",
        picture=Picture(
            "road", "Station Road resurfaced", "Five nights from Monday, 8pm to 5am",
            "Traffic cones on a road. Station Road resurfaced. Five nights from Monday, 8pm to"
            " 5am.",
        ),
    ),
    Words(
        "priya.shah", ("libraries-facebook",), "Six new graphic novels",
        "Fresh on the shelves in Weald Library: six graphic novels that our young readers' panel"
        " chose. They were quite firm about it.",
    ),
    Words(
        "sian.morgan", _COUNCIL, "Register to vote",
        "Moved house? Your vote does not move with you. Registering again takes five minutes, and"
        " all you need is your National Insurance number.",
        "https://www.gov.uk/register-to-vote",
    ),
    Words(
        "jo.whitaker", ("housing-x",), "Gas safety checks",
        "We check the gas in every council home each year, for your safety. If the day does not"
        " suit you, change it with one call or online.",
        f"{SITE}/tenants/gas",
    ),
    Words(
        "sam.osei", ("recycling-facebook",), "Food waste feeds a power station",
        "Last month Wealdmoor's food waste made enough gas for 310 homes. Peelings, plate scrapings"
        " and tea bags: brown caddy, every week.",
        campaign="Recycle right",
    ),
    Words(
        "ben.carter", ("libraries-youtube",), "A walk through old Weald",
        "Local historian Edith Marlow walks down High Street in photographs from 1890 to today.",
        picture=Picture(
            "homes", "A walk through old Weald", "High Street from 1890 to today",
            "A film of a row of houses with the words: A walk through old Weald, High Street from"
            " 1890 to today.", True,
        ),
    ),
    Words(
        "dev.patel", ("council-facebook",), "Meet your neighbourhood team",
        "Worried about something on your street? Come and say so. The police and the council are in"
        " Market Square on Saturday from 10am to noon.",
    ),
    Words(
        "david.brandt", _COUNCIL, "We answer the phone faster",
        "You told us that you wait too long. We have moved six people to the phones: last week the"
        " average wait was 2 minutes and 40 seconds.",
    ),
    Words(
        "isaac.webb", ("parks-facebook",), "Play area in Orchard Way",
        "New swings, a nest swing that everybody can use, and a slide with a proper bump. The play"
        " area in Orchard Way opens on Saturday at 11am.",
        picture=Picture(
            "park", "New play area, Orchard Way", "Opens on Saturday at 11am",
            "Hills and trees under the sun. New play area, Orchard Way, opens on Saturday at"
            " 11am.",
        ),
    ),
    Words(
        "priya.shah", _LIBRARIES, "Homework club",
        "Homework club, Monday to Thursday from 3:30pm in Weald and Moorside libraries: a table, a"
        " biscuit and somebody who remembers fractions.",
    ),
    Words(
        "ewa.nowak", ("roads-x",), "Street lights on Canal Walk",
        "The lights on Canal Walk are out after cable theft. A crew is repairing them tonight."
        " Please take a torch or walk along Mill Lane.",
    ),
    Words(
        "sian.morgan", _COUNCIL, "Blue Badge: apply online",
        "You can apply for a Blue Badge, or renew one, online. If you would rather do it with"
        " somebody, our advisers in the town hall are glad to help.",
        f"{SITE}/blue-badge",
    ),
    Words(
        "kelly.adams", ("recycling-facebook", "council-facebook"), "Bulky waste: three for £28",
        "Old sofa? We collect three large items from the kerb for £28. Please do not pay a man with"
        " a van: if he tips it in a lane, you get the fine too.",
        f"{SITE}/bulky-waste",
    ),
    Words(
        "ben.carter", _LIBRARIES, "Repair café",
        "Toasters, trousers, toys: bring what is broken and mend it with somebody who knows how."
        " Moorside Library, Saturday from 10am.",
        picture=Picture(
            "books", "Repair café", "Moorside Library, Saturday from 10am",
            "A shelf of colourful books. Repair café, Moorside Library, Saturday from 10am.",
        ),
    ),
    Words(
        "david.brandt", _COUNCIL, "The council meets on Thursday",
        "Full council meets on Thursday at 6:30pm. Come and listen, or watch from home. You can ask"
        " a question if you send it by noon on Tuesday.",
        f"{SITE}/meetings",
    ),
    Words(
        "jo.whitaker", ("housing-x",), "Mould is never your fault",
        "Mould or damp in a council home? Tell us. It is never your fault, and an inspector comes"
        " within ten days.",
        f"{SITE}/tenants/damp",
    ),
    Words(
        "yusuf.demir", _COUNCIL, "Water main burst on High Street",
        "A water main has burst on High Street. The road is closed and water is off in 300 homes."
        " Bottled water is at the leisure centre from noon.",
        picture=Picture(
            "rain", "High Street: burst water main", "Bottled water at the leisure centre",
            "Rain over dark water. High Street: burst water main. Bottled water at the leisure"
            " centre.",
        ),
    ),
    Words(
        "yusuf.demir", _COUNCIL, "Water is back on",
        "Water is back on in every home round High Street. Run the cold tap until it is clear. The"
        " road stays closed until tomorrow evening.",
    ),
    Words(
        "sam.osei", ("recycling-facebook",), "Batteries start fires",
        "A battery in a bin lorry starts a fire about once a month here. Put batteries in a clear"
        " bag on top of the bin, or take them to any library.",
        campaign="Recycle right",
        picture=Picture(
            "bins", "Batteries start fires", "In a clear bag, on top of the bin",
            "Three bins. Batteries start fires. In a clear bag, on top of the bin.",
        ),
    ),
    Words(
        "priya.shah", ("libraries-youtube",), "Story time: The bear who queued",
        "Priya from Weald Library reads “The bear who queued”, a story for everybody who has ever"
        " waited for a bus.",
        picture=Picture(
            "books", "Story time", "The bear who queued",
            "A film of a bookshelf with the words: Story time, The bear who queued.", True,
        ),
    ),
    Words(
        "sian.morgan", _COUNCIL, "School places: the last week",
        "Apply for a secondary school place by midnight on Friday. It takes about fifteen minutes."
        " Late forms are dealt with last.",
        f"{SITE}/school-places",
    ),
    Words(
        "nadia.farouk", ("parks-facebook",), "Dogs on leads by the lake",
        "Swans are nesting by the lake in Riverside Park. Please keep dogs on a lead between the"
        " two bridges. Thank you, from us and from them.",
    ),
    Words(
        "ewa.nowak", ("roads-x",), "Temporary lights on Park Road",
        "Temporary traffic lights on Park Road by the school from tomorrow, 9:30am to 3pm only, for"
        " a new crossing.",
    ),
    Words(
        "david.brandt", ("council-facebook",), "Thank you, carers",
        "To the 9,000 people in Wealdmoor who look after somebody without being paid: thank you. If"
        " you need a break, a chat or a form filled in, we are here.",
        f"{SITE}/carers",
        picture=Picture(
            "homes", "Looking after somebody?", "A break, a chat, a form filled in: ask us",
            "A row of houses. Looking after somebody? A break, a chat, a form filled in: ask us.",
        ),
    ),
    Words(
        "ben.carter", _LIBRARIES, "Closed on Monday for new shelves",
        "Moorside Library is closed on Monday while new shelves go in. Return your books to any"
        " other library. No fines, as ever.",
    ),
    Words(
        "kelly.adams", ("recycling-facebook",), "Crews are running late",
        "Two lorries are off the road today. If your bin is still out at 6pm, leave it there: we"
        " come tomorrow from 6am.",
    ),
    Words(
        "sian.morgan", _COUNCIL, "Jobs: 14 of them",
        "Gardener, planner, carer, driver, data analyst: fourteen jobs with us this week, most of"
        " them flexible. No degree needed for nine of them.",
        f"{SITE}/jobs",
    ),
    Words(
        "jo.whitaker", ("housing-x",), "Tenants' forum",
        "Tenants decide how we spend £200,000 on estates this year. The forum meets on Wednesday at"
        " 6pm in the town hall. Childcare and tea provided.",
        picture=Picture(
            "homes", "Tenants decide", "Forum, Wednesday 6pm, town hall",
            "A row of houses. Tenants decide. Forum, Wednesday 6pm, town hall.",
        ),
    ),
    Words(
        "priya.shah", _LIBRARIES, "Learn to use your phone",
        "Photographs, messages, the bus app: bring your phone and your questions. Every Wednesday"
        " at 2pm in Weald Library, with patient volunteers.",
    ),
    Words(
        "david.brandt", _COUNCIL, "Scam warning: refund e-mails",
        "E-mails that promise a council tax refund are going round. We never ask for card details"
        " by e-mail. Delete them, and warn a neighbour.",
    ),
    Words(
        "ewa.nowak", ("roads-x",), "312 potholes in a fortnight",
        "We filled 312 potholes in the last fortnight, most of them on Beech Close and Quarry Hill."
        " Know of another? Tell us where.",
        f"{SITE}/potholes",
        picture=Picture(
            "road", "312 potholes filled", "Know of another? Tell us where",
            "Traffic cones on a road. 312 potholes filled. Know of another? Tell us where.",
        ),
    ),
    Words(
        "sam.osei", ("recycling-facebook",), "Where your recycling goes",
        "Your tins become tins in Port Talbot, your paper is paper again in Kent, and your glass is"
        " a bottle within a month. None of it is burnt.",
        campaign="Recycle right",
    ),
    Words(
        "ben.carter", ("libraries-youtube",), "Book a library computer from home",
        "Every library has computers that you can book, free, for an hour or more. This is how.",
        picture=Picture(
            "books", "Book a computer", "From home, in a minute",
            "A film of a bookshelf with the words: Book a computer, from home, in a minute.", True,
        ),
    ),
    Words(
        "sian.morgan", _COUNCIL, "Market Square is being repaved",
        "Market Square gets new paving, benches and twelve trees. The market stays open: it moves"
        " to Church Street for six weeks.",
        picture=Picture(
            "hall", "A new Market Square", "The market moves to Church Street",
            "A town hall with columns. A new Market Square. The market moves to Church Street.",
        ),
    ),
    Words(
        "priya.shah", _LIBRARIES, "The most borrowed book",
        "The most borrowed book in Wealdmoor last month had 87 borrowers and one tooth mark. We are"
        " not saying which, or whose.",
    ),
    Words(
        "david.brandt", _COUNCIL, "Car parks: free after 3pm on Saturdays",
        "Our car parks in the town centre are free after 3pm on Saturdays, to help shops and"
        " cafés. No ticket needed.",
        f"{SITE}/parking",
    ),
    Words(
        "ewa.nowak", ("roads-x",), "Crossing on Park Road finished",
        "The new crossing on Park Road is finished, two days early. Thank you to the school for the"
        " tea and the cake.",
    ),
    Words(
        "kelly.adams", ("council-facebook", "recycling-facebook"), "Garden waste: sign up again",
        "The garden waste year ends this month. Sign up again by the 28th and your brown bin goes"
        " on being emptied without a gap.",
        f"{SITE}/garden-waste",
    ),
    Words(
        "sian.morgan", _COUNCIL, "Ask a councillor",
        "Twelve councillors, one hour, your questions: Tuesday at 6pm in Moorside Library and live"
        " on our page. Send a question before if you like.",
    ),
)  # fmt: skip
"""The oldest first; spread over the four months."""
