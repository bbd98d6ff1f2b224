"""The pages of requests: nothing typed is lost, and nobody decides about what they did not read."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions.requesting import answer_request
from accounts.models import AccountRequest, AccountState, RequestState, SocialAccount
from tests.accounts.requests.asking import Asking, asking, ready_to_submit, with_communications
from tests.factories import person
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db


def page(begun: Asking, name: str = "request", *args: object) -> str:
    return reverse(name, args=[begun.request.pk, *args])


def test_an_account_is_asked_for_and_its_tasks_follow() -> None:
    asker = as_person(person())
    place = {"platform": "x", "handle": "@museum", "name": "Museum", "service_area": ""}

    refused = asker.post(reverse("request_new"), place)
    assert refused.status_code == 422
    assert 'value="@museum"' in refused.content.decode()
    area = asking().account.service_area_id
    done = asker.post(reverse("request_new"), {**place, "service_area": area}, follow=True)

    assert "The request is begun." in text_of(done)
    for task in ("Content plan", "Line manager", "Equality screening", "Not started"):
        assert task in text_of(done)
    assert AccountRequest.objects.latest("asked_at").account.handle == "museum"


def test_the_task_list_names_whom_it_waits_for() -> None:
    begun = asking().answered()

    shown = text_of(as_person(begun.asker).get(page(begun)))

    assert "Waiting for Deb Deputy and Oli Officer" in shown
    assert "1 task left" in shown


def test_answers_are_kept_though_some_are_left_for_later() -> None:
    begun = asking()
    form = {"why": "A gallery opens.", "audience": "", "why_not_existing": ""}

    done = as_person(begun.asker).post(page(begun, "request_task", "why"), form)

    assert done.status_code == 302
    assert begun.fresh().why == "A gallery opens."


def test_a_stale_tab_overwrites_nothing_and_keeps_what_was_typed() -> None:
    begun = asking()
    visitor = as_person(begun.asker)
    address = page(begun, "request_task", "why")
    seen = visitor.get(address).context["form"]["seen"].value()
    answer_request(
        by=begun.asker, request=begun.request, task="why", answers={"why": "The newer text"}
    )

    late = visitor.post(address, {"why": "The older text", "seen": seen})

    assert late.status_code == 422
    assert "Somebody else changed this page" in text_of(late)
    assert "The older text" in late.content.decode()
    assert begun.fresh().why == "The newer text"


def test_the_people_page_names_asks_and_takes_off() -> None:
    begun = asking()
    visitor = as_person(begun.asker)
    people = {"owner": begun.asker.pk, "deputy": begun.deputy.pk}

    named = visitor.post(page(begun, "request_task", "people"), people, follow=True)
    assert "Whoever is new is asked to accept." in text_of(named)
    officer = {"user": begun.officer.pk, "role": "drafter"}
    shown = visitor.post(page(begun, "request_officer"), officer, follow=True)
    assert "Not yet" in text_of(shown)
    assert "Remove Oli Officer" in text_of(shown)
    accepts = as_person(begun.officer)
    assert "Do you accept?" in text_of(accepts.get(page(begun)))
    assert "You accepted." in text_of(accepts.post(page(begun, "request_accept"), follow=True))
    named_officer = begun.fresh().officers.get()
    off = page(begun, "request_officer_remove", named_officer.pk)
    assert "They are off the list." in text_of(visitor.post(off, follow=True))
    same = {**people, "deputy": begun.asker.pk}
    wrong = visitor.post(page(begun, "request_task", "people"), same)
    assert wrong.status_code == 422
    assert "somebody else than the owner" in text_of(wrong)


def test_whoever_is_named_declines_with_a_reason() -> None:
    begun = asking().answered()
    deputy = as_person(begun.deputy)

    deputy.post(page(begun, "request_decline"), {"reason": "No time"})

    assert begun.account.deputy is None
    assert deputy.get(page(begun)).status_code == 404


def test_nothing_is_submitted_while_something_is_left() -> None:
    begun = asking()
    visitor = as_person(begun.asker)

    shown = visitor.get(page(begun, "request_check"))
    assert "What is left" in text_of(shown)
    assert "Submit the request" not in text_of(shown)
    refused = visitor.post(page(begun, "request_check"))

    assert refused.status_code == 422
    assert "Name a deputy." in text_of(refused)


def test_a_request_from_check_to_approved_by_the_pages() -> None:
    done = ready_to_submit()
    sent = as_person(done.asker).post(page(done, "request_check"), follow=True)
    assert "The request is sent to Mo Manager." in text_of(sent)

    for by, said in (
        (done.manager, "Communications decides next."),
        (done.communications, "The go-live checklist comes next."),
    ):
        visitor = as_person(by)
        read = visitor.get(page(done))
        form = {"reason": "It helps.", "digest": read.context["digest"]}
        if by is done.communications:
            done.signed_off()
        shown = visitor.post(page(done, "request_decide", "yes"), form, follow=True)
        assert said in text_of(shown)

    assert done.account.state == AccountState.APPROVED


def test_a_decision_about_what_has_changed_is_a_conflict_and_keeps_the_reason() -> None:
    done = with_communications().signed_off()
    visitor = as_person(done.communications)
    digest = visitor.get(page(done)).context["digest"]
    SocialAccount.objects.filter(pk=done.account.pk).update(purpose="Something else")

    late = visitor.post(
        page(done, "request_decide", "yes"), {"reason": "It helps a lot.", "digest": digest}
    )

    assert late.status_code == 409
    assert "It helps a lot." in text_of(late)
    assert "Read it again" in text_of(late)
    assert done.fresh().state == RequestState.WITH_COMMUNICATIONS


def test_a_decision_that_somebody_else_made_first_is_a_conflict() -> None:
    done = with_communications().signed_off()
    digest = done.digest
    form = {"reason": "No need.", "digest": digest}
    first = as_person(done.communications).post(page(done, "request_decide", "return"), form)
    assert first.status_code == 302

    second = as_person(done.colleague).post(page(done, "request_decide", "no"), form)

    assert second.status_code == 409
    assert done.fresh().state == RequestState.DRAFT


def test_a_decision_without_a_reason_is_asked_for_it() -> None:
    done = ready_to_submit().submitted()

    refused = as_person(done.manager).post(
        page(done, "request_decide", "no"), {"reason": "", "digest": done.digest}
    )

    assert refused.status_code == 422
    assert "Enter a reason." in text_of(refused)


def test_who_takes_part_reads_why_they_do_not_decide() -> None:
    done = ready_to_submit().submitted()

    assert "You asked for this account: somebody else decides." in text_of(
        as_person(done.asker).get(page(done))
    )
    shown = text_of(as_person(done.manager).get(page(done)))
    assert "Support" in shown
    assert "Return for changes" in shown


def test_what_was_decided_stands_on_the_page_with_its_reason() -> None:
    done = with_communications()

    shown = text_of(as_person(done.asker).get(page(done)))

    assert "Supported" in shown
    assert "It will help residents." in shown


def test_each_list_shows_what_it_says() -> None:
    done = with_communications()
    lists = reverse("requests")

    def shown(who: object, query: str) -> str:
        return text_of(as_person(who).get(lists + query))  # type: ignore[arg-type]

    assert "Wealdmoor Museum" in shown(done.asker, "")
    assert "Wealdmoor Museum" not in shown(done.communications, "")
    assert "Wealdmoor Museum" in shown(done.communications, "?show=waiting")
    assert "Wealdmoor Museum" in shown(done.communications, "?show=all")
    assert "No request waits for you" in shown(done.manager, "?show=waiting")
    assert "No requests match" in shown(done.asker, "?state=refused")
    assert "No requests yet" in shown(person(), "?show=all")
    asked = asking("another").answered()
    assert "Wealdmoor Museum" in shown(asked.officer, "?show=waiting")


def test_the_lists_ask_the_same_number_of_queries_for_any_number() -> None:
    done = with_communications()
    visitor = as_person(done.communications)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as asked:
            visitor.get(reverse("requests") + "?show=all")
        counts.append(len(asked))
        if number == 0:
            for more in range(4):
                who = {"manager": done.manager, "asker": done.asker}
                ready_to_submit(f"more{more}", **who).submitted()
    assert counts[0] == counts[1]
    assert counts[1] < 15


@pytest.mark.parametrize("make", [asking, ready_to_submit, with_communications])
def test_the_page_of_a_request_asks_few_queries(make: object) -> None:
    done: Asking = make()  # type: ignore[operator]
    visitor = as_person(done.asker)
    visitor.get(page(done))

    with CaptureQueriesContext(connection) as asked:
        visitor.get(page(done))

    assert len(asked) <= 25


def test_a_draft_s_account_page_is_its_request() -> None:
    begun = asking()

    answered = as_person(begun.asker).get(reverse("account", args=[begun.account.pk]))

    assert answered.headers["Location"] == page(begun)
