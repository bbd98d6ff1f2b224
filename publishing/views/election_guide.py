"""What may be published before an election, for everybody who writes or plans."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from publishing.elections.packs import pack_of
from publishing.models import ElectionPeriod
from publishing.planning.spans import month_of


@login_required
def election_guide(request: HttpRequest, pk: int) -> HttpResponse:
    """The days of a period, and what the rules of its nation ask; never the names in it."""
    in_force = ElectionPeriod.objects.filter(cancelled_at__isnull=True)
    period = get_object_or_404(in_force.prefetch_related("wards", "topics"), pk=pk)
    context = {
        "period": period,
        "pack": pack_of(period.nation),
        "month": month_of(period.notice_on).value,
    }
    return render(request, "publishing/planning/election_guide.html", context)
