"""Every permission there is, and the roles: readable bundles of them.

Corporate roles hold everywhere. Account roles hold on one social account. A line manager has the
manager's bundle over the people they manage; nobody grants it, it follows from `User.manager`.
"""

from __future__ import annotations

from enum import StrEnum

from django.db import models


class Permission(StrEnum):
    # Posts
    WRITE_POST = "write posts"
    APPROVE_POST = "approve posts"
    GIVE_SECOND_CHECK = "give posts their second check"
    GIVE_ELECTION_CHECK = "give posts the Monitoring Officer’s check"
    PUBLISH_IN_EMERGENCY = "publish in an emergency"
    TAKE_DOWN_POST = "take posts down"
    SCHEDULE_POST = "move the time of posts"
    SEE_ALL_POSTS = "see all posts"
    SEE_PUBLISHED_POSTS = "see published posts"
    # Delivery
    SETTLE_DELIVERY = "say whether a post is live"
    STOP_DELIVERY = "stop all delivery"
    # Rules and plans
    EDIT_RULES = "keep the checks, word lists and routes"
    RUN_ELECTIONS = "enter election periods"
    KEEP_LIBRARY = "keep the media library"
    PLAN_CONTENT = "plan content and campaigns"
    AGREE_SPENDING = "agree to spending on promotion"
    SEE_SPENDING = "see what was spent on promotion"
    # Monitoring
    SEE_MENTIONS = "see mentions"
    # Register
    SEE_REGISTER = "see the accounts register"
    MANAGE_ACCOUNTS = "manage the accounts register"
    EXPORT_REGISTER = "export the accounts register"
    EDIT_AIMS = "keep the list of strategic aims"
    ASSESS_RISK = "assess the risk of accounts"
    SIGN_OFF_RISK = "sign off risk assessments"
    SIGN_OFF_LOW_RISK = "sign off assessments of low risk"
    EDIT_HAZARDS = "keep the template of hazards"
    ASK_FOR_ACCOUNT = "ask for an account"
    SUPPORT_REQUEST = "support requests for accounts"
    DECIDE_REQUEST = "decide on requests for accounts"
    CHECK_ACCOUNT = "check accounts against the checklists"
    RATIONALISE = "decide which accounts are kept"
    CLOSE_ACCOUNT = "close accounts"
    REVIEW_ACCESS = "confirm who still needs access"
    SEE_ACCESS = "see who could post on any day"
    MANAGE_PEOPLE = "manage people and roles"
    # Training
    SEE_TRAINING_RECORDS = "see training records"
    RECORD_TRAINING = "record training"
    EDIT_COURSES = "write courses"
    ASSIGN_TRAINING = "assign training"
    RUN_SESSIONS = "run training sessions"
    ISSUE_CODES = "give out personal codes"
    RECORD_CONVERSATION = "record conversations about conduct"
    # Policies
    EDIT_POLICIES = "keep the policies"
    KEEP_TIMETABLE = "keep the strategy’s timetable"
    # Records
    SEE_AUDIT = "see the audit trail"
    EXPORT_AUDIT = "export the audit trail"
    # Administration
    ADMINISTER = "administer the service"


class CorporateRole(models.TextChoices):
    DIGITAL_TEAM = "digital_team", "Digital team"
    COMMUNICATIONS_OFFICER = "communications_officer", "Communications officer"
    HR = "hr", "HR"
    AUDITOR = "auditor", "Auditor"
    MONITORING_OFFICER = "monitoring_officer", "Monitoring Officer"
    DUTY_OFFICER = "duty_officer", "Duty officer"
    BUDGET_HOLDER = "budget_holder", "Budget holder"
    ELECTED_MEMBER = "elected_member", "Elected member"
    MEMBER_OF_STAFF = "member_of_staff", "Member of staff"


class AccountRole(models.TextChoices):
    DRAFTER = "drafter", "Drafter"
    SITE_OWNER = "site_owner", "Site owner"
    APPROVER = "approver", "Approver"


_P = Permission

_CORPORATE_TEAM = frozenset(
    {
        _P.WRITE_POST,
        _P.SCHEDULE_POST,
        _P.SEE_ALL_POSTS,
        _P.SEE_PUBLISHED_POSTS,
        _P.SETTLE_DELIVERY,
        _P.STOP_DELIVERY,
        _P.TAKE_DOWN_POST,
        _P.EDIT_RULES,
        _P.RUN_ELECTIONS,
        _P.KEEP_LIBRARY,
        _P.PLAN_CONTENT,
        _P.SEE_SPENDING,
        _P.SEE_MENTIONS,
        _P.SEE_REGISTER,
        _P.EXPORT_REGISTER,
        _P.EDIT_AIMS,
        _P.ASSESS_RISK,
        _P.SIGN_OFF_RISK,
        _P.SIGN_OFF_LOW_RISK,
        _P.EDIT_HAZARDS,
        _P.DECIDE_REQUEST,
        _P.CHECK_ACCOUNT,
        _P.RATIONALISE,
        _P.CLOSE_ACCOUNT,
        _P.SEE_ACCESS,
        _P.EDIT_COURSES,
        _P.RUN_SESSIONS,
        _P.EDIT_POLICIES,
        _P.KEEP_TIMETABLE,
    }
)
"""What communications and the digital team share: joint access to everything."""

