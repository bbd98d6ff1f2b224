"""Account panels: what other parts of the product show on an account's page.

An extension point. A panel is a template and its values, or None where there is nothing that the
person may see. Panels are registered in one place, `council_social.extensions`, and stand on the
page in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accounts.models import SocialAccount, User


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of the page: `template` is included with `values` as `panel.values`."""

    heading: str
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)


Maker = Callable[["SocialAccount", "User"], Panel | None]

_makers: list[Maker] = []


def register(maker: Maker) -> None:
    """Ask `maker` too, from now on; registering it again changes nothing."""
    if maker not in _makers:
        _makers.append(maker)


def panels_for(account: SocialAccount, reader: User) -> list[Panel]:
    """The panels of `account` that `reader` may see."""
    made = (maker(account, reader) for maker in _makers)
    return [panel for panel in made if panel is not None]
