"""Wales: the code of the Welsh Ministers, as revised in 2014."""

from __future__ import annotations

from publishing.elections.packs.pack import ACT_OF_1986, FACTS_ONLY, IMPRINTS, Pack, Rule

PACK = Pack(
    main=Rule(
        "Welsh Government, Code of Recommended Practice on Local Authority Publicity (2014)",
        "Between the notice of election and the poll: no publicity about candidates or others who "
        "are involved, nothing on controversial issues that identifies members or groups.",
        "https://gov.wales/local-authorities-code-recommended-practice-html",
    ),
    others=(*ACT_OF_1986, IMPRINTS),
    allowed=FACTS_ONLY,
)
