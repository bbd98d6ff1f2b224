"""“Our social media accounts”: a page without sign-in, for checking that an account is genuine."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.forms.register import PublicSearchForm
from accounts.models import AccountState, SocialAccount
from pages.keyset import page_of
from pages.words import with_words

SHOWN = (AccountState.LIVE, AccountState.PARTNER)
ORDER = ("name", "id")


def public_accounts(request: HttpRequest) -> HttpResponse:
    """Live accounts and those of partners, with no word of who works on them.

    Raises Http404 while the setting PUBLIC_ACCOUNTS is off.
    """
    if not settings.PUBLIC_ACCOUNTS:
        raise Http404
    form = PublicSearchForm(request.GET)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    page = page_of(_found(words), ORDER, request.GET)
    context = {"form": form, "words": words, "page": page, "partner": AccountState.PARTNER}
    return render(request, "accounts/public.html", context)


def _found(words: str) -> QuerySet[SocialAccount]:
    """Those that have all the words, or are at that address."""
    rows = SocialAccount.objects.filter(state__in=SHOWN).select_related("service_area")
    address = words.removeprefix("https://").removeprefix("http://").rstrip("/")
    if "/" in address:
        return rows.filter(url__icontains=address)
    return with_words(rows, words.replace("@", " "), "name", "handle")
