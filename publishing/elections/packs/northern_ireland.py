"""Northern Ireland: the Act of 1986 does not reach there."""

from __future__ import annotations

from publishing.elections.packs.pack import FACTS_ONLY, IMPRINTS, LAW, Pack, Rule

PACK = Pack(
    main=Rule(
        "Northern Ireland Local Government Code of Conduct for Councillors",
        "The council’s resources are not used for the purposes of a party or of an election. The "
        "publicity rules of the Local Government Act 1986 do not apply in Northern Ireland: the "
        "council follows its own guidance.",
    ),
    others=(
        Rule(
            "Electoral Law Act (Northern Ireland) 1962",
            "How elections to councils are run, and what may be spent on them.",
            f"{LAW}apni/1962/14",
        ),
        IMPRINTS,
    ),
    allowed=FACTS_ONLY,
)
