"""What the council said three and four months ago. Invented, and true of any time of year."""

from __future__ import annotations

from council_social.demonstration.words import COUNCIL, LIBRARIES, SITE, Picture, Words

EARLIER: tuple[Words, ...] = (
    Words(
        "david.brandt", COUNCIL, "Report it in two minutes",
        "Seen a pothole, a broken street light or fly-tipping? Tell us where it is and we will"
        " tell you what we do about it. It takes two minutes.",
        f"{SITE}/report",
    ),
    Words(
        "priya.shah", LIBRARIES, "Rhyme time is back",
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
        "sian.morgan", COUNCIL, "Help with council tax",
        "On a low income? You may pay less council tax. The form takes ten minutes, and our"
        " advisers help with it in the town hall, Monday to Friday from 9am.",
        f"{SITE}/council-tax-support", "Cost of living",
    ),
    Words(
        "priya.shah", LIBRARIES, "Warm, quiet and free",
        "A desk, free wi-fi, a kettle and somebody to ask. All six of our libraries are open to"
        " everybody, and nobody asks what you are there for.",
        f"{SITE}/libraries",
    ),
    Words(
        "yusuf.demir", COUNCIL, "Flood alert for the lower Weald",
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
        "ben.carter", LIBRARIES, "Author evening: crime on the moor",
        "Two crime writers, one fireplace, and a murder that you help to plan. Thursday at 7pm in"
        " Weald Library. Free, but please book a chair.",
        f"{SITE}/libraries/events",
    ),
    Words(
        "david.brandt", COUNCIL, "Your say on the budget",
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
        "sian.morgan", COUNCIL, "Register to vote",
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
        "david.brandt", COUNCIL, "We answer the phone faster",
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
        "priya.shah", LIBRARIES, "Homework club",
        "Homework club, Monday to Thursday from 3:30pm in Weald and Moorside libraries: a table, a"
        " biscuit and somebody who remembers fractions.",
    ),
    Words(
        "ewa.nowak", ("roads-x",), "Street lights on Canal Walk",
        "The lights on Canal Walk are out after cable theft. A crew is repairing them tonight."
        " Please take a torch or walk along Mill Lane.",
    ),
)  # fmt: skip
