from django.urls import path

from training.views import (
    policies,
    policy_consulting,
    policy_drafts,
    policy_publishing,
    policy_putting_away,
)

ONE = "policies/<slug:slug>/"

urlpatterns = [
    path("policies/", policies.policies, name="policies"),
    path("policies/new/", policy_drafts.add, name="policy_new"),
    path("policies/that-come-with-it/", policy_drafts.add_starters, name="policy_starters"),
    path(ONE, policies.policy, name="policy"),
    path(f"{ONE}versions/<int:number>/", policies.version, name="policy_version"),
    path(f"{ONE}versions/<int:number>/changes/", policies.changes, name="policy_changes"),
    path(f"{ONE}versions/<int:number>/print/", policies.printed, name="policy_print"),
    path(f"{ONE}details/", policy_drafts.details, name="policy_details"),
    path(f"{ONE}put-away/", policy_putting_away.put_away, name="policy_put_away"),
    path(f"{ONE}bring-back/", policy_putting_away.bring_back, name="policy_bring_back"),
    path(f"{ONE}start/", policy_drafts.start, name="policy_start"),
    path(f"{ONE}draft/", policy_drafts.draft, name="policy_draft"),
    path(f"{ONE}draft/edit/", policy_drafts.edit, name="policy_draft_edit"),
    path(f"{ONE}draft/withdraw/", policy_drafts.withdraw, name="policy_draft_withdraw"),
    path(
        f"{ONE}draft/since/<str:digest>/", policy_consulting.since_read, name="policy_draft_since"
    ),
    path(f"{ONE}draft/ask/", policy_consulting.ask, name="policy_ask"),
    path(f"{ONE}draft/committee/", policy_publishing.committee, name="policy_committee"),
    path(f"{ONE}draft/publish/", policy_publishing.publish, name="policy_publish"),
    path(f"{ONE}consultation/", policy_consulting.consultation, name="policy_consultation"),
    path(f"{ONE}review/", policy_publishing.review, name="policy_review"),
    path(f"{ONE}acknowledged/", policy_publishing.acknowledged, name="policy_acknowledged"),
    path(
        f"{ONE}acknowledged.csv", policy_publishing.acknowledged_csv, name="policy_acknowledged_csv"
    ),
    path(
        "policies/consultees/<int:consultee_id>/date/",
        policy_consulting.move_date,
        name="policy_consultee_date",
    ),
    path(
        "policies/consultees/<int:consultee_id>/remove/",
        policy_consulting.remove,
        name="policy_consultee_remove",
    ),
    path(
        "policies/consultees/<int:consultee_id>/answer/",
        policy_consulting.answer_for,
        name="policy_consultee_answer",
    ),
    path(
        "policies/comments/<int:comment_id>/reply/",
        policy_consulting.reply,
        name="policy_comment_reply",
    ),
]
