"""Who works here, what the council is made of, which accounts it runs and who may use them."""

from accounts.models.credentials import Credential
from accounts.models.people import User
from accounts.models.risk import RiskAssessment, RiskLevel
from accounts.models.roles import AccountGrant, CorporateGrant
from accounts.models.service_areas import ServiceArea
from accounts.models.social_accounts import AccountState, SocialAccount, TwoFactorState
from accounts.models.strategic_aims import StrategicAim
from accounts.models.warned import Warned, WarningKind

__all__ = [
    "AccountGrant",
    "AccountState",
    "CorporateGrant",
    "Credential",
    "RiskAssessment",
    "RiskLevel",
    "ServiceArea",
    "SocialAccount",
    "StrategicAim",
    "TwoFactorState",
    "User",
    "Warned",
    "WarningKind",
]
