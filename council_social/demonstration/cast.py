"""Who plays in the story: people, areas, aims and accounts by their keys, once they are there."""

from __future__ import annotations

from dataclasses import dataclass, field

from accounts.models import ServiceArea, SocialAccount, StrategicAim, User


@dataclass
class Cast:
    people: dict[str, User] = field(default_factory=dict)
    areas: dict[str, ServiceArea] = field(default_factory=dict)
    accounts: dict[str, SocialAccount] = field(default_factory=dict)
    aims: dict[str, StrategicAim] = field(default_factory=dict)

    @property
    def digital(self) -> User:
        """Who runs the service: gives roles, keeps the register."""
        return self.people["tom.okafor"]
