"""What a decision about a request was made of, as a digest: it changes whenever an answer does."""

from __future__ import annotations

from hashlib import sha256

from accounts.models import AccountRequest, SocialAccount
from audit.canonical import canonical_json

ANSWERS = (
    "why",
    "why_not_existing",
    "content_kinds",
    "content_rhythm",
    "content_first_weeks",
    "content_replies",
    "equality_adverse",
    "equality_adverse_why",
    "equality_positive",
    "equality_positive_why",
    "equality_steps",
)
"""What the request itself says; the rest is said by its account, its people and the risk."""
FACTS = ("platform", "handle", "name", "service_area_id", "purpose", "audience")


def digest_of(request: AccountRequest) -> str:
    """All answers, the people, and the newest risk assessment: what somebody reads and decides on.

    The signature under the assessment is not among them: it comes between the two decisions.
    """
    account = request.account
    return _hash(
        {
            **{name: getattr(request, name) for name in ANSWERS},
            **{name: getattr(account, name) for name in FACTS},
            "aims": _aims(account),
            "people": people_of_request(request),
            "risk": _risk(account),
        }
    )


def fingerprint_of_answers(request: AccountRequest, names: tuple[str, ...]) -> str:
    """Changes whenever one of these answers does: how a page that stood open is recognised."""
    account = request.account
    said = {
        name: getattr(request if name in ANSWERS else account, name)
        for name in names
        if name != "aims"
    }
    return _hash({**said, "aims": _aims(account) if "aims" in names else None})


def fingerprint_of_people(request: AccountRequest) -> str:
    return _hash(people_of_request(request))


def people_of_request(request: AccountRequest) -> dict[str, object]:
    account = request.account
    officers = sorted((each.user_id, each.role) for each in request.officers.all())
    return {
        "asked_by": request.asked_by_id,
        "line_manager": request.line_manager_id,
        "owner": account.owner_id,
        "deputy": account.deputy_id,
        "officers": officers,
    }


def _aims(account: SocialAccount) -> list[int]:
    return sorted(aim.pk for aim in account.aims.all())


def _risk(account: SocialAccount) -> dict[str, object] | None:
    made = list(account.risk_assessments.all())
    if not made:
        return None
    newest = made[0]
    return {
        "id": newest.pk,
        "likelihood": newest.likelihood,
        "impact": newest.impact,
        "summary": newest.summary,
        "controls": newest.controls,
        "assessed_by": newest.assessed_by_id,
        "review_on": newest.review_on,
    }


def _hash(value: object) -> str:
    return sha256(canonical_json(value).encode()).hexdigest()
