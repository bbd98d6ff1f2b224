"""Signing in at the platforms: the council's registration, and the people who can sign in there."""

from __future__ import annotations

from functools import partial
from urllib.parse import parse_qsl, urlsplit

import requests
from django.conf import settings

from accounts.actions.connecting import begin_connecting, finish_connecting
from accounts.connection.platform_apps import is_set_up, return_address
from council_social.demonstration.accounts import ACCOUNTS
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from platforms.sandbox.remote import Control

TOM = "tom.okafor"
"""Runs the council's pages at Facebook, in his own name as everybody there."""
NOT_OURS: tuple[tuple[str, str, str, dict[str, list[str]]], ...] = (
    ("x", "tom_on_his_bike", "Tom Okafor", {}),
    ("youtube", "TomsAllotment", "Tom’s allotment", {}),
    ("facebook", "TomsAllotment", "Tom’s allotment", {}),
    ("facebook", "tom.at.home", "Tom Okafor, in private", {"runs": ["TomsAllotment"]}),
)
"""Accounts with which the wrong one can be connected: to see it refused."""
TIMEOUT_S = 20


def register_the_council(control: Control) -> None:
    """Make the council's apps and the people known; those that are known stay as they are."""
    for platform, app in settings.PLATFORM_APPS.items():
        if is_set_up(platform):
            secret = app["client_secret"]
            control.register_app(platform, app["client_id"], secret, return_address(platform))
    pages = [account.handle for account in ACCOUNTS if account.platform == "facebook"]
    control.add_account("facebook", TOM, name="Tom Okafor", extra={"runs": pages})
    for platform, handle, name, extra in NOT_OURS:
        control.add_account(platform, handle, name=name, extra=extra)


def tell_of_signing_in(story: Story, cast: Cast) -> None:
    """Pages that somebody connected by signing in: Facebook lets that hold for ninety days."""
    for account in ACCOUNTS:
        if account.signed_in_ago:
            at = story.day(account.signed_in_ago, "11:15")
            story.outside(at, partial(_sign_in, cast, account.key))


def _sign_in(cast: Cast, key: str) -> None:
    """As Tom does it: from the account's page to Facebook, and back."""
    account = cast.accounts[key]
    begun = begin_connecting(by=cast.digital, account=account)
    answer = requests.post(
        begun.address,
        data={"who": TOM, "answer": "allow"},
        timeout=TIMEOUT_S,
        allow_redirects=False,
    )
    query = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
    done = finish_connecting(by=cast.digital, platform=account.platform, query=query)
    cast.accounts[key] = done.account
