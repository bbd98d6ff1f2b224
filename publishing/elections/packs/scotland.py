"""Scotland: the code that was issued there under the Act of 1986."""

from __future__ import annotations

from publishing.elections.packs.pack import ACT_OF_1986, FACTS_ONLY, IMPRINTS, Pack, Rule

PACK = Pack(
    main=Rule(
        "Code of Recommended Practice on Local Authority Publicity (Scotland), issued by circular",
        "Between the notice of election and the poll: no publicity about candidates or other "
        "politicians who are directly involved, and nothing that could seem to favour one side.",
    ),
    others=(
        *ACT_OF_1986,
        Rule(
            "Councillors’ Code of Conduct (Scotland)",
            "The council’s resources, this service among them, are not used for campaigning.",
            "https://www.standardscommissionscotland.org.uk/codes-of-conduct/"
            "councillors-code-of-conduct",
        ),
        IMPRINTS,
    ),
    allowed=FACTS_ONLY,
)
