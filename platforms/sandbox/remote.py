"""The client of the control API: tests, the demonstration and the storm steer the sandbox by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import requests

from platforms.sandbox.faults import FaultKind


class Control:
    """`url` is the sandbox's address, without a platform's prefix.

    Raises `ValueError` with the sandbox's words for a request that makes no sense.
    """

    def __init__(self, url: str, timeout_s: float = 60.0) -> None:
        self.url = url.rstrip("/")
        self.timeout_s = timeout_s
        self._session = requests.Session()
        self._session.trust_env = False

    def add_account(
        self,
        platform: str,
        handle: str,
        *,
        name: str = "",
        tokens: Sequence[str] = (),
        remote_id: str = "",
        about: str = "",
        followers: int = 0,
        extra: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Create the account, or give one that exists more tokens; its values (see `rows.Account`).

        A `remote_id` of the platform's own shape is made up where none is given.
        """
        made: dict[str, Any] = self._call(
            "accounts",
            platform=platform,
            handle=handle,
            name=name,
            tokens=list(tokens),
            remote_id=remote_id,
            about=about,
            followers=followers,
            extra=dict(extra or {}),
        )
        return made

    def set_tokens(self, platform: str, account: str, state: str) -> int:
        """Make every token of the account good, expired or revoked."""
        return int(self._call("tokens", platform=platform, account=account, state=state))

    def set_followers(self, platform: str, account: str, followers: int) -> None:
        self._call("followers", platform=platform, account=account, followers=followers)

    def seed_mentions(self, platform: str, account: str, count: int, *, days: float = 30) -> int:
        """Let residents have said `count` things over the last `days` days."""
        values = {"platform": platform, "account": account, "count": count, "days": days}
        return int(self._call("mentions", **values))

    def say(
        self,
        platform: str,
        account: str,
        text: str,
        *,
        kind: str = "",
        in_reply_to: str = "",
        at: datetime | None = None,
    ) -> dict[str, Any]:
        """One resident says `text`, now or at a given time; the comment's values."""
        said: dict[str, Any] = self._call(
            "say",
            platform=platform,
            account=account,
            text=text,
            kind=kind,
            in_reply_to=in_reply_to,
            at=at.timestamp() if at else None,
        )
        return said

    def say_all(self, platform: str, account: str, said: Sequence[Mapping[str, Any]]) -> int:
        """Residents say many things in one call, each with the fields of `say`; how many.

        `at` is in seconds since 1970 here.
        """
        values = {"platform": platform, "account": account, "said": [dict(each) for each in said]}
        return int(self._call("say-all", **values))

    def fault(self, kind: FaultKind | str, **rule: Any) -> dict[str, Any]:
        """Set a rule with the fields of `faults.Rule`: once, unless `times` says otherwise."""
        return dict(self._call("rule", kind=FaultKind(kind).value, **rule))

    def fault_rates(
        self,
        rates: Mapping[str, float],
        *,
        group: str = "any",
        seconds: Mapping[str, float] | None = None,
    ) -> None:
        """Replace the chances of faults in a group of endpoints: publish, upload, read or any.

        `seconds` says how long faults hang, are slow or ask to wait.
        """
        self._call("rates", rates=dict(rates), group=group, seconds=dict(seconds or {}))

    def clear_faults(self) -> None:
        self._call("clear-faults")

    def refuse(self, seconds: float) -> None:
        """Close the listening socket for that long: connections to all platforms are refused."""
        self._call("refuse", seconds=seconds)

    def settings(self, **values: Any) -> None:
        """`rate_limits=False` turns the platforms' own limits off; `replies=0.5` lets residents
        answer every second post; `now=…` (seconds since 1970, or None) moves the clock."""
        self._call("settings", **values)

    def counters(self) -> dict[str, Any]:
        """Calls and answers for each platform, account and endpoint; faults given; rules."""
        return dict(self._call("counters"))

    def faults_given(self) -> list[list[Any]]:
        """Each fault: platform, account, endpoint, which call of it, kind."""
        return list(self.counters()["faults"])

    def copies(
        self, platform: str, account: str, texts: Sequence[str], *, title: str = ""
    ) -> list[dict[str, int]]:
        """For each text `copies`, how many live posts say it, and `calls`, how many calls asked."""
        counted: list[dict[str, int]] = self._call(
            "copies", platform=platform, account=account, texts=list(texts), title=title
        )
        return counted

    def posts(
        self,
        platform: str,
        account: str,
        *,
        containing: str = "",
        limit: int = 100,
        deleted: bool = False,
    ) -> list[dict[str, Any]]:
        """Newest first, each with `media` and `comments`."""
        found: list[dict[str, Any]] = self._call(
            "posts",
            platform=platform,
            account=account,
            containing=containing,
            limit=limit,
            deleted=deleted,
        )
        return found

    def register_app(
        self, platform: str, client_id: str, client_secret: str, redirect_uri: str
    ) -> None:
        """Let people sign in at the platform for that app, and come back to that address."""
        self._call(
            "apps",
            platform=platform,
            client_id=client_id,
            client_secret=client_secret,
            redirect_uri=redirect_uri,
        )

    def token_answers(self, platform: str, how: str, *, times: int = 1) -> None:
        """Let the next answers with tokens be "hostile", "no_refresh_token" or
        "blank_refresh_token"."""
        self._call("token-answers", platform=platform, how=how, times=times)

    def refreshes(self, platform: str) -> dict[str, int]:
        """How often tokens were asked for with a refresh token: `done` and `refused`."""
        return dict(self._call("refreshes", platform=platform))

    def reset(self) -> None:
        """Forget accounts, posts, faults and counters; the seed stays."""
        self._call("reset")

    def _call(self, call: str, /, **values: Any) -> Any:
        response = self._session.post(
            f"{self.url}/_sandbox/{call}", json=values, timeout=self.timeout_s
        )
        if response.status_code == 400:
            raise ValueError(response.json()["error"])
        response.raise_for_status()
        return response.json()
