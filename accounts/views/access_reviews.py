"""Access reviews: all of them with their progress, and the one of an account with its questions."""

from __future__ import annotations

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import demand, may
from accounts.actions.access_reviews import answer_review
from accounts.forms.access_review import ReviewForm
from accounts.forms.refusal import show_refusal
from accounts.models import AccessReview, ReviewedGrant, SocialAccount, User
from accounts.permissions import Permission
from accounts.sections import account_sections, register_sections
from accounts.views.permission import permission_required, person_of
from accounts.who_has_access.reviews import export_reviews, progress_of, reviews_for, with_progress
from pages.downloads import csv_download
from pages.keyset import page_of
from pages.selected import selected_filters

ORDER = ("-due_on", "-id")


class ReviewFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label="State",
        choices=[("open", "Open"), ("overdue", "Overdue"), ("ended", "Ended")],
        empty_label="Any",
        method="in_state",
    )

    class Meta:
        model = AccessReview
        fields: list[str] = []

    def in_state(
        self, rows: QuerySet[AccessReview], name: str, value: str
    ) -> QuerySet[AccessReview]:
        if value == "ended":
            return rows.filter(closed_at__isnull=False)
        still = rows.filter(closed_at__isnull=True)
        return still.filter(due_on__lt=timezone.localdate()) if value == "overdue" else still


@permission_required(Permission.SEE_ACCESS)
def access_reviews(request: HttpRequest) -> HttpResponse:
    """Every review that the reader may see, the newest first."""
    reader = person_of(request)
    chosen = ReviewFilter(request.GET, queryset=reviews_for(reader))
    rows = chosen.qs if chosen.is_valid() else AccessReview.objects.none()
    page = page_of(rows, ORDER, request.GET)
    context = {
        "sections": register_sections(reader, "access_reviews"),
        "form": chosen.form,
        "selected": selected_filters(chosen.form, request.GET),
        "page": page,
        "rows": [progress_of(review) for review in page.rows],
        "query": request.GET.urlencode(),
    }
    return render(request, "accounts/access/reviews.html", context)


@permission_required(Permission.SEE_ACCESS)
def access_reviews_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a file, with each answer; the audit trail says who took it out."""
    reader = person_of(request)
    chosen = ReviewFilter(request.GET, queryset=reviews_for(reader))
    rows = chosen.qs if chosen.is_valid() else reviews_for(reader).none()
    pieces = export_reviews(rows, by=reader)
    return csv_download(pieces, f"access-reviews-{timezone.localdate().isoformat()}.csv")


@permission_required(Permission.SEE_ACCESS)
def access_review(request: HttpRequest, account_id: int) -> HttpResponse:
    """The newest review of an account: its questions while it is open, and its answers."""
    reader = person_of(request)
    account = get_object_or_404(SocialAccount.objects.visible_to(reader), pk=account_id)
    demand(reader, Permission.SEE_ACCESS, on=account)
    review = with_progress(account.access_reviews.all()).first()
    if request.method == "POST":
        demand(reader, Permission.REVIEW_ACCESS, on=account)
    if review is None:
        return _page(request, account, None, None)
    form = _form(request, reader, review)
    if form is not None and form.is_valid():
        try:
            ended = answer_review(by=reader, review=review, answers=form.answers()).closed_at
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            done = "Every role is answered for: the review has ended." if ended else "Kept."
            messages.success(request, done)
            return HttpResponseRedirect(reverse("access_review", args=[account.pk]))
    return _page(request, account, review, form)


def _form(request: HttpRequest, reader: User, review: AccessReview) -> ReviewForm | None:
    """The questions, for whoever may answer them."""
    if review.closed_at or not may(reader, Permission.REVIEW_ACCESS, on=review.account):
        return None
    asked = review.grants.unanswered().select_related("grant__user", "grant__granted_by")
    rows = list(asked.order_by("grant__user__name", "pk"))
    return ReviewForm(request.POST if request.method == "POST" else None, rows=rows, by=reader)


def _page(
    request: HttpRequest,
    account: SocialAccount,
    review: AccessReview | None,
    form: ReviewForm | None,
) -> HttpResponse:
    context = {
        "account": account,
        "sections": account_sections(account, person_of(request), "account_access"),
        "review": review,
        "progress": progress_of(review) if review else None,
        "form": form,
        "answered": _answered(review) if review else [],
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "accounts/access/review.html", context, status=status)


def _answered(review: AccessReview) -> QuerySet[ReviewedGrant]:
    """What is no question any more: answered, or over by itself."""
    still = review.grants.unanswered().values("pk")
    rows = review.grants.exclude(pk__in=still).select_related("grant__user", "by")
    return rows.order_by("grant__user__name", "pk")
