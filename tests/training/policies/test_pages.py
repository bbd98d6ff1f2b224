"""The pages of policies: who finds what, what is shown, and that nothing typed is lost."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.permissions import CorporateRole
from tests.factories import PolicyVersionFactory, UserFactory, communications_officer, person
from tests.training.policies.drafting import (
    TEXT,
    asked,
    decided,
    drafted,
    edited,
    in_days,
    next_draft,
    published,
    self_of,
    signed,
)
from tests.visiting import as_person, text_of
from training.actions.acknowledgements import acknowledge
from training.actions.policy_drafts import seen_of, withdraw_draft
from training.models import PolicyComment, PolicyDocument, PolicyVersion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def editor() -> User:
    return communications_officer()


@pytest.fixture
def in_force(editor: User) -> PolicyVersion:
    version = drafted(editor)
    decided(editor, version)
    return published(editor, version, needed_from=in_days(0))


def at(name: str, document: PolicyDocument, *more: object) -> str:
    return reverse(name, args=[document.slug, *more])


def second(editor: User, first: PolicyVersion) -> PolicyVersion:
    version = next_draft(editor, first.document, f"{TEXT} And guests.", "Guests are in it.")
    decided(editor, version)
    return published(editor, version)


def test_a_policy_says_who_approved_it_and_has_its_contents(in_force: PolicyVersion):
    text = text_of(as_person(UserFactory()).get(at("policy", in_force.document)))

    assert "Approved by Policy Committee on 10 March 2026, minute PC 42/26." in text
    assert "Contents 1. Purpose 2. Scope" in text


def test_a_new_version_says_what_changed_and_until_when_the_old_one_counts(
    in_force: PolicyVersion, editor: User
):
    reader = UserFactory()
    acknowledge(by=reader, version=in_force)
    second(editor, in_force)

    text = text_of(as_person(reader).get(at("policy", in_force.document)))

    assert "Guests are in it." in text
    assert "What you acknowledged before counts until 6 April 2026." in text
    assert "I have read this policy" in text


def test_an_earlier_version_says_that_it_is_superseded(in_force: PolicyVersion, editor: User):
    second(editor, in_force)
    client = as_person(UserFactory())

    old = text_of(client.get(at("policy_version", in_force.document, 1)))
    new = text_of(client.get(at("policy_version", in_force.document, 2)))
    difference = text_of(client.get(at("policy_changes", in_force.document, 2)))

    assert "This version is superseded" in old
    assert "superseded" not in new
    assert "And guests. [end of added]" in difference


def test_the_paper_has_the_text_and_no_form(in_force: PolicyVersion):
    page = as_person(UserFactory()).get(at("policy_print", in_force.document, 1))

    assert "Be kind." in text_of(page)
    assert b'name="read"' not in page.content


def test_a_draft_is_found_by_whoever_keeps_policies_and_whoever_is_asked(editor: User):
    draft = drafted(editor)
    consultee = asked(editor, draft)
    address = at("policy_consultation", draft.document)

    assert as_person(self_of(consultee)).get(address).status_code == 200
    assert as_person(editor).get(address).status_code == 200
    assert as_person(person(CorporateRole.HR)).get(address).status_code == 404
    assert as_person(UserFactory()).get(at("policy", draft.document)).status_code == 404
    assert as_person(editor).get(at("policy", draft.document)).status_code == 200


def test_a_consultee_comments_and_signs_off_on_the_page(editor: User):
    draft = drafted(editor)
    consultee = asked(editor, draft)
    client, address = as_person(self_of(consultee)), at("policy_consultation", draft.document)

    remark = {"do": "comment", "section": "2. Scope", "text": "And volunteers?"}
    answer = {"do": "answer", "opinion": "signed_off", "digest": draft.digest}
    commented = client.post(address, remark, follow=True)
    done = client.post(address, answer, follow=True)

    assert "And volunteers?" in text_of(commented)
    assert PolicyComment.objects.get().section == "2. Scope"
    assert "Signed off" in text_of(done)


def test_an_answer_to_other_words_is_refused_and_keeps_what_was_typed(editor: User):
    draft = drafted(editor)
    consultee = asked(editor, draft)
    edited(editor, draft, "## 1. Other")
    answer = {
        "do": "answer",
        "opinion": "changes_asked",
        "words": "Say who decides.",
        "digest": draft.digest,
    }

    client, address = as_person(self_of(consultee)), at("policy_consultation", draft.document)
    page = client.post(address, answer)

    assert page.status_code == 409
    assert b"<title>Error: " in page.content
    assert "changed it on 10 March 2026 at 10am" in text_of(page)
    assert b"Say who decides.</textarea>" in page.content
    assert not consultee.answers.exists()
    since = at("policy_draft_since", draft.document, draft.digest)
    assert since.encode() in page.content
    assert "Other [end of added]" in text_of(client.get(since))

    now = PolicyVersion.objects.get(pk=draft.pk).digest
    assert f'name="digest" value="{now}"'.encode() in page.content
    client.post(address, {**answer, "digest": now})
    assert consultee.answers.get().digest == now


def test_a_decision_about_other_words_is_refused_and_keeps_what_was_typed(editor: User):
    draft = drafted(editor)
    edited(editor, draft, "## 1. Other")
    client, address = as_person(editor), at("policy_committee", draft.document)
    decision = {
        "verdict": "approved",
        "committee": "Policy Committee",
        "decided_on": "10/03/2026",
        "minute": "PC 7/26",
        "digest": draft.digest,
    }

    page = client.post(address, decision)

    assert page.status_code == 409
    assert b'value="PC 7/26"' in page.content
    assert at("policy_draft_since", draft.document, draft.digest).encode() in page.content
    assert not draft.decisions.exists()

    now = PolicyVersion.objects.get(pk=draft.pk).digest
    assert f'value="{now}"'.encode() in page.content
    client.post(address, {**decision, "digest": now})
    assert draft.decisions.get().digest == now


def test_what_somebody_outside_said_of_other_words_is_not_kept_for_these(editor: User):
    draft = drafted(editor)
    consultee = asked(editor, draft, name="Pat Reed")
    edited(editor, draft, "## 1. Other")
    said = {"opinion": "signed_off", "words": "By letter of 2 March.", "digest": draft.digest}

    page = as_person(editor).post(reverse("policy_consultee_answer", args=[consultee.pk]), said)

    assert page.status_code == 409
    assert b"By letter of 2 March." in page.content
    assert not consultee.answers.exists()


def test_other_words_are_not_published_by_whoever_read_these(editor: User):
    draft = drafted(editor)
    digest = draft.digest
    decided(editor, edited(editor, draft, "## 1. Other"))
    days = {"in_force_from": "11/03/2026", "needed_from": "12/04/2026", "digest": digest}

    page = as_person(editor).post(at("policy_publish", draft.document), days)

    assert page.status_code == 409
    assert b'value="11/03/2026"' in page.content
    assert "See what changed" in text_of(page)
    assert not PolicyVersion.objects.get(pk=draft.pk).published_at


@pytest.mark.parametrize("how", ["withdrawn", "published"])
def test_an_answer_to_a_draft_that_is_over_is_told_so_and_keeps_what_was_typed(
    how: str, editor: User
):
    draft = drafted(editor)
    consultee = asked(editor, draft)
    signed(consultee)
    decided(editor, draft)
    if how == "withdrawn":
        withdraw_draft(by=editor, version=draft, reason="Not now.")
    else:
        published(editor, draft)
    answer = {"do": "answer", "opinion": "changes_asked", "words": "Say who decides."}
    address = at("policy_consultation", draft.document)

    page = as_person(self_of(consultee)).post(address, answer)

    assert page.status_code == 409
    assert "This draft is not open any more" in text_of(page)
    assert "Say who decides." in text_of(page)
    document = at("policy", draft.document).encode()
    assert (document in page.content) == (how == "published")
    assert as_person(UserFactory()).post(address, answer).status_code == 404
    late = as_person(editor).post(at("policy_committee", draft.document), {"note": "Soon."})
    assert (late.status_code, "Soon." in text_of(late)) == (409, True)


def test_earlier_words_of_a_draft_are_for_whoever_is_asked(editor: User):
    draft = drafted(editor)
    consultee = asked(editor, draft)
    signed(consultee)
    edited(editor, draft, "## 1. Other")
    address = at("policy_draft_since", draft.document, draft.digest)

    assert as_person(UserFactory()).get(address).status_code == 404
    assert as_person(self_of(consultee)).get(address).status_code == 200
    for name, who in (("policy_draft", editor), ("policy_consultation", self_of(consultee))):
        assert address.encode() in as_person(who).get(at(name, draft.document)).content

    edited(editor, draft, TEXT)
    assert "Nothing differs" in text_of(as_person(editor).get(address))


def test_a_half_typed_answer_is_there_again_after_a_comment(editor: User):
    draft = drafted(editor)
    consultee = asked(editor, draft)
    client, address = as_person(self_of(consultee)), at("policy_consultation", draft.document)
    answer = {"opinion": "changes_asked", "words": "Say who dec", "digest": draft.digest}

    page = client.post(address, {"do": "comment", "text": "And guests?", **answer}, follow=True)
    again = client.get(address)

    for each in (page, again):
        assert each.context["opinion"].initial["words"] == "Say who dec"
        assert b"Say who dec</textarea>" in each.content
        assert re.search(rb'value="changes_asked"[^>]*checked', each.content)
    assert PolicyComment.objects.get().text == "And guests?"
    assert b"And guests?</textarea>" not in page.content
    assert not consultee.answers.exists()

    done = client.post(address, {"do": "answer", **answer}, follow=True)
    assert b"Say who dec</textarea>" not in done.content


def test_a_half_typed_comment_is_there_again_after_an_answer(editor: User):
    draft = drafted(editor)
    client = as_person(self_of(asked(editor, draft)))
    address = at("policy_consultation", draft.document)
    sent = {"opinion": "signed_off", "digest": draft.digest}

    page = client.post(
        address, {"do": "answer", "section": "2. Scope", "text": "And gue", **sent}, follow=True
    )

    assert b"And gue</textarea>" in page.content
    assert re.search(rb'value="2. Scope"[^>]*selected', page.content)
    assert not PolicyComment.objects.exists()


@pytest.mark.parametrize("sent", ["comment", "answer"])
def test_what_is_refused_loses_nothing_of_the_other_part(sent: str, editor: User):
    draft = drafted(editor)
    client = as_person(self_of(asked(editor, draft)))
    typed = {"text": "And gue", "words": "Say who dec"} | {
        "comment": {"text": ""},
        "answer": {"words": "Say who dec", "opinion": ""},
    }[sent]

    page = client.post(
        at("policy_consultation", draft.document), {"do": sent, "digest": draft.digest, **typed}
    )

    assert page.status_code == 422
    for words in typed.values():
        assert words.encode() in page.content


def test_what_is_half_typed_of_one_draft_is_not_shown_on_another(editor: User):
    one, other = drafted(editor), drafted(editor, title="Another guide")
    consultee = asked(editor, one)
    me = self_of(consultee)
    asked(editor, other, user=me)
    client = as_person(me)
    client.post(
        at("policy_consultation", one.document),
        {"do": "comment", "text": "And guests?", "words": "Say who dec", "digest": one.digest},
    )

    assert b"Say who dec" not in client.get(at("policy_consultation", other.document)).content


def test_two_who_edit_get_both_texts(editor: User):
    draft = drafted(editor)
    seen = seen_of(draft)
    edited(editor, draft, "## 1. Theirs")
    client, address = as_person(editor), at("policy_draft_edit", draft.document)

    late = client.post(address, {"text": "## 1. Mine", "seen": seen, "do": "save"})
    assert late.status_code == 409
    assert b"## 1. Mine" in late.content
    assert b"## 1. Theirs" in late.content
    assert PolicyVersion.objects.get(pk=draft.pk).text == "## 1. Theirs"

    newer = seen_of(PolicyVersion.objects.get(pk=draft.pk))
    assert newer.encode() in late.content
    client.post(address, {"text": "## 1. Mine", "seen": newer, "do": "save"})
    assert PolicyVersion.objects.get(pk=draft.pk).text == "## 1. Mine"


def test_a_preview_saves_nothing(editor: User):
    draft = drafted(editor)
    typed = {"text": "## 9. Typed", "seen": seen_of(draft), "do": "preview"}

    page = as_person(editor).post(at("policy_draft_edit", draft.document), typed)

    assert b'<h2 id="9-typed">9. Typed</h2>' in page.content
    assert PolicyVersion.objects.get(pk=draft.pk).text == TEXT


def test_publishing_says_what_is_missing_and_warns_of_posting(editor: User):
    draft = drafted(editor, needed_to_write=True)
    client, address = as_person(editor), at("policy_publish", draft.document)
    assert "No committee has approved this wording." in text_of(client.get(address))

    decided(editor, draft)

    assert "people who have not may not post" in text_of(client.get(address))


def test_who_acknowledged_it_by_service_area_and_as_a_file(in_force: PolicyVersion):
    reader, silent = UserFactory(name="Rea Der"), UserFactory(name="Si Lent")
    acknowledge(by=reader, version=in_force)
    client = as_person(person(CorporateRole.HR))

    page = text_of(client.get(at("policy_acknowledged", in_force.document)))
    file = client.get(at("policy_acknowledged_csv", in_force.document))
    lines = b"".join(file).decode().splitlines()

    # HR acknowledges whatever there is.
    assert f"2 of {User.objects.count()} people have acknowledged it." in page
    assert any(line.startswith("Rea Der,") and "2026-03-10,2027-03-10" in line for line in lines)
    assert any(line.startswith(silent.name) and line.endswith(",,") for line in lines)


def test_a_line_manager_sees_their_own_team(in_force: PolicyVersion):
    manager = person()
    UserFactory(name="Mem Ber", manager=manager)
    UserFactory(name="Stran Ger")

    file = as_person(manager).get(at("policy_acknowledged_csv", in_force.document))
    text = b"".join(file).decode()

    assert "Mem Ber" in text
    assert "Stran Ger" not in text


def test_the_list_asks_the_same_number_of_queries_for_any_number(
    editor: User, clock: time_machine.Traveller
):
    client, found = as_person(editor), []
    for number in (1, 6):
        for each in range(number):
            draft = drafted(editor, title=f"Guide {number} {each}")
            signed(asked(editor, draft))
            PolicyVersionFactory(
                document=drafted(editor, title=f"Policy {number} {each}").document, number=7
            )
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("policies"))
        found.append(len(queries))

    assert found[0] == found[1] <= 21
