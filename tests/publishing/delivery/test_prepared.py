"""Questions that are put into words once."""

from __future__ import annotations

from unittest.mock import Mock

import pytest
from django.db import models
from django.db.transaction import TransactionManagementError
from pytest_django import DjangoAssertNumQueries

from accounts.models import Credential, SocialAccount, User
from publishing.delivery.prepared import Prepared, keep_related
from tests.factories import AccountFactory, UserFactory

pytestmark = pytest.mark.django_db


def people() -> Mock:
    return Mock(side_effect=lambda pks: User.objects.filter(pk__in=pks).order_by("-pk"))


def test_it_finds_the_rows_of_the_keys_in_the_order_asked_for() -> None:
    first, second, _ = UserFactory.create_batch(3)

    assert Prepared(people())([first.pk, second.pk, first.pk]) == [second, first]


def test_the_next_keys_are_asked_in_the_words_of_the_last() -> None:
    first, second = UserFactory.create_batch(2)
    made = people()
    prepared = Prepared(made)

    assert prepared([first.pk]) == [first]
    assert prepared([second.pk]) == [second]
    assert made.call_count == 1


def test_each_answer_is_the_rows_as_they_are_now() -> None:
    user = UserFactory(name="Before")
    prepared = Prepared(people())
    prepared([user.pk])
    User.objects.filter(pk=user.pk).update(name="After")

    assert prepared([user.pk])[0].name == "After"


def test_several_lists_of_keys_are_not_mixed_up() -> None:
    account, other = AccountFactory.create_batch(2)
    prepared: Prepared[SocialAccount] = Prepared(
        lambda pks, owners: SocialAccount.objects.filter(owner__in=owners, pk__in=pks)
    )

    assert prepared([account.pk, other.pk], [account.owner_id]) == [account]
    assert prepared([other.pk, account.pk], [other.owner_id]) == [other]


def test_what_is_given_by_name_has_words_of_its_own() -> None:
    account = AccountFactory()
    prepared: Prepared[SocialAccount] = Prepared(
        lambda pks, platform: SocialAccount.objects.filter(pk__in=pks, platform=platform)
    )

    assert prepared([account.pk], platform=account.platform) == [account]
    assert prepared([account.pk], platform="none") == []


def test_no_keys_ask_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert Prepared(people())([]) == []


def test_rows_have_what_the_queryset_adds_and_binary_and_other_types() -> None:
    account = AccountFactory()
    Credential.objects.create(account=account, ciphertext=b"\x00\xff")
    prepared: Prepared[Credential] = Prepared(
        lambda pks: Credential.objects.filter(account__in=pks).annotate(known=models.F("pk"))
    )

    (found,) = prepared([account.pk])

    assert bytes(found.ciphertext) == b"\x00\xff"
    assert found.stored_at == Credential.objects.get().stored_at
    assert vars(found)["known"] == found.pk


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_inside_a_transaction_only() -> None:
    user = UserFactory()
    locking: Prepared[User] = Prepared(
        lambda pks: User.objects.filter(pk__in=pks).select_for_update()
    )

    with pytest.raises(TransactionManagementError):
        locking([user.pk])


def test_what_is_kept_is_what_all_gives(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    manager = UserFactory()
    person = UserFactory(manager=manager)
    keep_related(manager, "team", [person], User)

    with django_assert_num_queries(0):
        assert list(manager.team.all()) == [person]
