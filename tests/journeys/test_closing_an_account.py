"""An account is closed: its posts settled, its archive made, downloaded, opened and checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import AccountState, Credential, SocialAccount, User
from jobs.models import Job
from jobs.running import run
from publishing.actions.submitting import submit, take_back
from publishing.models import Post, PostState
from tests.accounts.closing.unpacked import Unpacked
from tests.factories import AccountFactory, communications_officer, drafter_of
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import violations
from tests.journeys.visitor import Visitor
from tests.monitoring.factories import MentionFactory
from tests.publishing.delivery.factories import connect_account
from tests.publishing.making import drafted, fresh, in_hours, submitted, with_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def account(transactional_db: None) -> SocialAccount:
    made = AccountFactory(platform="x", name="Wealdmoor Parks", handle="wmparks")
    connect_account(made)
    return made


@pytest.fixture
def leisure(account: SocialAccount) -> SocialAccount:
    return AccountFactory(platform="x", name="Wealdmoor Leisure", handle="wmleisure")


@pytest.fixture
def author(account: SocialAccount, leisure: SocialAccount) -> User:
    return drafter_of(account, leisure, name="Priya Shah")


@pytest.fixture
def officer(transactional_db: None) -> User:
    return communications_officer(name="David Brandt")


def illustrated(author: User, account: SocialAccount) -> Post:
    """Was sent for approval once, with a picture, and is a draft again."""
    post = drafted(author, account)
    with_picture(post, author, alt_text="A heron on the lake")
    submit(post_id=post.pk, revision=fresh(post).draft.revision, by=author)
    take_back(post_id=post.pk, by=author)
    return post


def test_an_account_is_closed_and_its_archive_is_whole(
    visitor: NewVisitor,
    account: SocialAccount,
    leisure: SocialAccount,
    author: User,
    officer: User,
    tmp_path: Path,
) -> None:
    illustrated(author, account)
    to_move, to_cancel = (submitted(author, account, at=in_hours(hours)) for hours in (5, 6))
    MentionFactory(account=account, text="<script>alert('heron')</script> & thank you")
    david = visitor().is_signed_in_as(officer)
    david.open(reverse("account", args=[account.pk]))

    david.press("Closing")
    david.press("Begin to close it")
    assert "Enter a reason." in david.words
    david.page.get_by_label("Why is it closed?").fill("Merged with Leisure")
    david.press("Begin to close it")
    assert "2 posts await approval" in david.words
    assert violations(david) == []

    david.page.get_by_role("checkbox").first.check()
    david.page.get_by_label("Account to move them to").select_option(str(leisure.pk))
    david.press("Move the chosen posts")
    assert "has to be approved again" in david.words
    david.press("Cancel all")
    assert "Nothing is to go out on it any more." in david.words
    assert fresh(to_move).governed_accounts() == [leisure]
    assert fresh(to_cancel).state == PostState.WITHDRAWN

    david.press("Make the archive")
    assert "Waiting to start" in david.words
    run(Job.objects.get().pk)
    david.page.get_by_text("The archive of Wealdmoor Parks").wait_for()
    david.press("See what came of it")
    assert violations(david) == []
    archive = downloaded(david, tmp_path)
    look_through(visitor(), archive)

    david.press("Close the account")
    assert "is closed. It stays on the register, with its archive." in david.words
    assert violations(david) == []
    account.refresh_from_db()
    assert account.state == AccountState.CLOSED
    assert not Credential.objects.filter(account=account).exists()


def downloaded(reader: Visitor, to: Path) -> Unpacked:
    with reader.page.expect_download() as sent:
        reader.page.get_by_role("link", name="Download the archive").click()
    file = to / sent.value.suggested_filename
    sent.value.save_as(file)
    return Unpacked(file, to / "unpacked")


def look_through(reader: Visitor, archive: Unpacked) -> None:
    """Every checksum, the data, and every page as a file: nothing is said in the console."""
    assert archive.broken() == []
    posts, [mention] = archive.data("posts.json"), archive.data("mentions.json")
    assert len(posts) == 3
    assert mention["text"] == "<script>alert('heron')</script> & thank you"
    reader.page.goto((archive.folder / "index.html").as_uri())
    assert "Archive of Wealdmoor Parks" in reader.words
    assert wrong_with(reader) == []
    for name, words in (
        ("Posts", "A heron on the lake"),
        ("What was said to it", "alert('heron')"),
        ("What happened to the account", "David Brandt began to close"),
    ):
        reader.press(name)
        assert words in reader.words
        assert wrong_with(reader) == []
        reader.page.go_back()
    reader.press("Posts")
    widths = reader.page.eval_on_selector_all("img", "all => all.map(one => one.naturalWidth)")
    assert widths == [40]


def wrong_with(reader: Visitor) -> list[str]:
    """With the page itself; axe asks for the stylesheet of a file, which no browser allows."""
    said = list(reader.problems)
    found = violations(reader)
    reader.problems.clear()
    return said + found
