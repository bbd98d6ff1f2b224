"""What is asked of the shared terminal and of personal codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.actions.personal_codes import issue_code
from accounts.models import User
from tests.gates.small_council import Council

Body = dict[str, Any]
CODE = "WEAL-DMRT"


def _collector(council: Council, about: str) -> list[Any]:
    """In the manager's team, and without an e-mail address."""
    number = "W104"
    found = User.objects.filter(staff_number=number).first()
    made = found or User.objects.create_user(
        "", name="Reg Cole", staff_number=number, manager=council.people["manager"]
    )
    return [made.pk]


def _signing_in(council: Council, about: str) -> Body:
    [key] = _collector(council, about)
    issue_code(by=None, person=User.objects.get(pk=key), code=CODE)
    return {"staff_number": "W104", "code": CODE}


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {"personal_code_give": _collector}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "terminal": _signing_in,
    "personal_code_give": lambda council, about: {"sure": "on"},
}
