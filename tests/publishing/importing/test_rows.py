"""Rows of a file of posts: what becomes of each cell, and what is said of a wrong one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pages.local_time import TimeProblem
from publishing.importing.columns import read_file
from publishing.importing.rows import Checked, GoodRow, check_rows
from publishing.importing.times import read_moment
from publishing.models import Campaign, MediaItem
from tests.factories import AccountFactory, StrategicAimFactory, communications_officer, drafter_of
from tests.publishing.importing.sheets import a_post, sheet
from tests.publishing.making import drafted, with_picture

pytestmark = pytest.mark.django_db


def checked(by, *rows: dict[str, str]) -> Checked:
    return check_rows(read_file(sheet(*rows)), by=by)


def good(by, **cells: str) -> GoodRow:
    found = checked(by, {**a_post(), **cells})
    assert found.problems == []
    return found.good[0]


def wrong(by, **cells: str) -> list[tuple[int, str, str]]:
    found = checked(by, {**a_post(), **cells})
    assert found.good == []
    return [(each.row, each.column, each.reason) for each in found.problems]


def test_every_cell_becomes_a_part_of_the_draft(author, account, page):
    campaign = Campaign.objects.create(name="Read on", tag="read-on")
    aim = StrategicAimFactory(name="More readers")
    row = good(
        author,
        text="Two\nlines, with a comma",
        accounts="x: wmlibraries; Facebook:@Wealdmoor",
        date="2031-07-01",
        time="14:30:00",
        title="Hours",
        link="https://www.wealdmoor.example/",
        note="Tom knows.",
        campaign="read ON",
        **{"text for Facebook": "Long", "strategic aim": "More readers", "campaign tags": "yes"},
    )
    content = row.content
    assert content.text == "Two\nlines, with a comma"
    assert content.account_ids == (account.pk, page.pk)
    assert content.own_texts == ((page.pk, "Long"),)
    assert (content.publish_on, content.publish_time) == ("1/7/2031", "2:30pm")
    assert (content.campaign_id, content.aim_id) == (campaign.pk, aim.pk)
    assert (content.title, content.note, content.tags_link) == ("Hours", "Tom knows.", True)
    assert row.remarks == ()


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"text": ""}, "text", "Write the text"),
        ({"accounts": ""}, "accounts", "Name at least one account"),
        ({"accounts": "MySpace: wm"}, "accounts", "no platform “MySpace”"),
        ({"accounts": "X: nobody"}, "accounts", "no account “X: nobody” on the register"),
        ({"accounts": "X: wmparks"}, "accounts", "You may not write for Wealdmoor Parks"),
        ({"accounts": "wmparks"}, "accounts", "Say which platform"),
        ({"date": "31/02/2031", "time": "9am"}, "date", "not a real day"),
        ({"date": "1/7/2031"}, "time", "Enter the time"),
        ({"time": "9am"}, "date", "Enter the day"),
        ({"date": "1/7/2020", "time": "9am"}, "date", "has passed"),
        ({"date": "30/3/2031", "time": "1:30am"}, "time", "does not exist"),
        ({"date": "26/10/2031", "time": "1:30am"}, "time", "comes twice"),
        ({"date": "1/7/2031", "time": "9am GMT"}, "time", "London is on BST"),
        ({"campaign": "Over"}, "campaign", "is closed"),
        ({"campaign": "Nothing"}, "campaign", "no campaign “Nothing”"),
        ({"strategic aim": "Fewer"}, "strategic aim", "no strategic aim"),
        ({"campaign tags": "perhaps"}, "campaign tags", "yes or no"),
        ({"text for Facebook": "Long"}, "text for Facebook", "no account of that platform"),
        ({"picture": "999999"}, "picture", "no picture 999999"),
        ({"picture": "Zebra"}, "picture", "no picture “Zebra”"),
        ({"alt text": "A zebra"}, "alt text", "no picture"),
        ({"note": "x" * 2001}, "note", "Shorten this by 1 characters"),
        ({"title": "Two\nlines"}, "title", "line break"),
        ({"text": "A\x00B"}, "text", "U+0000"),
    ],
)
def test_what_is_wrong_is_told_by_its_row_and_column(cells, column, words, author):
    AccountFactory(platform="x", name="Wealdmoor Parks", handle="wmparks")
    Campaign.objects.create(name="Over", tag="over", closed_at=datetime(2026, 1, 1, tzinfo=UTC))
    [(row, where, reason)] = wrong(author, **cells)
    assert (row, where) == (2, column)
    assert words in reason


def test_each_wrong_cell_of_a_row_is_named_and_the_good_rows_stay(author):
    found = checked(author, a_post(1), {"text": "", "accounts": "X: nobody"}, a_post(3, time="9am"))
    assert [(problem.row, problem.column) for problem in found.problems] == [
        (3, "accounts"),
        (4, "date"),
    ]
    assert [row.typed.number for row in found.good] == [2]


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        ("26/10/2031", "1:30am BST", datetime(2031, 10, 26, 0, 30, tzinfo=UTC)),
        ("26/10/2031", "1:30am GMT", datetime(2031, 10, 26, 1, 30, tzinfo=UTC)),
        ("2031-01-05 00:00:00", "09:30:00", datetime(2031, 1, 5, 9, 30, tzinfo=UTC)),
        ("5 January 2031", "9am gmt", datetime(2031, 1, 5, 9, tzinfo=UTC)),
    ],
)
def test_times_are_londons_as_spreadsheets_write_them(day, clock, moment):
    assert read_moment(day, clock) == moment


def test_a_zone_alone_is_no_time():
    with pytest.raises(TimeProblem):
        read_moment("5/1/2031", "GMT")


def test_pictures_are_found_by_number_address_and_title_with_their_alt_text(author, account):
    media = with_picture(drafted(author, account), author)
    item = MediaItem.objects.get(digest=media.digest)
    item.title, item.alt_text = "Night", "A library at night"
    item.save()
    for reference in (str(item.pk), f"https://council.example/library/{item.pk}/", "night"):
        assert good(author, picture=reference).pictures == ((item.pk, "A library at night"),)
    said = good(author, picture="night", **{"alt text": "Our library"})
    assert said.pictures == ((item.pk, "Our library"),)
    [(_, column, words)] = wrong(author, picture="night", **{"picture 2": str(item.pk)})
    assert (column, words) == ("picture 2", "This picture is in the row already.")


def test_a_picture_that_its_sender_does_not_see_is_not_there(author, account, page):
    media = with_picture(drafted(author, account), author)
    item = MediaItem.objects.get(digest=media.digest)
    colleague = drafter_of(AccountFactory(platform="x", handle="wmparks"))
    for reference in (str(item.pk), item.title):
        [(_, column, words)] = wrong(colleague, accounts="X: wmparks", picture=reference)
        assert column == "picture"
        assert "There is no picture" in words


def test_what_will_keep_a_draft_from_being_sent_is_said_beforehand(author, account):
    row = good(author, text="x" * 285, link="https://a.example/[page]", title="T" * 101)
    told = " ".join(row.remarks)
    for words in ("Shorten the text", "Fill in “[page]”", "Shorten the title"):
        assert words in told


def test_the_number_of_questions_does_not_grow_with_the_rows(
    account, django_assert_max_num_queries
):
    officer = communications_officer()
    Campaign.objects.create(name="Read on", tag="read-on")
    rows = [a_post(number, campaign="Read on", picture="1") for number in range(60)]
    with django_assert_max_num_queries(9):
        checked(officer, *rows)


def test_a_row_has_the_same_key_in_any_file_and_another_for_anybody_else(author, account):
    first = checked(author, a_post(1), a_post(2)).good
    again = checked(author, a_post(2), a_post(1), a_post(1)).good
    assert {row.key for row in first} < {row.key for row in again}
    assert len({row.key for row in again}) == 3
    assert good(communications_officer()).key != good(author).key
