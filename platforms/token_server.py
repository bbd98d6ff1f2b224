"""Asking a platform for tokens, with every way in which the answer can be of no use.

oauthlib writes addresses and requests. Answers are read here: they come from outside, and what is
taken for a token must be one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from oauthlib.oauth2 import WebApplicationClient

from platforms import http
from platforms.errors import OutcomeUnknown, PlatformError, SignInExpired, TryLater
from platforms.sign_in import App, Tokens, is_token

LONGEST_TOKEN = 10_000
LONGEST_LIFE_S = 10 * 366 * 86_400
A_DAY_S = 86_400.0
FORM = "application/x-www-form-urlencoded"

Values = dict[str, Any]
Meaning = Callable[[int, Values], PlatformError | None]
"""What a refusal (its status and its JSON) means; None where it leaves a doubt."""


@dataclass(frozen=True, slots=True)
class TokenServer:
    """One platform's token server. `vendor` is its real base address, `name` is for people.

    `in_header` says that the platform wants the council's id and secret in the Authorization
    header, and not in the form.
    """

    app: App
    name: str
    vendor: str
    in_header: bool

    @property
    def client(self) -> WebApplicationClient:
        """What writes requests; the caller adds the secret by `ask`."""
        return WebApplicationClient(self.app.client_id)

    def page(self, pages: str, path: str, state: str, scope: str, **asked: str) -> str:
        """Where to send a person: a page of the vendor's, which is really at `pages`."""
        # oauthlib takes no address without https, so a stand-in's is put in afterwards.
        address: str = self.client.prepare_request_uri(
            f"{pages}{path}",
            redirect_uri=self.app.redirect_uri,
            scope=scope,
            state=state,
            **asked,
        )
        return self.app.page_url.rstrip("/") + address.removeprefix(pages)

    def challenge(self, verifier: str) -> dict[str, str]:
        """What goes out of a verifier with the person (RFC 7636, 4.3)."""
        challenge = self.client.create_code_challenge(verifier, "S256")
        return {"code_challenge": challenge, "code_challenge_method": "S256"}

    def ask(self, path: str, body: str, meaning: Meaning) -> Values:
        """POST a form and give the JSON object of a success.

        Raises what `meaning` says, TryLater where the platform did not take the request, or
        OutcomeUnknown.
        """
        response = self._post(path, body)
        answer = _object_in(response)
        if response.status_code == 429:
            raise TryLater(f"{self.name} asks us to wait: too many calls.", after=_wait(response))
        if answer is not None and response.status_code == 200:
            return answer
        error = None
        if answer is not None and 400 <= response.status_code < 500:
            error = meaning(response.status_code, answer)
        raise error or self.no_use()

    def tokens(self, path: str, body: str, meaning: Meaning) -> Tokens:
        """The tokens that are issued for a form; raises as `ask`."""
        answer = self.ask(path, body, meaning)
        try:
            return tokens_in(answer, datetime.now(UTC))
        except (ValueError, TypeError, OverflowError):
            raise self.no_use() from None

    def revoke(self, path: str, token: str, kind: str, meaning: Meaning) -> None:
        """Take a token back (RFC 7009); one that the platform does not know has gone already."""
        _, _, body = self.client.prepare_token_revocation_request(
            f"{self.vendor}{path}", token, token_type_hint=kind
        )
        try:
            self.ask(path, body, meaning)
        except SignInExpired:
            return
        except OutcomeUnknown as why:
            raise TryLater(why.message) from None

    def no_use(self) -> OutcomeUnknown:
        return OutcomeUnknown(f"{self.name} gave no answer that could be used.")

    def _post(self, path: str, body: str) -> requests.Response:
        app = self.app
        session = http.session(
            self.vendor,
            app.token_url,
            timeout_s=app.timeout_s,
            most_bytes=app.max_answer_bytes,
        )
        try:
            return session.post(
                f"{self.vendor}{path}",
                data=body,
                headers={"Content-Type": FORM, "Accept": "application/json"},
                auth=(app.client_id, app.client_secret) if self.in_header else None,
                allow_redirects=False,
            )
        except http.NotReached:
            raise TryLater(f"{self.name} could not be reached.", whole_platform=True) from None
        except requests.RequestException:
            raise self.no_use() from None


def tokens_in(answer: Mapping[str, Any], now: datetime) -> Tokens:
    """RFC 6749, 5.1; raises ValueError, TypeError or OverflowError for anything else."""
    if str(answer.get("token_type", "bearer")).lower() != "bearer":
        raise ValueError("not a bearer token")
    return Tokens(
        access_token=_token(answer.get("access_token")),
        refresh_token=_token(answer["refresh_token"]) if answer.get("refresh_token") else "",
        access_expires_at=_end(answer.get("expires_in"), now),
        expires_at=_end(answer.get("refresh_token_expires_in"), now),
        scopes=tuple(_text(answer.get("scope", "")).split()),
    )


def _token(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TOKEN or not is_token(value):
        raise ValueError("not a token")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value


def _end(seconds: Any, now: datetime) -> datetime | None:
    """When something ends that lasts that many seconds; None where nothing is said."""
    if seconds is None:
        return None
    left = int(seconds)
    if isinstance(seconds, bool) or not 0 < left <= LONGEST_LIFE_S:
        raise ValueError("not a life")
    return now + timedelta(seconds=left)


def _object_in(response: requests.Response) -> Values | None:
    try:
        answer = response.json()
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _wait(response: requests.Response) -> timedelta:
    seconds = response.headers.get("retry-after", "")
    return timedelta(seconds=min(float(seconds), A_DAY_S) if seconds.isdecimal() else 60.0)
