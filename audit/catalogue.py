"""The closed catalogue of what can stand in the audit trail.

`record()` refuses anything that is not here. Each event needs a sentence in `sentences.py`.
A value, once released, is never changed or used for something else: old entries carry it.
"""

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    """One kind of thing that happened; the part before the dot is its group."""

    # Signing in. A failed sign-in with an unknown address has no person: see `record.Subject`.
    SIGNED_IN = "sign_in.signed_in"
    SIGNED_OUT = "sign_in.signed_out"
    SIGN_IN_FAILED = "sign_in.failed"
    SIGN_IN_LOCKED_OUT = "sign_in.locked_out"
    PASSWORD_CHANGED = "sign_in.password_changed"  # noqa: S105 - the name of an event
    PASSWORD_RESET_ASKED = "sign_in.password_reset_asked"  # noqa: S105 - the same
    TWO_FACTOR_SET = "sign_in.two_factor_set"
    TWO_FACTOR_REMOVED = "sign_in.two_factor_removed"
    RECOVERY_CODES_MADE = "sign_in.recovery_codes_made"

    PERSON_ADDED = "person.added"
    PERSON_CHANGED = "person.changed"
    CODE_ISSUED = "person.code_issued"
    PERSON_LEFT = "person.left"
    PERSON_RETURNED = "person.returned"
    ROLE_GIVEN = "person.role_given"
    ROLE_REMOVED = "person.role_removed"

    SERVICE_AREA_ADDED = "service_area.added"
    SERVICE_AREA_CHANGED = "service_area.changed"

    ACCOUNT_REGISTERED = "account.registered"
    ACCOUNT_CHANGED = "account.changed"
    REGISTER_EXPORTED = "account.register_exported"
    AIM_ADDED = "account.aim_added"
    AIM_CHANGED = "account.aim_changed"
    ACCOUNT_STATE_MOVED = "account.state_moved"
    ACCOUNT_ROLE_GIVEN = "account.role_given"
    ACCOUNT_ROLE_REMOVED = "account.role_removed"
    ACCOUNT_ROLE_CHANGED = "account.role_changed"
    ACCESS_EXPORTED = "account.access_exported"
    CREDENTIAL_STORED = "account.credential_stored"
    CREDENTIAL_ROTATED = "account.credential_rotated"
    CREDENTIAL_DESTROYED = "account.credential_destroyed"
    CREDENTIAL_EXPIRED = "account.credential_expired"
    CREDENTIAL_ACCEPTED = "account.credential_accepted"
    RISK_ASSESSED = "account.risk_assessed"
    RISK_SIGNED_OFF = "account.risk_signed_off"
    RISK_WARNED = "account.risk_warned"
    REQUEST_BEGUN = "account.request_begun"
    REQUEST_CHANGED = "account.request_changed"
    REQUEST_SUBMITTED = "account.request_submitted"
    REQUEST_SUPPORTED = "account.request_supported"
    REQUEST_RETURNED = "account.request_returned"
    REQUEST_ACCEPTED = "account.request_accepted"
    REQUEST_REFUSED = "account.request_refused"
    REQUEST_WITHDRAWN = "account.request_withdrawn"
    PART_ACCEPTED = "account.part_accepted"
    PART_ACCEPTED_ON_PAPER = "account.part_accepted_on_paper"
    PART_DECLINED = "account.part_declined"
    CHECK_ANSWERED = "account.check_answered"
    RISK_RETURNED = "account.risk_returned"
    HAZARD_ADDED = "account.hazard_added"
    HAZARD_CHANGED = "account.hazard_changed"
    REGISTER_IMPORTED = "account.register_imported"
    CONNECTION_BEGUN = "account.connection_begun"
    CONNECTION_REFUSED = "account.connection_refused"
    CREDENTIAL_RENEWED = "account.credential_renewed"
    CREDENTIAL_REVOKED = "account.credential_revoked"
    CONNECTION_WARNED = "account.connection_warned"
    ACCESS_REVIEW_OPENED = "account.access_review_opened"
    ACCESS_CONFIRMED = "account.access_confirmed"
    ACCESS_LAPSED = "account.access_lapsed"
    ACCESS_REVIEW_CLOSED = "account.access_review_closed"
    ACCESS_REVIEW_WARNED = "account.access_review_warned"
    RATIONALISATION_OPENED = "account.rationalisation_opened"
    RATIONALISATION_DECIDED = "account.rationalisation_decided"
    RATIONALISATION_DONE = "account.rationalisation_done"
    RATIONALISATION_CLOSED = "account.rationalisation_closed"
    CLOSING_BEGUN = "account.closing_begun"
    CLOSING_ABANDONED = "account.closing_abandoned"
    ARCHIVE_MADE = "account.archive_made"
    ARCHIVE_DOWNLOADED = "account.archive_downloaded"
    ACCOUNT_HANDED_ON = "account.handed_on"

    COURSE_ADDED = "training.course_added"
    COURSE_CHANGED = "training.course_changed"
    PACKAGE_IMPORTED = "training.package_imported"
    COURSE_EXPORTED = "training.course_exported"
    COURSE_PUT_AWAY = "training.course_put_away"
    COURSE_BROUGHT_BACK = "training.course_brought_back"
    COURSE_DRAFT_STARTED = "training.course_draft_started"
    COURSE_DRAFT_CHANGED = "training.course_draft_changed"
    COURSE_DRAFT_WITHDRAWN = "training.course_draft_withdrawn"
    COURSE_PUBLISHED = "training.course_published"
    LESSON_ADDED = "training.lesson_added"
    LESSON_CHANGED = "training.lesson_changed"
    LESSON_MOVED = "training.lesson_moved"
    LESSON_DELETED = "training.lesson_deleted"
    LESSON_FILE_ADDED = "training.lesson_file_added"
    QUESTION_ADDED = "training.question_added"
    QUESTION_CHANGED = "training.question_changed"
    QUESTION_MOVED = "training.question_moved"
    QUESTION_DELETED = "training.question_deleted"
    COURSE_COMPLETED = "training.completed"
    COMPLETION_WITHDRAWN = "training.completion_withdrawn"
    LEARNING_ASSIGNED = "training.assigned"
    ASSIGNMENT_ENDED = "training.assignment_ended"
    LEARNING_ESCALATED = "training.escalated"
    TRAINING_REMINDED = "training.reminded"
    TRAINING_EXPORTED = "training.exported"
    CONVERSATION_RECORDED = "training.conversation_recorded"
    CONVERSATION_ADDED = "training.conversation_added"
    COMPLETIONS_IMPORTED = "training.completions_imported"
    SESSION_PLANNED = "training.session_planned"
    SESSION_CHANGED = "training.session_changed"
    SESSION_CANCELLED = "training.session_cancelled"
    SESSION_BOOKED = "training.session_booked"
    SESSION_WAITED_FOR = "training.session_waited_for"
    SESSION_PLACE_GIVEN = "training.session_place_given"
    SESSION_BOOKING_CANCELLED = "training.session_booking_cancelled"
    SESSION_ATTENDED = "training.session_attended"
    SESSION_NOT_ATTENDED = "training.session_not_attended"
    ATTENDANCE_TAKEN_BACK = "training.attendance_taken_back"
    ATTENDANCE_EXPORTED = "training.attendance_exported"
    AMBASSADOR_NAMED = "training.ambassador_named"
    AMBASSADOR_CHANGED = "training.ambassador_changed"
    AMBASSADOR_ENDED = "training.ambassador_ended"
    POLICY_PUBLISHED = "training.policy_published"
    POLICY_ACKNOWLEDGED = "training.acknowledged"

    POLICY_ADDED = "policy.added"
    POLICY_CHANGED = "policy.changed"
    POLICY_PUT_AWAY = "policy.put_away"
    POLICY_BROUGHT_BACK = "policy.brought_back"
    POLICY_DRAFT_STARTED = "policy.draft_started"
    POLICY_DRAFT_CHANGED = "policy.draft_changed"
    POLICY_DRAFT_WITHDRAWN = "policy.draft_withdrawn"
    POLICY_CONSULTEE_ASKED = "policy.consultee_asked"
    POLICY_CONSULTEE_REMOVED = "policy.consultee_removed"
    POLICY_DATE_MOVED = "policy.date_moved"
    POLICY_SIGNED_OFF = "policy.signed_off"
    POLICY_CHANGES_ASKED = "policy.changes_asked"
    POLICY_SIGN_OFFS_VOIDED = "policy.sign_offs_voided"
    POLICY_COMMENTED = "policy.commented"
    POLICY_COMMENT_ANSWERED = "policy.comment_answered"
    POLICY_DECIDED = "policy.decided"
    POLICY_REVIEWED = "policy.reviewed"
    POLICY_REMINDED = "policy.reminded"
    POLICY_EXPORTED = "policy.exported"

    PHASE_ADDED = "strategy.phase_added"
    PHASE_CHANGED = "strategy.phase_changed"
    STRATEGY_ACTION_ADDED = "strategy.action_added"
    STRATEGY_ACTION_CHANGED = "strategy.action_changed"
    STRATEGY_ACTION_MOVED = "strategy.action_moved"

    POST_DRAFTED = "post.drafted"
    POST_VERSION_MADE = "post.version_made"
    POST_SUBMITTED = "post.submitted"
    POST_TAKEN_BACK = "post.taken_back"
    POST_WITHDRAWN = "post.withdrawn"
    POST_APPROVED = "post.approved"
    POST_SECOND_CHECKED = "post.second_checked"
    POST_CHANGES_REQUESTED = "post.changes_requested"
    POST_APPROVAL_VOIDED = "post.approval_voided"
    POST_SCHEDULED = "post.scheduled"
    POST_UNSCHEDULED = "post.unscheduled"
    POST_MOVED = "post.moved"
    POST_MOVED_AND_APPROVED = "post.moved_and_approved"
    POST_REDIRECTED = "post.redirected"
    POST_MISSED_SLOT = "post.missed_slot"
    POST_PUBLISHED = "post.published"
    POST_PART_PUBLISHED = "post.part_published"
    POST_FAILED = "post.failed"
    POST_ARCHIVED = "post.archived"
    POST_DISCARDED = "post.discarded"
    POST_HANDED_ON = "post.handed_on"
    POST_DUPLICATED = "post.duplicated"
    POSTS_IMPORTED = "post.imported"
    POST_ELECTION_CHECKED = "post.election_checked"
    POST_SENT_BACK_UNDECIDED = "post.sent_back_undecided"
    POST_REMINDED = "post.reminded"
    POST_ESCALATED = "post.escalated"
    POST_COMMENTED = "post.commented"
    POST_PUBLISHED_IN_EMERGENCY = "post.published_in_emergency"
    EMERGENCY_CHECKED = "post.emergency_checked"
    POST_TAKEDOWN_ASKED = "post.takedown_asked"
    POST_TAKEN_DOWN = "post.taken_down"
    CAPTIONS_ADDED = "post.captions_added"
    CAPTIONS_SENT = "post.captions_sent"
    CAPTIONS_FAILED = "post.captions_failed"
    CAPTIONS_ADDED_BY_HAND = "post.captions_added_by_hand"
    CAPTIONS_TRIED_AGAIN = "post.captions_tried_again"
    MEDIA_ADDED = "post.media_added"
    MEDIA_REMOVED = "post.media_removed"

    DELIVERY_PUBLISHED = "delivery.published"
    DELIVERY_REJECTED = "delivery.rejected"
    DELIVERY_PUT_OFF = "delivery.put_off"
    DELIVERY_OUTCOME_UNKNOWN = "delivery.outcome_unknown"
    DELIVERY_RECONCILED_FOUND = "delivery.reconciled_found"
    DELIVERY_RECONCILED_ABSENT = "delivery.reconciled_absent"
    DELIVERY_ASKS_PERSON = "delivery.asks_person"
    DELIVERY_LOOKED_FOR_AGAIN = "delivery.looked_for_again"
    DELIVERY_CONFIRMED_LIVE = "delivery.confirmed_live"
    DELIVERY_CONFIRMED_NOT_LIVE = "delivery.confirmed_not_live"
    DELIVERY_REFUSED = "delivery.refused"
    DELIVERY_TAMPERED = "delivery.tampered"
    DELIVERY_HELD = "delivery.held"
    DELIVERY_CANCELLED = "delivery.cancelled"
    DELIVERY_MISSED = "delivery.missed"
    DELIVERY_RESENT = "delivery.resent"
    REMOVAL_DONE = "delivery.removal_done"
    REMOVAL_BY_HAND_ASKED = "delivery.removal_by_hand_asked"
    REMOVAL_BY_HAND_DONE = "delivery.removal_by_hand_done"
    REMOVAL_TRIED_AGAIN = "delivery.removal_tried_again"

    STOP_PLACED = "stop.placed"
    STOP_RELEASED = "stop.released"
    STOP_RELEASE_ASKED = "stop.release_asked"
    STOP_RELEASE_NOT_AGREED = "stop.release_not_agreed"
    STOP_EXCEPTION_ADDED = "stop.exception_added"
    STOP_HELD_SPREAD = "stop.held_spread"

    CHECK_SET = "rule.check_set"
    WORD_ADDED = "rule.word_added"
    WORD_REMOVED = "rule.word_removed"
    TOPIC_ADDED = "rule.topic_added"
    TOPIC_CHANGED = "rule.topic_changed"
    ROUTE_ADDED = "rule.route_added"
    ROUTE_CHANGED = "rule.route_changed"
    ABSENCE_ENTERED = "rule.absence_entered"
    ABSENCE_ENDED = "rule.absence_ended"

    ELECTION_ENTERED = "election.entered"
    ELECTION_CHANGED = "election.changed"
    ELECTION_CANCELLED = "election.cancelled"
    ELECTION_POST_LISTED = "election.post_listed"
    ELECTION_POST_REVIEWED = "election.post_reviewed"
    WARD_ADDED = "election.ward_added"
    WARD_CHANGED = "election.ward_changed"
    NON_WORKING_DAY_ADDED = "election.non_working_day_added"

    MEDIA_DESCRIBED = "library.described"
    MEDIA_SHARED = "library.shared"
    MEDIA_ARCHIVED = "library.archived"
    CONSENT_RECORDED = "library.consent_recorded"
    CONSENT_CHANGED = "library.consent_changed"
    CONSENT_WITHDRAWN = "library.consent_withdrawn"

    CAMPAIGN_ADDED = "plan.campaign_added"
    CAMPAIGN_CHANGED = "plan.campaign_changed"
    CAMPAIGN_CLOSED = "plan.campaign_closed"
    CONTENT_PLAN_SET = "plan.content_plan_set"
    SERIES_ADDED = "plan.series_added"
    SERIES_CHANGED = "plan.series_changed"
    SERIES_PAUSED = "plan.series_paused"
    SERIES_RESUMED = "plan.series_resumed"
    SERIES_ENDED = "plan.series_ended"
    SERIES_HELD = "plan.series_held"
    SERIES_TAKEN_OVER = "plan.series_taken_over"
    SERIES_HANDED_ON = "plan.series_handed_on"
    OCCURRENCE_MADE = "post.occurrence_made"
    OCCURRENCE_NOT_SENT = "post.occurrence_not_sent"
    FEED_MADE = "plan.feed_made"
    FEED_REVOKED = "plan.feed_revoked"
    TEMPLATE_ADDED = "plan.template_added"
    TEMPLATE_CHANGED = "plan.template_changed"
    TEMPLATE_ARCHIVED = "plan.template_archived"
    SNIPPET_ADDED = "plan.snippet_added"
    SNIPPET_CHANGED = "plan.snippet_changed"
    SNIPPET_ARCHIVED = "plan.snippet_archived"

    PROMOTION_ASKED = "promotion.asked"
    PROMOTION_BUDGET_AGREED = "promotion.budget_agreed"
    PROMOTION_WORDS_AGREED = "promotion.words_agreed"
    PROMOTION_REFUSED = "promotion.refused"
    PROMOTION_WITHDRAWN = "promotion.withdrawn"
    PROMOTION_SPEND_RECORDED = "promotion.spend_recorded"
    PROMOTIONS_EXPORTED = "promotion.exported"

    CIRCUIT_OPENED = "circuit.opened"
    CIRCUIT_CLOSED = "circuit.closed"

    INTAKE_FAILED = "intake.failed"
    INTAKE_RECOVERED = "intake.recovered"

    AUDIT_EXPORTED = "audit.exported"
    AUDIT_VERIFIED = "audit.verified"
    RESTRICTED_VIEWED = "audit.restricted_viewed"

    @property
    def group(self) -> str:
        """The key of the group in `GROUPS`."""
        return self.value.partition(".")[0]

    @property
    def label(self) -> str:
        """A short name for lists of choices, e.g. "Post approved"."""
        return self.name.replace("_", " ").capitalize()


GROUPS: dict[str, str] = {
    "sign_in": "Signing in",
    "person": "People and roles",
    "service_area": "Service areas",
    "account": "Social accounts",
    "training": "Training and policies",
    "policy": "Drafts and reviews of policies",
    "strategy": "Strategy’s timetable",
    "post": "Posts",
    "delivery": "Deliveries",
    "stop": "Stops",
    "rule": "Checks and routes",
    "election": "Elections",
    "library": "Media library",
    "plan": "Plans and campaigns",
    "promotion": "Paid promotion",
    "circuit": "Platforms",
    "intake": "Mentions",
    "audit": "Audit trail",
}
"""Groups in the order in which a person meets them, with their names."""


def in_group(group: str) -> list[Event]:
    """The events of one group; empty for a group that does not exist."""
    return [event for event in Event if event.group == group]
