"""What the rows of a file are compared with, as its sender may use it, each thing by its name."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from django.core.exceptions import ValidationError

from accounts.models import SocialAccount, StrategicAim, User
from accounts.permissions import Permission
from accounts.reach import accounts_within_reach
from pages.numbers import whole_number
from pages.typed_rows import among, shortened
from platforms.known import known_platforms
from publishing.models import Campaign, MediaItem

_APART = re.compile(r"[;\n]")
_ADDRESS = re.compile(r"/library/(\d+)/?$")


class Desk:
    """Read once for a whole file: each thing with one query, when it is first asked for."""

    def __init__(self, writer: User) -> None:
        self.writer = writer

    def accounts(self, cell: str) -> list[SocialAccount]:
        """Accounts that the writer may write for. Raises ValidationError."""
        parts = [part.strip() for part in _APART.split(cell) if part.strip()]
        if not parts:
            raise ValidationError("Name at least one account, like X: wmlibraries.")
        found: dict[int, SocialAccount] = {}
        for part in parts:
            account = self._account(part)
            found[account.pk] = account
        return list(found.values())

    def campaign(self, cell: str) -> Campaign | None:
        if not cell:
            return None
        campaign = among(self._campaigns, cell, "campaign")
        if campaign.closed_at:
            raise ValidationError(f"The campaign “{campaign}” is closed.")
        return campaign

    def aim(self, cell: str) -> StrategicAim | None:
        if not cell:
            return None
        aim = among(self._aims, cell, "strategic aim")
        if not aim.is_in_use:
            raise ValidationError(f"Not in use any more: {aim.name}.")
        return aim

    def item(self, cell: str) -> MediaItem | None:
        """By its number, its address or its title; None for an empty cell."""
        if not cell:
            return None
        address = _ADDRESS.search(cell)
        number = whole_number(address[1] if address else cell)
        if number is not None:
            if number in self._items:
                return self._items[number]
            raise ValidationError(f"There is no picture {number} in the media library.")
        titled = self._titles.get(cell.casefold(), [])
        if len(titled) > 1:
            raise ValidationError(
                f"{len(titled)} pictures are called “{shortened(cell)}”. Enter the number of one."
            )
        if not titled:
            raise ValidationError(f"There is no picture “{shortened(cell)}” in the media library.")
        return titled[0]

    def _account(self, part: str) -> SocialAccount:
        name, _, handle = part.partition(":")
        if not handle.strip():
            return self._by_handle_alone(part)
        platform = among(self._platforms, name.strip(), "platform")
        key = (platform, handle.strip().removeprefix("@").casefold())
        if key in self._mine:
            return self._mine[key]
        known = self._register.get(key)
        if known is None:
            raise ValidationError(f"There is no account “{shortened(part)}” on the register.")
        raise ValidationError(
            f"You may not write for {known}, or it cannot publish now. Ask its site owner."
        )

    def _by_handle_alone(self, part: str) -> SocialAccount:
        handle = part.removeprefix("@").casefold()
        found = [account for (_, known), account in self._mine.items() if known == handle]
        if len(found) == 1:
            return found[0]
        raise ValidationError(f"Say which platform: write it before “{shortened(part)}”, like X:")

    @cached_property
    def _platforms(self) -> dict[str, str]:
        known = known_platforms().values()
        return {name.casefold(): each.key for each in known for name in (each.key, each.name)}

    @cached_property
    def _mine(self) -> dict[tuple[str, str], SocialAccount]:
        within = accounts_within_reach(self.writer, Permission.WRITE_POST).live().publishable()
        return {_key(account): account for account in within}

    @cached_property
    def _register(self) -> dict[tuple[str, str], SocialAccount]:
        return {_key(each): each for each in SocialAccount.objects.on_register(self.writer)}

    @cached_property
    def _campaigns(self) -> dict[str, Campaign]:
        return {campaign.name.casefold(): campaign for campaign in Campaign.objects.all()}

    @cached_property
    def _aims(self) -> dict[str, StrategicAim]:
        return {aim.name.casefold(): aim for aim in StrategicAim.objects.all()}

    @cached_property
    def _items(self) -> dict[int, MediaItem]:
        items = MediaItem.objects.visible_to(self.writer).select_related("file")
        return {item.pk: item for item in items}

    @cached_property
    def _titles(self) -> dict[str, list[MediaItem]]:
        titles: dict[str, list[MediaItem]] = defaultdict(list)
        for item in self._items.values():
            titles[item.title.casefold()].append(item)
        return titles


def _key(account: SocialAccount) -> tuple[str, str]:
    return account.platform, account.handle.casefold()
