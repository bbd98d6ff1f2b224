"""England: the code of 31 March 2011."""

from __future__ import annotations

from publishing.elections.packs.pack import ACT_OF_1986, FACTS_ONLY, IMPRINTS, Pack, Rule

PACK = Pack(
    main=Rule(
        "Code of Recommended Practice on Local Authority Publicity (2011), paragraphs 33 to 35",
        "From the notice of election to the poll: nothing on controversial issues, no views or "
        "proposals that are identified with members or groups, no publicity about individuals "
        "involved in the election.",
        "https://www.gov.uk/government/publications/"
        "recommended-code-of-practice-for-local-authority-publicity",
    ),
    others=(*ACT_OF_1986, IMPRINTS),
    allowed=FACTS_ONLY,
)
