"""The council's apps at the sandbox's platforms, and the person who signs in at their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests

from platforms import registry
from platforms.sandbox.running import RunningSandbox
from platforms.sign_in import App, SignIn, Tokens, code_in, new_state, new_verifier

SECRET = "the-secret-of-the-app"
BACK = "https://social.wealdmoor.gov.uk/accounts/connect/back/"
HANDLE = "WealdmoorDC"
PERSON = "sam.officer"
PLATFORMS = ["x", "facebook", "youtube"]
RENEWING = ["x", "youtube"]
VERIFIER = "v" * 43
INSTAGRAM = {"id": "17841400000000001", "username": "wealdmoor", "name": "Wealdmoor pictures"}


@dataclass
class AtPlatform:
    """One platform with the council's app and account, and the product's way in to it."""

    sandbox: RunningSandbox
    platform: str
    app: App
    sign_in: SignIn
    remote_id: str

    def fault(self, kind: str, endpoint: str = "token", **rule: Any) -> None:
        self.sandbox.control.fault(kind, platform=self.platform, endpoint=endpoint, **rule)

    def page(self, verifier: str = VERIFIER, state: str = "state") -> requests.Response:
        return requests.get(self.sign_in.address(state, verifier), timeout=5)

    def answered(
        self,
        verifier: str,
        *,
        state: str = "state",
        answer: str = "allow",
        scopes: Sequence[str] = (),
    ) -> dict[str, str]:
        """What comes back with a person who answers the page in that way."""
        who = PERSON if self.platform == "facebook" else HANDLE
        form = {"who": who, "answer": answer, "scope": list(scopes)}
        address = self.sign_in.address(state, verifier)
        response = requests.post(address, data=form, timeout=5, allow_redirects=False)
        assert response.status_code == 302
        assert response.headers["Location"].startswith(BACK)
        return dict(parse_qsl(urlsplit(response.headers["Location"]).query))

    def code(self, verifier: str = VERIFIER, **how: Any) -> str:
        return code_in(self.answered(verifier, **how))

    def tokens(self, **how: Any) -> Tokens:
        """The whole way, as a person goes it."""
        verifier = new_verifier()
        return self.sign_in.exchange(self.code(verifier, state=new_state(), **how), verifier)


def at_platform(sandbox: RunningSandbox, platform: str, **changed: Any) -> AtPlatform:
    control, base = sandbox.control, sandbox.base_urls[platform]
    control.register_app(platform, "council", SECRET, BACK)
    extra = {"instagram": INSTAGRAM} if platform == "facebook" else {}
    made = control.add_account(platform, HANDLE, name="Wealdmoor District Council", extra=extra)
    if platform == "facebook":
        control.add_account(platform, PERSON, name="Sam Officer", extra={"runs": [HANDLE]})
    values = {
        "client_id": "council",
        "client_secret": SECRET,
        "redirect_uri": BACK,
        "page_url": base,
        "token_url": base,
        "api_url": base,
        "timeout_s": 5.0,
        **changed,
    }
    app = App(**values)
    return AtPlatform(sandbox, platform, app, registry.sign_in(platform, app), made["remote_id"])


def credential_of(at: AtPlatform) -> dict[str, str]:
    """What is kept of the account after somebody signed in."""
    return dict(at.sign_in.candidates(at.tokens())[0].credential)
