"""Who works here, what the council is made of, which accounts it runs and who may use them."""

from accounts.models.access_reviews import AccessReview, ReviewAnswer, ReviewedGrant
from accounts.models.answerable import Answerable, Part
from accounts.models.checklists import Checklist, ChecklistAnswer
from accounts.models.closings import AccountArchive, Closing
from accounts.models.connecting import SignInAttempt
from accounts.models.credentials import Credential
from accounts.models.departures import Departure
from accounts.models.hazards import AssessedHazard, Hazard
from accounts.models.imports import RegisterImport
from accounts.models.people import User
from accounts.models.personal_codes import PersonalCode
from accounts.models.rationalisation import Fate, RationalisationDecision, RationalisationRound
from accounts.models.requests import (
    REQUEST_TRANSITIONS,
    AccountRequest,
    DecisionStage,
    NamedOfficer,
    RequestDecision,
    RequestState,
    RequestVerdict,
)
from accounts.models.risk import RiskAssessment, RiskLevel
from accounts.models.roles import AccountGrant, CorporateGrant
from accounts.models.service_areas import ServiceArea
from accounts.models.social_accounts import AccountState, SocialAccount, TwoFactorState
from accounts.models.strategic_aims import StrategicAim
from accounts.models.tries import Tries
from accounts.models.warned import Warned, WarningKind

__all__ = [
    "REQUEST_TRANSITIONS",
    "AccessReview",
    "AccountArchive",
    "AccountGrant",
    "AccountRequest",
    "AccountState",
    "Answerable",
    "AssessedHazard",
    "Checklist",
    "ChecklistAnswer",
    "Closing",
    "CorporateGrant",
    "Credential",
    "DecisionStage",
    "Departure",
    "Fate",
    "Hazard",
    "NamedOfficer",
    "Part",
    "PersonalCode",
    "RationalisationDecision",
    "RationalisationRound",
    "RegisterImport",
    "RequestDecision",
    "RequestState",
    "RequestVerdict",
    "ReviewAnswer",
    "ReviewedGrant",
    "RiskAssessment",
    "RiskLevel",
    "ServiceArea",
    "SignInAttempt",
    "SocialAccount",
    "StrategicAim",
    "Tries",
    "TwoFactorState",
    "User",
    "Warned",
    "WarningKind",
]
