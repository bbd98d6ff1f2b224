"""Templates and snippets: whose they are, who sees and changes them, and posts begun with them."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.urls import reverse

from accounts.permissions import CorporateRole
from audit.models import Entry
from publishing.actions.starting_points import (
    add_snippet,
    add_template,
    change_template,
    put_snippet_away,
    put_template_away,
    state_of,
)
from publishing.drafts import Attached, Content
from publishing.errors import NotAllowed, Refused
from publishing.forms.starting_points import FEW, TemplateForm
from publishing.models import Campaign, Post, PostTemplate, Snippet
from publishing.starting_points.pattern import Pattern
from tests.factories import AccountFactory, ServiceAreaFactory, drafter_of, person, site_owner_of
from tests.publishing.making import content, drafted, form_of, fresh, submitted

pytestmark = pytest.mark.django_db

CLOSED = "[Name of the library] is closed on [day]."


@pytest.fixture
def place(author):
    """The service area that the author works in."""
    author.service_area = ServiceAreaFactory(name="Libraries")
    author.save()
    return author.service_area


def template(by, area=None, **facts):
    given = {
        "name": "A library closes",
        "guidance": "",
        "content": Pattern(Content(text=CLOSED)).to_json(),
        "service_area": area,
        "is_for_emergencies": False,
    }
    return add_template(facts={**given, **facts}, by=by)


def snippet(by, area=None, **facts):
    given = {"name": "Hours", "text": "Open 9am to 5pm.", "service_area": area}
    return add_snippet(facts={**given, **facts}, by=by)


def facts_of(kept, **changed):
    names = ("name", "guidance", "content", "service_area", "is_for_emergencies")
    return {**{name: getattr(kept, name) for name in names}, **changed}


# ---- Whose they are --------------------------------------------------------------------------


def test_whoever_writes_makes_them_for_their_own_service_area(author, place):
    kept = template(author, place)
    assert (kept.whose, kept.made_by) == ("Libraries", author)
    entry = Entry.objects.get(event="plan.template_added")
    assert (entry.actor_name, entry.subject_name) == ("Priya Shah", "A library closes")
    assert "closed on" not in str(entry.details)


@pytest.mark.parametrize("whose", ["council", "other", "emergencies"])
def test_those_for_others_are_for_communications_to_make(whose, author, officer, place):
    area = {"council": None, "other": ServiceAreaFactory(name="Parks"), "emergencies": place}[whose]
    urgent = whose == "emergencies"
    with pytest.raises(NotAllowed):
        template(author, area, is_for_emergencies=urgent)
    assert template(officer, None if urgent else area, is_for_emergencies=urgent)


def test_a_reader_makes_none(place):
    reader = person(CorporateRole.AUDITOR, service_area=place)
    with pytest.raises(NotAllowed):
        snippet(reader, place)


def test_an_urgent_one_is_for_the_whole_council(officer, place):
    with pytest.raises(Refused, match="whole council"):
        template(officer, place, is_for_emergencies=True)


def test_one_sees_those_of_the_council_of_ones_own_part_and_what_is_above_it(
    author, officer, place, account
):
    above = place.parent or ServiceAreaFactory(name="Communities")
    place.parent, place.path = above, f"{above.path}{place.pk}/"
    place.save()
    parks = ServiceAreaFactory(name="Parks")
    for area in (None, above, place, parks):
        template(officer, area, name=f"For {area}")
        snippet(officer, area, name=f"For {area}")
    author.refresh_from_db()
    for model in (PostTemplate, Snippet):
        mine = {each.service_area for each in model.objects.visible_to(author)}
        assert mine == {None, above, place}
        assert model.objects.visible_to(officer).count() == 4
        assert not model.objects.visible_to(person(CorporateRole.AUDITOR)).exists()


def test_who_made_it_changes_it_and_so_do_the_site_owners_there(author, officer, place, account):
    kept = template(author, place)
    colleague = drafter_of(account, service_area=place)
    owner = site_owner_of(AccountFactory(), service_area=place)
    with pytest.raises(NotAllowed, match="Priya Shah made it"):
        change_template(
            template_id=kept.pk,
            facts=facts_of(kept, name="Mine"),
            seen=state_of(kept),
            by=colleague,
        )
    for number, by in enumerate((author, owner, officer)):
        kept = change_template(
            template_id=kept.pk,
            facts=facts_of(kept, name=f"Closed {number}"),
            seen=state_of(kept),
            by=by,
        )
    assert kept.name == "Closed 2"
    assert Entry.objects.filter(event="plan.template_changed").count() == 3


def test_nobody_hands_theirs_to_another_part_of_the_council(author, place):
    kept = template(author, place)
    with pytest.raises(NotAllowed):
        change_template(
            template_id=kept.pk, facts=facts_of(kept, service_area=None), seen=state_of(kept),
            by=author,
        )  # fmt: skip


def test_two_people_never_overwrite_each_other(author, place):
    kept = template(author, place)
    first = state_of(kept)
    change_template(template_id=kept.pk, facts=facts_of(kept, name="B"), seen=first, by=author)
    with pytest.raises(Refused, match="Somebody changed this"):
        change_template(template_id=kept.pk, facts=facts_of(kept, name="C"), seen=first, by=author)
    again = facts_of(kept, name="B")
    assert change_template(template_id=kept.pk, facts=again, seen=first, by=author).name == "B"


def test_a_name_is_there_once_for_each_part_of_the_council(officer, place):
    template(officer)
    with pytest.raises(Refused, match="of that name for the whole council"):
        template(officer, name="a LIBRARY closes")
    assert template(officer, place)
    put_template_away(template_id=PostTemplate.objects.get(service_area=None).pk, by=officer)
    assert template(officer)


def test_what_is_put_away_is_offered_no_more_and_saying_so_twice_is_harmless(
    as_author, author, place
):
    kept, words = template(author, place), snippet(author, place)
    for _ in range(2):
        put_template_away(template_id=kept.pk, by=author)
        put_snippet_away(snippet_id=words.pk, by=author)
    assert Entry.objects.filter(event="plan.template_archived").count() == 1
    assert "A library closes" not in as_author.get(reverse("templates")).text
    page = as_author.get(reverse("post_new"), {"template": kept.pk}).text
    assert "Name of the library" not in page
    assert "Put in a snippet" not in page


# ---- Posts begun with them -------------------------------------------------------------------


def test_a_post_begins_with_what_its_writer_may_have_of_a_template(author, account, page):
    closed = Campaign.objects.create(name="Over", tag="over", closed_at="2026-01-01T00:00Z")
    foreign = AccountFactory(platform="x", name="Wealdmoor Parks", handle="wmparks")
    whole = content(
        page, foreign, own_texts=((page.pk, "For the page"), (foreign.pk, "For parks")),
        campaign_id=closed.pk, note="For Tom", publish_on="1/1/2030", media=(Attached(1),),
    )  # fmt: skip
    pattern = Pattern(whole, ("x",), (("x", "Short"), ("facebook", "Long")))
    begun = Pattern.from_json(pattern.to_json()).begun_by(author)
    assert set(begun.account_ids) == {account.pk, page.pk}
    assert dict(begun.own_texts) == {account.pk: "Short", page.pk: "For the page"}
    assert (begun.campaign_id, begun.note, begun.publish_on, begun.media) == (None, "", "", ())
    assert begun.text == whole.text


def test_whoever_may_write_everywhere_begins_on_their_own_part_of_it(officer, account):
    begun = Pattern(Content(), ("x",)).begun_by(officer)
    assert begun.account_ids == ()
    officer.service_area = account.service_area
    assert Pattern(Content(), ("x",)).begun_by(officer).account_ids == (account.pk,)


def test_the_form_offers_them_and_names_what_is_to_be_filled_in(as_author, author, officer, place):
    kept = template(officer, name="Closed")
    template(officer, ServiceAreaFactory(name="Parks"), name="Mowing")
    template(officer, name="Flood", is_for_emergencies=True)
    shown = as_author.get(reverse("post_new")).text
    assert "Start from a template" in shown
    assert "Closed" in shown
    assert "Mowing" not in shown
    assert "Flood" not in shown
    begun = as_author.get(reverse("post_new"), {"template": kept.pk})
    assert begun.context["form"]["text"].value() == CLOSED
    assert "<li>[day]</li>" in begun.text
    assert not Post.objects.exists()


@pytest.mark.parametrize("asked", ["", "zebra", "999999", "9" * 30])
def test_a_template_that_one_does_not_see_begins_nothing(asked, as_author, officer):
    hidden = template(officer, ServiceAreaFactory(name="Parks"))
    for number in (asked, str(hidden.pk)):
        assert (
            as_author.get(reverse("post_new"), {"template": number}).context["form"]["text"].value()
            == ""
        )


def test_a_post_is_saved_as_a_template_from_the_form(as_author, author, account, page, place):
    typed = form_of(accounts=[account.pk, page.pk], text="Hello [who]", do="template")
    onwards = as_author.post(reverse("post_new"), {**typed, f"text_{page.pk}": "Hello all"})
    post = Post.objects.get()
    assert onwards.url == f"{reverse('template_new')}?post={post.pk}"
    form = as_author.get(onwards.url).context["form"]
    assert form[f"text_{page.pk}"].value() == "Hello all"
    sent = {"name": "Hello", "text": "Hello [who]", "accounts": [account.pk, page.pk],
            f"text_{page.pk}": "Hello all", "text_for_x": "Hi"}  # fmt: skip
    assert as_author.post(onwards.url, sent).status_code == 302
    kept = Pattern.from_json(PostTemplate.objects.get().content)
    assert kept.content.own_texts == ((page.pk, "Hello all"),)
    assert kept.platform_texts == (("x", "Hi"),)
    assert PostTemplate.objects.get().service_area == place


def test_of_dozens_of_accounts_the_form_names_those_that_one_used_lately(officer, account, page):
    submitted(officer, account)
    field: Any = TemplateForm(None, by=officer, point=PostTemplate()).fields["accounts"]
    assert [pk for pk, _ in field.choices] == [str(page.pk), str(account.pk)]
    for number in range(FEW):
        AccountFactory(handle=f"branch{number}")
    field = TemplateForm(None, by=officer, point=PostTemplate()).fields["accounts"]
    assert [pk for pk, _ in field.choices] == [str(account.pk)]
    assert "used lately" in field.help_text


def test_what_is_wrong_with_a_template_is_told_and_nothing_is_lost(as_author, author, place):
    answer = as_author.post(reverse("template_new"), {"name": " ", "text": "Hello [who]"})
    assert answer.status_code == 422
    assert "Enter a name" in answer.text
    assert "Hello [who]" in answer.text
    assert not PostTemplate.objects.exists()


def test_without_a_service_area_one_is_told_why_there_is_nothing_to_make(as_author):
    shown = as_author.get(reverse("template_new")).text
    assert "You belong to no service area yet" in shown
    assert 'name="text"' not in shown


def test_an_emergency_begins_with_an_urgent_template_and_stops_at_a_hint_that_is_left(
    client, officer, account
):
    pattern = Pattern(Content(text="Keep away from [river].", account_ids=(account.pk,)))
    urgent = template(officer, content=pattern.to_json(), is_for_emergencies=True)
    everyday = template(officer, name="Everyday")
    client.force_login(person(CorporateRole.DUTY_OFFICER))
    address = reverse("post_emergency")
    page = client.get(address, {"template": urgent.pk})
    assert page.context["form"]["text"].value() == "Keep away from [river]."
    assert page.context["form"]["accounts"].value() == [str(account.pk)]
    assert "<li>[river]</li>" in page.text
    assert "Everyday" not in page.text
    assert client.get(address, {"template": everyday.pk}).context["form"]["text"].value() is None
    typed = {"key": str(uuid.uuid4()), "text": "Keep away from [river].", "reason": "It rises.",
             "accounts": [account.pk], "do": "publish"}  # fmt: skip
    assert client.post(address, typed).status_code == 422
    assert not Post.objects.exists()


# ---- Snippets in a text ----------------------------------------------------------------------


def test_a_snippet_goes_to_the_end_of_the_text_where_there_is_no_script(
    as_author, author, account, place, officer
):
    words = snippet(author, place)
    hidden = snippet(officer, ServiceAreaFactory(name="Parks"))
    post = drafted(author, account, text="Come in.")
    address = reverse("post_edit", args=[post.pk])
    assert 'data-words="Open 9am to 5pm."' in as_author.get(address).text
    typed = form_of(post, text="Come in!", do="snippet", snippet=words.pk)
    assert as_author.post(address, typed).status_code == 302
    assert fresh(post).draft.content["text"] == "Come in!\nOpen 9am to 5pm."
    for other in (hidden.pk, "", "zebra"):
        as_author.post(address, form_of(post, do="snippet", snippet=other))
    assert fresh(post).draft.content["text"] == "Come in!\nOpen 9am to 5pm."


def test_the_lists_ask_as_few_questions_however_long_they_are(
    as_author, author, place, django_assert_max_num_queries
):
    for name in ("templates", "snippets"):
        make = template if name == "templates" else snippet
        make(author, place, name="First")
        as_author.get(reverse(name))
        with django_assert_max_num_queries(9):
            as_author.get(reverse(name))
        for number in range(8):
            make(author, place, name=f"No {number}")
        with django_assert_max_num_queries(9):
            shown = as_author.get(reverse(name), {"words": "no 3"})
        assert [point.name for point, _ in shown.context["rows"]] == ["No 3"]