CORPORATE_BUNDLES: dict[CorporateRole, frozenset[Permission]] = {
    CorporateRole.DIGITAL_TEAM: _CORPORATE_TEAM
    | {
        _P.MANAGE_ACCOUNTS,
        _P.REVIEW_ACCESS,
        _P.ASSIGN_TRAINING,
        _P.MANAGE_PEOPLE,
        _P.SEE_AUDIT,
        _P.EXPORT_AUDIT,
        _P.ADMINISTER,
    },
    CorporateRole.COMMUNICATIONS_OFFICER: _CORPORATE_TEAM | {_P.APPROVE_POST, _P.GIVE_SECOND_CHECK},
    CorporateRole.HR: frozenset(
        {
            _P.SEE_REGISTER,
            _P.SEE_TRAINING_RECORDS,
            _P.RECORD_TRAINING,
            _P.EDIT_COURSES,
            _P.ASSIGN_TRAINING,
            _P.RUN_SESSIONS,
            _P.ISSUE_CODES,
            _P.RECORD_CONVERSATION,
        }
    ),
    CorporateRole.AUDITOR: frozenset(
        {
            _P.SEE_ALL_POSTS,
            _P.SEE_PUBLISHED_POSTS,
            _P.SEE_MENTIONS,
            _P.SEE_REGISTER,
            _P.EXPORT_REGISTER,
            _P.SEE_ACCESS,
            _P.SEE_SPENDING,
            _P.SEE_AUDIT,
            _P.EXPORT_AUDIT,
        }
    ),
    CorporateRole.MONITORING_OFFICER: frozenset(
        {
            _P.GIVE_ELECTION_CHECK,
            _P.SEE_ALL_POSTS,
            _P.SEE_PUBLISHED_POSTS,
            _P.SEE_REGISTER,
            _P.RUN_ELECTIONS,
        }
    ),
    CorporateRole.DUTY_OFFICER: frozenset(
        {
            _P.PUBLISH_IN_EMERGENCY,
            _P.WRITE_POST,
            _P.SEE_ALL_POSTS,
            _P.SEE_PUBLISHED_POSTS,
            _P.SEE_REGISTER,
            _P.STOP_DELIVERY,
            _P.TAKE_DOWN_POST,
        }
    ),
    CorporateRole.BUDGET_HOLDER: frozenset({_P.AGREE_SPENDING, _P.SEE_SPENDING, _P.SEE_REGISTER}),
    CorporateRole.ELECTED_MEMBER: frozenset({_P.SEE_REGISTER, _P.SEE_PUBLISHED_POSTS}),
    CorporateRole.MEMBER_OF_STAFF: frozenset({_P.SEE_REGISTER, _P.ASK_FOR_ACCOUNT}),
}

ACCOUNT_BUNDLES: dict[AccountRole, frozenset[Permission]] = {
    AccountRole.DRAFTER: frozenset({_P.WRITE_POST, _P.SEE_MENTIONS}),
    AccountRole.SITE_OWNER: frozenset(
        {
            _P.WRITE_POST,
            _P.SCHEDULE_POST,
            _P.SEE_MENTIONS,
            _P.PLAN_CONTENT,
            _P.ASSESS_RISK,
            _P.REVIEW_ACCESS,
            _P.SEE_ACCESS,
        }
    ),
    AccountRole.APPROVER: frozenset(
        {_P.WRITE_POST, _P.APPROVE_POST, _P.SCHEDULE_POST, _P.SEE_MENTIONS}
    ),
}

MANAGER_BUNDLE = frozenset(
    {
        _P.SEE_TRAINING_RECORDS,
        _P.ISSUE_CODES,
        _P.RECORD_CONVERSATION,
        _P.SUPPORT_REQUEST,
        _P.SIGN_OFF_LOW_RISK,
    }
)
"""What a line manager holds over the people of their team."""

NEEDS_EVIDENCE = frozenset(
    {
        _P.WRITE_POST,
        _P.APPROVE_POST,
        _P.GIVE_SECOND_CHECK,
        _P.GIVE_ELECTION_CHECK,
        _P.PUBLISH_IN_EMERGENCY,
        _P.SCHEDULE_POST,
    }
)
"""Held only while training and policy are in date; asked of the evidence providers."""

NEEDS_TWO_FACTOR = frozenset(
    {
        _P.APPROVE_POST,
        _P.GIVE_SECOND_CHECK,
        _P.GIVE_ELECTION_CHECK,
        _P.PUBLISH_IN_EMERGENCY,
        _P.TAKE_DOWN_POST,
        _P.STOP_DELIVERY,
        _P.EDIT_RULES,
        _P.RUN_ELECTIONS,
        _P.AGREE_SPENDING,
        _P.MANAGE_ACCOUNTS,
        _P.DECIDE_REQUEST,
        _P.CLOSE_ACCOUNT,
        _P.MANAGE_PEOPLE,
        _P.ADMINISTER,
    }
)
"""Whoever holds one of these must sign in with a second factor (settings.TWO_FACTOR_REQUIRED)."""
