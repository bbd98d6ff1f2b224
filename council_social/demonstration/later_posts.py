"""What the council said in the last two months. Invented, and true of any time of the year."""

from __future__ import annotations

from council_social.demonstration.words import COUNCIL, LIBRARIES, SITE, Picture, Words

LATER: tuple[Words, ...] = (
    Words(
        "sian.morgan", COUNCIL, "Blue Badge: apply online",
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
        "ben.carter", LIBRARIES, "Repair café",
        "Toasters, trousers, toys: bring what is broken and mend it with somebody who knows how."
        " Moorside Library, Saturday from 10am.",
        picture=Picture(
            "books", "Repair café", "Moorside Library, Saturday from 10am",
            "A shelf of colourful books. Repair café, Moorside Library, Saturday from 10am.",
        ),
    ),
    Words(
        "david.brandt", COUNCIL, "The council meets on Thursday",
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
        "yusuf.demir", COUNCIL, "Water main burst on High Street",
        "A water main has burst on High Street. The road is closed and water is off in 300 homes."
        " Bottled water is at the leisure centre from noon.",
        picture=Picture(
            "rain", "High Street: burst water main", "Bottled water at the leisure centre",
            "Rain over dark water. High Street: burst water main. Bottled water at the leisure"
            " centre.",
        ),
    ),
    Words(
        "yusuf.demir", COUNCIL, "Water is back on",
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
        "sian.morgan", COUNCIL, "School places: the last week",
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
        "ben.carter", LIBRARIES, "Closed on Monday for new shelves",
        "Moorside Library is closed on Monday while new shelves go in. Return your books to any"
        " other library. No fines, as ever.",
    ),
    Words(
        "kelly.adams", ("recycling-facebook",), "Crews are running late",
        "Two lorries are off the road today. If your bin is still out at 6pm, leave it there: we"
        " come tomorrow from 6am.",
    ),
    Words(
        "sian.morgan", COUNCIL, "Jobs: 14 of them",
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
        "priya.shah", LIBRARIES, "Learn to use your phone",
        "Photographs, messages, the bus app: bring your phone and your questions. Every Wednesday"
        " at 2pm in Weald Library, with patient volunteers.",
    ),
    Words(
        "david.brandt", COUNCIL, "Scam warning: refund e-mails",
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
        "sian.morgan", COUNCIL, "Market Square is being repaved",
        "Market Square gets new paving, benches and twelve trees. The market stays open: it moves"
        " to Church Street for six weeks.",
        picture=Picture(
            "hall", "A new Market Square", "The market moves to Church Street",
            "A town hall with columns. A new Market Square. The market moves to Church Street.",
        ),
    ),
    Words(
        "priya.shah", LIBRARIES, "The most borrowed book",
        "The most borrowed book in Wealdmoor last month had 87 borrowers and one tooth mark. We are"
        " not saying which, or whose.",
    ),
    Words(
        "david.brandt", COUNCIL, "Car parks: free after 3pm on Saturdays",
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
        "sian.morgan", COUNCIL, "Ask a councillor",
        "Twelve councillors, one hour, your questions: Tuesday at 6pm in Moorside Library and live"
        " on our page. Send a question before if you like.",
    ),
)  # fmt: skip
