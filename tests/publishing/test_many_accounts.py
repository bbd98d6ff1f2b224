"""Writing for one of many accounts: the latest are offered, any other is added by its name."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from accounts.forms import one_of_many
from accounts.models import SocialAccount, User
from publishing.drafts import Content
from publishing.forms.compose import ComposeForm
from tests.factories import AccountFactory, AccountGrantFactory
from tests.publishing.making import drafted, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def many_accounts(monkeypatch: pytest.MonkeyPatch, author: User) -> list[SocialAccount]:
    """So many that a writer is not asked to look through them all: here, more than two."""
    monkeypatch.setattr(one_of_many, "FEW", 2)
    names = ("Parks", "Roads", "Museum")
    accounts = [AccountFactory(name=f"Wealdmoor {name}", handle=f"wm{name}") for name in names]
    for account in accounts:
        AccountGrantFactory(user=author, account=account)
    return accounts


def test_among_many_accounts_one_is_added_by_its_name(
    author: User, account: SocialAccount, many_accounts: list[SocialAccount]
) -> None:
    empty = ComposeForm(writer=author, content=Content())
    assert empty.choosable == {}
    assert empty["another"].help_text.startswith("Save to add it")

    typed = ComposeForm(_typed(another="roads"), writer=author, content=Content())
    assert typed.is_valid(), typed.errors
    assert typed.content().account_ids == (many_accounts[1].pk,)

    more = _typed(accounts=[str(many_accounts[1].pk)], another="Wealdmoor Museum")
    both = ComposeForm(more, writer=author, content=typed.content())
    assert both.is_valid(), both.errors
    assert set(both.content().account_ids) == {many_accounts[1].pk, many_accounts[2].pk}


def test_among_many_accounts_nobody_adds_one_that_they_may_not_write_for(
    author: User, many_accounts: list[SocialAccount]
) -> None:
    other = AccountFactory(name="Wealdmoor Canals")
    for asked in ({"another": "Canals"}, {"accounts": [str(other.pk)]}):
        form = ComposeForm(_typed(**asked), writer=author, content=Content())
        assert not form.is_valid()
        assert form.chosen == []


def test_among_many_accounts_the_latest_ones_are_offered(
    author: User, account: SocialAccount, many_accounts: list[SocialAccount]
) -> None:
    drafted(author, account)
    submitted(author, many_accounts[2])
    form = ComposeForm(writer=author, content=Content())
    assert list(form.choosable) == [str(many_accounts[2].pk)]


def _typed(**fields: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in {"revision": "0", "text": "Open until nine.", "title": "Hours"}.items():
        data[name] = value
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data
