"""What each nation's rules about publicity before a poll ask, and where they are written.

The product says which rule it applied; it gives no legal advice.
"""

from __future__ import annotations

from publishing.elections.packs import england, northern_ireland, scotland, wales
from publishing.elections.packs.pack import Pack
from publishing.models import Nation

PACKS: dict[Nation, Pack] = {
    Nation.ENGLAND: england.PACK,
    Nation.WALES: wales.PACK,
    Nation.SCOTLAND: scotland.PACK,
    Nation.NORTHERN_IRELAND: northern_ireland.PACK,
}


def pack_of(nation: str) -> Pack:
    return PACKS[Nation(nation)]
