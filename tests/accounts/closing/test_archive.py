"""The archive of an account: everything is in it, it can be checked, and it runs nothing."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.actions.credentials import store
from accounts.actions.details import change_account
from accounts.archive.pages import Chapter
from accounts.archive.writing import Written, total, write_archive
from accounts.archiving import parts
from accounts.models import SocialAccount, User
from monitoring.models import Mention
from publishing.actions.submitting import submit
from publishing.models import Delivery, DeliveryState, MediaFile
from tests.accounts.closing.unpacked import Unpacked
from tests.factories import (
    AccountFactory,
    approver_of,
    drafter_of,
)
from tests.monitoring.factories import MentionFactory
from tests.publishing.making import (
    approved,
    decided,
    drafted,
    fresh,
    in_hours,
    newest,
    submitted,
    with_picture,
)

pytestmark = pytest.mark.django_db

NASTY = "<script>alert('x')</script> & “quotes”\u2028\n=cmd"


@pytest.fixture
def author(account: SocialAccount) -> User:
    return drafter_of(account, name="Ann Author")


def archive_of(account: SocialAccount, by: User, to: Path) -> tuple[Unpacked, Written]:
    made = BytesIO()
    written = write_archive(account, made, at=timezone.now(), by=by, reason="Merged with Leisure")
    return Unpacked(made, to), written


def published(post: Any, account: SocialAccount) -> None:
    Delivery.objects.filter(post=post, account=account).update(
        state=DeliveryState.PUBLISHED,
        published_at=timezone.now(),
        remote_url="https://x.example/wmparks/1",
        sent_text="What was really sent.",
        resume={"upload": "https://upload.example/secret"},
    )


def test_it_holds_every_post_with_its_versions_approvals_deliveries_and_pictures(
    account: SocialAccount, author: User, officer: User, tmp_path: Path
) -> None:
    elsewhere = AccountFactory(name="Wealdmoor Libraries", owner=author)
    post = drafted(author, account, elsewhere, own_texts=((elsewhere.pk, "Only for libraries."),))
    media = with_picture(post, author, alt_text="A heron on the lake")
    post = submitted_again(post, author)
    decided(post, approver_of(account, elsewhere, name="Abe Approver"))
    published(post, account)
    approved(author, officer, elsewhere)

    archive, written = archive_of(account, officer, tmp_path)

    [kept] = archive.data("posts.json")
    assert kept["author"] == "Ann Author"
    [version] = kept["versions"]
    assert version["text"] == "The library is open until eight tonight."
    assert version["digest"] == newest(post).digest
    assert [each["by"] for each in version["approvals"]] == ["Abe Approver"]
    assert version["media"][0]["alt_text"] == "A heron on the lake"
    [sent] = kept["deliveries"]
    assert (sent["state"], sent["sent_text"]) == ("published", "What was really sent.")
    picture = archive.folder / version["media"][0]["file"]
    assert picture.read_bytes() == media.file.open("rb").read()
    assert "A heron on the lake" in archive.text("posts-1.html")
    assert written.counts["posts"] == written.pictures == 1
    everything = "".join(path.read_text() for path in archive.folder.iterdir() if path.is_file())
    assert "Only for libraries." not in everything
    assert "upload.example" not in everything


def submitted_again(post: Any, author: User) -> Any:
    return fresh(submit(post_id=post.pk, revision=fresh(post).draft.revision, by=author))


def test_it_holds_every_mention_the_oldest_first(
    account: SocialAccount, officer: User, tmp_path: Path
) -> None:
    now = timezone.now()
    for days in (1, 3, 2):
        MentionFactory(account=account, text=f"{days} days ago", said_at=now - timedelta(days=days))
    MentionFactory(text="Of another account")

    archive, written = archive_of(account, officer, tmp_path)

    said = [each["text"] for each in archive.data("mentions.json")]
    assert said == ["3 days ago", "2 days ago", "1 days ago"]
    assert written.counts["mentions"] == 3


def test_nothing_that_came_after_its_moment_is_in_it(account: SocialAccount, officer: User) -> None:
    MentionFactory(account=account)

    assert total(account, timezone.now()) - total(account, timezone.now() - timedelta(days=1)) == 1


def test_every_file_checks_out_with_the_ordinary_tool(
    account: SocialAccount, author: User, officer: User, tmp_path: Path
) -> None:
    post = drafted(author, account)
    with_picture(post, author)
    submitted_again(post, author)
    MentionFactory(account=account)
    archive, _ = archive_of(account, officer, tmp_path)

    assert archive.broken() == []
    manifest = archive.data("manifest.json")
    listed = set(manifest["files"]) | {"manifest.json", "checksums.txt"}
    assert {name.split("/", 1)[1] for name in archive.names} == listed
    assert (manifest["format_version"], manifest["made_by"]) == (1, "Cat Officer")
    assert manifest["counts"]["mentions"] == 1
    if tool := shutil.which("sha256sum"):
        checked = subprocess.run(
            [tool, "--check", "--strict", "checksums.txt"],
            cwd=archive.folder, capture_output=True, check=False, timeout=30,
        )  # fmt: skip
        assert checked.returncode == 0, checked.stderr

    with (archive.folder / "posts.json").open("a") as file:
        file.write(" ")
    assert archive.broken() == ["posts.json"]


def test_what_a_stranger_wrote_runs_nowhere(
    account: SocialAccount, officer: User, tmp_path: Path
) -> None:
    MentionFactory(account=account, text=NASTY, author_name=NASTY, url="javascript:alert(1)")
    SocialAccount.objects.filter(pk=account.pk).update(name=NASTY, url="javascript:alert(1)")
    account.refresh_from_db()

    archive, _ = archive_of(account, officer, tmp_path)

    assert archive.data("mentions.json")[0]["text"] == NASTY
    for page in archive.folder.glob("*.html"):
        text = page.read_text()
        assert "<script" not in text
        assert 'href="javascript:' not in text
        assert "script-src 'none'" in text


def test_the_same_content_makes_the_same_archive(account: SocialAccount, officer: User) -> None:
    MentionFactory.create_batch(5, account=account)
    at = timezone.now()
    made = []
    for _ in range(2):
        file = BytesIO()
        write_archive(account, file, at=at, by=officer, reason="Twice")
        made.append(file.getvalue())

    assert made[0] == made[1]


def test_a_picture_that_the_store_lost_is_said_and_stops_nothing(
    account: SocialAccount, author: User, officer: User, tmp_path: Path
) -> None:
    post = drafted(author, account)
    media = with_picture(post, author)
    submitted_again(post, author)
    default_storage.delete(str(media.file.name))

    archive, written = archive_of(account, officer, tmp_path)

    assert len(written.lost) == 1
    assert archive.data("manifest.json")["lost"] == list(written.lost)
    assert "Not complete" in archive.text("index.html")
    assert "The store had lost this file" in archive.text("posts-1.html")
    assert archive.broken() == []


def test_a_picture_that_is_not_what_was_kept_is_said(
    account: SocialAccount, author: User, officer: User, tmp_path: Path
) -> None:
    post = drafted(author, account)
    with_picture(post, author)
    submitted_again(post, author)
    MediaFile.objects.update(digest="0" * 64)

    _, written = archive_of(account, officer, tmp_path)

    assert (written.pictures, len(written.lost)) == (0, 1)


def test_contacts_and_credentials_are_not_in_it(
    account: SocialAccount, officer: User, admin: User, tmp_path: Path
) -> None:
    change_account(by=admin, account=account, recovery_contact="secret@x.example", reason="Found")
    fields = account.platform_facts.credential_fields
    store(by=admin, account=account, credential=dict.fromkeys(fields, "sesame"))

    archive, _ = archive_of(account, officer, tmp_path)

    everything = "".join(path.read_text() for path in archive.folder.iterdir())
    assert "changed the details" in archive.text("entries-1.html")
    assert "secret@x.example" not in everything
    assert "sesame" not in everything


def test_long_parts_have_pages_and_each_item_is_on_one(
    account: SocialAccount, officer: User, tmp_path: Path
) -> None:
    [part] = [each for each in parts() if each.name == "mentions"]
    wanted = part.a_page + 3
    now = timezone.now()
    Mention.objects.bulk_create(
        MentionFactory.build(
            account=account, text=f"number {n}.", remote_id=str(n), said_at=now, taken_in_at=now
        )
        for n in range(wanted)
    )

    archive, _ = archive_of(account, officer, tmp_path)

    names = Chapter(part, wanted).pages
    assert names == ["mentions-1.html", "mentions-2.html"]
    texts = [archive.text(name) for name in names]
    assert [text.count("<article>") for text in texts] == [part.a_page, 3]
    assert 'href="mentions-2.html"' in texts[0]
    assert f"number {wanted - 1}." in texts[1]


def test_reading_more_posts_asks_no_more_questions_each(
    account: SocialAccount, author: User, officer: User, django_assert_max_num_queries: Any
) -> None:
    for hours in (5, 6, 7, 8):
        submitted(author, account, at=in_hours(hours))

    with django_assert_max_num_queries(25):
        write_archive(account, BytesIO(), at=timezone.now(), by=officer, reason="Counted")
