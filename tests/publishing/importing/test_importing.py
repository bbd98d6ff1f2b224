"""From a file of posts to drafts: once each, by whoever sent it, with nothing lost."""

from __future__ import annotations

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountGrant
from audit.models import Entry
from jobs.models import Job, JobState
from jobs.offered import KEPT
from jobs.progress import Progress
from jobs.running import run
from publishing.actions import importing
from publishing.actions.drafting import start_post
from publishing.actions.importing import forget_old_imports, make_drafts, offer_posts
from publishing.actions.submitting import withdraw
from publishing.drafts import Content
from publishing.errors import NotAllowed
from publishing.importing.columns import MAX_BYTES, MAX_ROWS
from publishing.models import Campaign, ImportedPost, MediaFile, MediaItem, Post, PostImport
from tests.at_once import at_once
from tests.factories import communications_officer, drafter_of, person
from tests.publishing.importing.sheets import a_post, sheet, upload_of
from tests.publishing.making import drafted, sent, with_picture

pytestmark = pytest.mark.django_db


def offer(by, *rows: dict[str, str]) -> PostImport:
    return offer_posts(by=by, name="spring.csv", data=sheet(*rows))


def taken(by, offered: PostImport) -> PostImport:
    """As the worker does it."""
    job = make_drafts(by=by, offered=offered)
    run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.message
    offered.refresh_from_db()
    return offered


def test_reading_makes_nothing_and_confirming_makes_a_draft_of_each_good_row(author, account):
    offered = offer(author, a_post(1), a_post(2, time="9am"), a_post(3))
    assert not Post.objects.exists()
    done = taken(author, offered)
    posts = Post.objects.order_by("pk")
    assert [post.draft.content["text"] for post in posts] == [
        "Story time number 1 is on Saturday.",
        "Story time number 3 is on Saturday.",
    ]
    assert {post.author for post in posts} == {author}
    assert [each.row for each in done.made.all()] == [2, 4]
    assert (
        Job.objects.get().message
        == "2 drafts are made. 1 row was not imported: see why on its page."
    )
    assert Entry.objects.filter(event="post.drafted", actor_name="Priya Shah").count() == 2
    entry = Entry.objects.get(event="post.imported")
    assert (entry.subject_name, entry.details["after"]["count"]) == ("spring.csv", "2")


def test_a_draft_can_be_sent_like_any_other(author, account):
    taken(author, offer(author, a_post()))
    assert sent(Post.objects.get(), author).state == "awaiting_approval"


def test_pressing_twice_and_running_again_make_nothing_twice(author, account):
    offered = offer(author, a_post(1), a_post(2))
    job = make_drafts(by=author, offered=offered)
    assert make_drafts(by=author, offered=offered) == job
    run(job.pk)
    # As if the worker had died before it could say that it was done.
    PostImport.objects.update(taken_at=None)
    importing.KIND.work(job, Progress(job))
    assert Post.objects.count() == 2
    assert ImportedPost.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_two_clicks_at_once_make_nothing_twice(author, account):
    offered = offer(author, *(a_post(number) for number in range(5)))
    confirm = partial(make_drafts, by=author, offered=offered)
    first, second = at_once(confirm, confirm)
    assert first == second
    work = partial(importing.KIND.work, first, Progress(first))
    one, other = at_once(work, work)
    assert one.message == other.message == "5 drafts are made."
    assert Post.objects.count() == ImportedPost.objects.count() == 5
    assert Entry.objects.filter(event="post.imported").count() == 1


def test_a_worker_that_died_half_way_is_finished_and_not_repeated(author, account, monkeypatch):
    offered = offer(author, a_post(1), a_post(2), a_post(3))
    job = make_drafts(by=author, offered=offered)
    make, rows = importing._make, []

    def dying(offered_id, row, by):
        rows.append(row)
        if len(rows) == 2:
            raise RuntimeError("power cut")
        make(offered_id, row, by)

    monkeypatch.setattr(importing, "_make", dying)
    with pytest.raises(RuntimeError):
        importing.KIND.work(job, Progress(job))
    assert Post.objects.count() == 1
    monkeypatch.setattr(importing, "_make", make)
    importing.KIND.work(job, Progress(job))
    assert Post.objects.count() == 3
    assert [each.row for each in ImportedPost.objects.all()] == [2, 3, 4]


def test_a_file_that_is_corrected_and_sent_again_brings_only_what_is_new(author, account):
    taken(author, offer(author, a_post(1), a_post(2, time="9am")))
    again = offer(author, a_post(1), a_post(2))
    assert [each["row"] for each in again.known] == [2]
    assert len(again.good) == 1
    taken(author, again)
    assert Post.objects.count() == 2


def test_what_somebody_else_imports_is_their_own(author, account):
    taken(author, offer(author, a_post()))
    colleague = drafter_of(account)
    assert offer(colleague, a_post()).known == []


def test_what_cannot_be_made_any_more_is_told_and_keeps_nothing_else_back(author, account, page):
    campaign = Campaign.objects.create(name="Read on", tag="read-on")
    offered = offer(
        author,
        a_post(1, campaign="Read on"),
        a_post(2, accounts="Facebook: wealdmoor"),
        a_post(3),
    )
    campaign.closed_at = timezone.now()
    campaign.save()
    AccountGrant.objects.filter(user=author, account=page).delete()
    done = taken(author, offered)
    assert Post.objects.count() == 1
    assert [(each["row"], each["column"]) for each in done.problems] == [
        (2, "campaign"),
        (3, "accounts"),
    ]


