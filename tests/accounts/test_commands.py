"""The commands: an account registered, a person added, from a command line, or a clear sentence."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.access import corporate_roles
from accounts.actions.credentials import open_credential
from accounts.models import AccountState, Credential, RiskAssessment, SocialAccount, User
from accounts.obstacles import obstacles
from accounts.permissions import CorporateRole
from audit.models import Entry
from tests.accounts.platform import GOOD
from tests.factories import (
    AccountFactory,
    ServiceAreaFactory,
    UserFactory,
    communications_officer,
    digital_officer,
    trained,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_platform")]


@pytest.fixture
def council() -> None:
    ServiceAreaFactory(name="Libraries")
    trained(UserFactory(email="owner@example.org"))
    digital_officer(email="dot@example.org")
    communications_officer(email="com@example.org")
    UserFactory(email="left@example.org", employed_until=timezone.localdate() - timedelta(days=1))


def add_account(
    monkeypatch: pytest.MonkeyPatch, secret: str = json.dumps(dict(GOOD)), **changed: str
) -> str:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(secret))
    call_command("add_account", *arguments(**changed), stdout=out)
    return out.getvalue()


def arguments(**changed: str) -> list[str]:
    options: dict[str, Any] = {
        "platform": "fake",
        "handle": "WealdmoorLib",
        "service_area": "libraries",
        "owner": "owner@example.org",
        "credential_json": "-",
        "risk_likelihood": "2",
        "risk_impact": "3",
        "risk_summary": "Opening hours only.",
        "review_on": (timezone.localdate() + timedelta(days=180)).isoformat(),
        "assessed_by": "dot@example.org",
        "signed_off_by": "com@example.org",
        "deputy": "dot@example.org",
        "accepted": "signed form of 3 March",
        "branding": "picture on file",
        "profile_text": "read on 3 March",
        "joint_access": "Dot signed in",
        "joint_access_on": timezone.localdate().isoformat(),
        "two_factor": "on",
        "two_factor_checked_on": timezone.localdate().isoformat(),
        "recovery_contact": "social@example.org",
        **changed,
    }
    return [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]


@pytest.mark.usefixtures("council")
def test_a_live_account_from_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    said = add_account(monkeypatch, by="dot@example.org", purpose="What is on")

    account = SocialAccount.objects.get()
    assert account.state == AccountState.LIVE
    assert account.name == "The real WealdmoorLib"
    assert (account.remote_id, account.purpose) == ("4711", "What is on")
    assert open_credential(account) == GOOD
    assert obstacles(account) == []
    assert Entry.objects.get(event="account.registered").actor_email == "dot@example.org"
    assert said == (
        "The real WealdmoorLib (Fakebook @WealdmoorLib) is live; the platform confirmed"
        " https://fake.example/WealdmoorLib.\n"
    )


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"secret": "{"}, "The credential is not valid JSON (line 1)."),
        ({"secret": ""}, "The credential is not valid JSON"),
        ({"secret": '{"token": "hush"}'}, "must hold “secret”"),
        ({"platform": "myspace"}, "There is no platform called “myspace”."),
        ({"service_area": "Zoo"}, "There is no service area called “Zoo” (there are: Libraries)."),
        ({"owner": "nobody@example.org"}, "--owner: nobody here has the e-mail address"),
        ({"owner": "left@example.org"}, "--owner: nobody here has the e-mail address"),
        ({"assessed_by": "x@example.org"}, "--assessed-by: nobody here"),
        ({"signed_off_by": "dot@example.org"}, "cannot sign it off"),
        ({"signed_off_by": "owner@example.org"}, "Not allowed:"),
        ({"by": "com@example.org"}, "Not allowed:"),
        ({"review_on": "soon"}, "--review-on must be a day such as"),
        ({"review_on": "2020-01-01"}, "must be in the future"),
        ({"risk_impact": "9"}, "from 1 to 5"),
        ({"deputy": ""}, "Nobody is named as the deputy."),
        ({"accepted": ""}, "has not accepted to be the site owner."),
        ({"branding": ""}, "Nobody has checked: the branding is the council’s."),
        ({"profile_text": ""}, "Nobody has checked: the profile says what residents need."),
        ({"joint_access": "", "joint_access_on": ""}, "Joint access is not proved."),
        ({"two_factor": "off"}, "Two-factor sign-in must be on (now: off)."),
        ({"two_factor_checked_on": "soon"}, "--two-factor-checked-on must be a day such as"),
        ({"recovery_contact": ""}, "The recovery contact is not known."),
        ({"credential_json": "{}"}, "what stands on a command line can be read"),
        ({"server_url": "gopher://x"}, "must start with"),
        ({"secret": json.dumps([1])}, "The credential must be a JSON object"),
        ({"secret": "[" * 50_000}, "The credential is not valid JSON."),
        ({"secret": '{"token": "\udcff"}'}, "must hold “secret”"),
        (
            {"secret": json.dumps({**GOOD, "token": "hush\nX-Other: 1"})},
            "“token” in the credential holds a line end",
        ),
        ({"secret": "x" * 200_000}, "The credential must be shorter than"),
        ({"handle": "x" * 300}, "The handle must be 100 characters or fewer; this is 300."),
        ({"name": "x" * 300}, "The name must be 120 characters or fewer"),
        (
            {"secret": json.dumps({**GOOD, "token": "refused"})},
            "Fakebook did not confirm the account: The sign-in is not valid.",
        ),
        (
            {"secret": json.dumps({**GOOD, "handle": "SomebodyElse"})},
            "belongs to @SomebodyElse, not to @WealdmoorLib",
        ),
    ],
)
def test_a_mistake_is_one_sentence_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], said: str
) -> None:
    with pytest.raises(CommandError) as refused:
        add_account(monkeypatch, **changed)

    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "hush" not in str(refused.value)
    assert not SocialAccount.objects.exists()
    assert not RiskAssessment.objects.exists()
    assert not Credential.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.usefixtures("council")
def test_a_credential_that_is_not_text_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    bytes_in = io.TextIOWrapper(io.BytesIO(b'{"token": "\xff"}'), encoding="utf-8")
    monkeypatch.setattr("accounts.management.commands.add_account.sys.stdin", bytes_in)

    with pytest.raises(CommandError, match="it is not UTF-8"):
        call_command("add_account", *arguments())
    assert not SocialAccount.objects.exists()


def test_a_name_longer_than_its_column_is_one_sentence() -> None:
    with pytest.raises(CommandError, match="The name must be 120 characters or fewer"):
        call_command("add_person", "--name", "x" * 121, "--email", "x@example.org")


@pytest.mark.usefixtures("council")
def test_a_handle_that_is_taken_is_refused_before_the_platform_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    AccountFactory(platform="fake", handle="wealdmoorlib")

    with pytest.raises(CommandError, match="is on the register already"):
        add_account(monkeypatch, secret="never read")
    assert SocialAccount.objects.count() == 1


@pytest.mark.usefixtures("council")
def test_a_handle_may_be_written_with_an_at_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    add_account(monkeypatch, handle="@wealdmoorLIB")

    assert SocialAccount.objects.get().handle == "wealdmoorLIB"


def test_the_first_digital_officer_comes_from_the_command_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("three random words\n"))

    call_command(
        "add_person",
        "--name=Dot",
        "--email=Dot@Example.org",
        "--role=digital_team",
        "--password-stdin",
        stdout=io.StringIO(),
    )

    dot = User.objects.get(email="dot@example.org")
    assert dot.check_password("three random words")
    assert CorporateRole.DIGITAL_TEAM in corporate_roles(dot)


@pytest.mark.parametrize(
    ("email", "password", "said"),
    [
        ("not-an-address", "three random words", "valid email"),
        ("dot@example.org", "password1234", "too common"),
        ("dot@example.org", "short", "too short"),
    ],
)
def test_a_person_is_not_added_with_a_mistake(
    monkeypatch: pytest.MonkeyPatch, email: str, password: str, said: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password))

    with pytest.raises(CommandError, match=said):
        call_command("add_person", "--name=Dot", f"--email={email}", "--password-stdin")
    assert not User.objects.exists()
