"""The council's registration with the sandbox's platforms, and somebody who signs in there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from pytest_django import Settings

from accounts.actions.connecting import Connected, begin_connecting, finish_connecting
from accounts.connection.platform_apps import return_address
from accounts.models import SocialAccount, User
from platforms.sandbox.running import RunningSandbox
from tests.factories import AccountFactory

SECRET = "the-secret-of-the-app"
PLATFORMS = ("x", "facebook", "youtube")
PERSON = "sam.officer"
HANDLE = "WealdmoorDC"
INSTAGRAM = {"id": "17841400000000001", "username": "wealdmoor", "name": "Wealdmoor pictures"}


def set_up(settings: Settings, sandbox: RunningSandbox) -> None:
    """The settings of a council that is registered with every platform."""
    settings.PLATFORM_URLS = sandbox.base_urls
    settings.PLATFORM_APPS = apps_at(sandbox)
    settings.PLATFORM_TIMEOUT_S = 5.0
    for platform in PLATFORMS:
        register_app(sandbox, platform)


def apps_at(sandbox: RunningSandbox) -> dict[str, dict[str, str]]:
    return {
        platform: {
            "client_id": "council",
            "client_secret": SECRET,
            "page_url": base,
            "token_url": base,
        }
        for platform, base in sandbox.base_urls.items()
    }


def register_app(sandbox: RunningSandbox, platform: str) -> None:
    sandbox.control.register_app(platform, "council", SECRET, return_address(platform))


@dataclass
class AtPlatform:
    """One platform, and the person who signs in at it."""

    sandbox: RunningSandbox
    platform: str

    def add(self, handle: str, **fields: Any) -> str:
        """An account there; the platform's id of it."""
        made = self.sandbox.control.add_account(self.platform, handle, name=handle, **fields)
        return str(made["remote_id"])

    def runs(self, *handles: str, **extra: Any) -> None:
        """At Facebook a person signs in, who runs these pages; elsewhere an account itself."""
        if self.platform == "facebook":
            runs = {"runs": list(handles), **extra}
            self.sandbox.control.add_account("facebook", PERSON, name="Sam Officer", extra=runs)

    def answer(
        self,
        address: str,
        who: str = HANDLE,
        *,
        answer: str = "allow",
        scopes: Sequence[str] = (),
    ) -> dict[str, str]:
        """What comes back with the person who answers the platform's page at `address`."""
        form = {
            "who": PERSON if self.platform == "facebook" else who,
            "answer": answer,
            "scope": list(scopes),
        }
        response = requests.post(address, data=form, timeout=5, allow_redirects=False)
        assert response.status_code == 302, response.text
        back = response.headers["Location"]
        assert back.startswith(return_address(self.platform))
        return dict(parse_qsl(urlsplit(back).query))

    def register(self, handle: str = HANDLE, **fields: Any) -> SocialAccount:
        """An account of ours on the register, not connected yet, and there at the platform."""
        self.add(handle)
        self.runs(handle)
        return AccountFactory(platform=self.platform, handle=handle, remote_id="", **fields)

    def connect(self, by: User, account: SocialAccount, who: str = HANDLE, **how: Any) -> Connected:
        """The whole way, as a person goes it."""
        begun = begin_connecting(by=by, account=account)
        query = self.answer(begun.address, who, **how)
        return finish_connecting(by=by, platform=self.platform, query=query)