def test_what_an_action_refuses_is_a_problem_of_its_row(author, account, monkeypatch):
    offered = offer(author, a_post(1), a_post(2))

    def refusing(*, content, **more):
        if "number 1" in content.text:
            raise NotAllowed("Not today.")
        return start_post(content=content, **more)

    monkeypatch.setattr(importing, "start_post", refusing)
    done = taken(author, offered)
    assert [(each["row"], each["reason"]) for each in done.problems] == [(2, "Not today.")]
    assert Post.objects.count() == 1


def test_pictures_of_the_library_come_with_their_words(author, account):
    media = with_picture(drafted(author, account), author)
    item = MediaItem.objects.get(digest=media.digest)
    done = taken(author, offer(author, {**a_post(picture=str(item.pk)), "alt text": "Our own"}))
    post = done.made.get().post
    [attached] = Content.from_json(post.draft.content).media
    assert attached.alt_text == "Our own"
    assert MediaFile.objects.get(pk=attached.media_id).post == post


def test_whoever_lost_the_right_in_between_makes_nothing(author, account):
    job = make_drafts(by=author, offered=offer(author, a_post()))
    author.completions.all().delete()
    with pytest.raises(PermissionDenied):
        importing.KIND.work(job, Progress(job))
    assert not Post.objects.exists()


def test_who_writes_nowhere_imports_nothing(account):
    with pytest.raises(NotAllowed):
        offer(person(), a_post())
    assert not PostImport.objects.exists()


def test_a_file_has_a_most_of_rows_and_of_bytes(author, account):
    with pytest.raises(ValidationError, match="501 rows"):
        offer(author, *(a_post(number) for number in range(MAX_ROWS + 1)))
    with pytest.raises(ValidationError, match="2 MB or less"):
        offer_posts(by=author, name="a.csv", data=b"x" * (MAX_BYTES + 1))


def test_old_files_are_forgotten_and_their_drafts_stay(author, account):
    taken(author, offer(author, a_post()))
    offer(author, a_post(2))
    assert forget_old_imports() == 0
    PostImport.objects.update(at=timezone.now() - KEPT)
    assert forget_old_imports() == 2
    assert Post.objects.count() == 1
    # A row is known by its draft, not by its file.
    assert len(offer(author, a_post()).known) == 1


# ---- Pages -----------------------------------------------------------------------------------


def test_from_the_page_to_the_drafts(as_author, author, account):
    page = as_author.get(reverse("posts")).text
    assert reverse("post_import_new") in page
    file = upload_of(a_post(1), a_post(2, accounts="X: nobody"), a_post(3, text="Come [when]"))
    offered = as_author.post(reverse("post_import_new"), {"file": file})
    shown = as_author.get(offered.url).text
    for words in ("Make 2 drafts", "Row 3", "on the register", "Fill in “[when]”"):
        assert words in shown
    found = PostImport.objects.get()
    job = as_author.post(reverse("post_import_take", args=[found.pk]))
    begun = Job.objects.get()
    assert job.url == reverse("job", args=[begun.pk])
    run(begun.pk)
    assert offered.url in as_author.get(job.url).text
    shown = as_author.get(offered.url).text
    for each in Post.objects.all():
        assert reverse("post_check", args=[each.pk]) in shown
    assert shown.count("Check and send") == 2
    withdraw(post_id=Post.objects.order_by("pk")[0].pk, by=author)
    assert as_author.get(offered.url).text.count("Check and send") == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b"text,accounts", "no rows under its headings"),
        (b"txt,accounts\nA,B", "Did you mean “text”?"),
        (b"text\nA", "The column “accounts” is missing"),
        ("text,accounts\nCaf\u00e9,B".encode("cp1252"), "Windows-1252"),
        (b"text;accounts\nA;B", "separated by commas"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_why_and_nothing_is_kept(
    data, words, as_author, account
):
    file = SimpleUploadedFile("x.csv", data, "text/csv")
    answer = as_author.post(reverse("post_import_new"), {"file": file})
    assert answer.status_code == 422
    assert words in answer.text
    assert "<title>Error: " in answer.text
    assert not PostImport.objects.exists()


def test_the_example_comes_back_in_but_cannot_be_sent_as_it_is(as_author, author, account):
    data = b"".join(as_author.get(reverse("post_import_example")))
    offered = offer_posts(by=author, name="posts.csv", data=data)
    assert offered.problems == []
    assert len(offered.good) == 2
    assert all("Fill in" in each["what"] for each in offered.remarks)


def test_the_problems_are_a_file_that_no_spreadsheet_runs(as_author, author, account):
    offered = offer(author, a_post(campaign="=cmd"), a_post(2, accounts="=HYPERLINK(1)"))
    answer = as_author.get(reverse("post_import_problems", args=[offered.pk]))
    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    assert lines[0] == "row,column,what is wrong"
    assert [line.split(",")[0] for line in lines[1:]] == ["2", "3"]
    assert not any(
        cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line.split(",")
    )


def test_nobody_sees_the_file_of_another(client, author, account):
    offered = offer(author, a_post())
    client.force_login(communications_officer())
    for name in ("post_import", "post_import_problems"):
        assert client.get(reverse(name, args=[offered.pk])).status_code == 404
    assert client.post(reverse("post_import_take", args=[offered.pk])).status_code == 404
    assert PostImport.objects.get().job is None


def test_the_page_asks_as_few_questions_however_many_drafts_there_are(
    as_author, author, account, django_assert_max_num_queries
):
    for count in (2, 20):
        done = taken(author, offer(author, *(a_post(count + each) for each in range(count))))
        as_author.get(reverse("post_import", args=[done.pk]))
        with django_assert_max_num_queries(9):
            as_author.get(reverse("post_import", args=[done.pk]))
