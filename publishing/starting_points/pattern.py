"""What a template holds, and the post that somebody begins with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from accounts.models import SocialAccount, StrategicAim, User
from accounts.permissions import Permission
from accounts.reach import accounts_within_reach, with_a_role
from publishing.checks.hints_left import hints_in
from publishing.drafts import Content
from publishing.models import Campaign

_OF_ONE_POST: dict[str, Any] = {
    "publish_on": "", "publish_time": "", "publish_fold": "", "media": (), "note": "",
}  # fmt: skip
"""What belongs to one post, and to no template."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """`content` without a time, pictures and note; `platforms` beside the accounts it names.

    `platform_texts` holds pairs of a platform's key and the text that its accounts get.
    """

    content: Content = field(default_factory=Content)
    platforms: tuple[str, ...] = ()
    platform_texts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, content: Content) -> Pattern:
        """A post as a template."""
        return cls(replace(content, **_OF_ONE_POST))

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Pattern:
        return cls(
            Content.from_json(stored),
            tuple(str(key) for key in stored.get("platforms", ())),
            tuple((str(key), str(text)) for key, text in stored.get("platform_texts", ())),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            **replace(self.content, **_OF_ONE_POST).to_json(),
            "platforms": list(self.platforms),
            "platform_texts": [[key, text] for key, text in self.platform_texts],
        }

    def hints(self) -> list[str]:
        """What is left to fill in, in the order in which one meets it."""
        content = self.content
        own = [text for _, text in (*content.own_texts, *self.platform_texts)]
        return hints_in("\n".join([content.text, *own, content.link, content.title]))

    def begun_by(self, writer: User) -> Content:
        """The post that `writer` begins with it: on accounts that they may write for.

        Of its platforms, those accounts on which they have a role or that belong to their service
        area. Closed campaigns and aims out of use are left out. Five queries.
        """
        accounts = self._accounts(writer)
        texts, own = dict(self.platform_texts), dict(self.content.own_texts)
        said = {each.pk: own.get(each.pk) or texts.get(each.platform, "") for each in accounts}
        campaigns = Campaign.objects.open().filter(pk=self.content.campaign_id or 0)
        aims = StrategicAim.objects.in_use().filter(pk=self.content.aim_id or 0)
        return replace(
            self.content,
            **_OF_ONE_POST,
            account_ids=tuple(said),
            own_texts=tuple((pk, text) for pk, text in said.items() if text),
            campaign="",
            campaign_id=campaigns.values_list("pk", flat=True).first(),
            aim_id=aims.values_list("pk", flat=True).first(),
        )

    def _accounts(self, writer: User) -> list[SocialAccount]:
        within = accounts_within_reach(writer, Permission.WRITE_POST).live().publishable()
        named = within.filter(pk__in=self.content.account_ids)
        there = within.filter(platform__in=self.platforms)
        mine = there.filter(pk__in=with_a_role(writer))
        if writer.service_area_id:
            mine |= there.filter(service_area=writer.service_area_id)
        return list((named | mine).distinct().order_by("name", "pk"))
