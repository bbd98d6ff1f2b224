from django.urls import include, path

from accounts.views import (
    administration,
    aims,
    people,
    profile,
    public,
    register,
    register_changes,
    risk,
    roles,
    suggesting,
)

urlpatterns = [
    path("sign-in/", include("accounts.sign_in.urls")),
    path("profile/", profile.profile, name="profile"),
    path("accounts/", register.accounts, name="accounts"),
    path("accounts/new/", register_changes.add, name="account_new"),
    path("accounts/csv/", register.accounts_csv, name="accounts_csv"),
    path("accounts/print/", register.accounts_print, name="accounts_print"),
    path("accounts/<int:account_id>/", register.account, name="account"),
    path("accounts/<int:account_id>/change/", register_changes.change, name="account_change"),
    path("accounts/<int:account_id>/people/", register_changes.people, name="account_people"),
    path("accounts/<int:account_id>/timeline/", register.timeline, name="account_timeline"),
    path("our-accounts/", public.public_accounts, name="public_accounts"),
    path("accounts/suggested/", suggesting.accounts, name="accounts_suggested"),
    path("people/suggested/", suggesting.people, name="people_suggested"),
    path("accounts/risk/retrospective/", risk.retrospective, name="risk_retrospective"),
    path("accounts/<int:account_id>/risk/", risk.risk, name="risk"),
    path("accounts/<int:account_id>/risk/new/", risk.assess, name="risk_new"),
    path(
        "accounts/<int:account_id>/risk/<int:assessment_id>/sign-off/",
        risk.sign_off,
        name="risk_sign_off",
    ),
    path("admin/", administration.admin, name="admin"),
    path("admin/aims/", aims.aims, name="aims"),
    path("admin/aims/new/", aims.add, name="aim_new"),
    path("admin/aims/<int:aim_id>/", aims.change, name="aim_change"),
    path("admin/people/", people.people, name="people"),
    path("admin/people/new/", people.add, name="person_new"),
    path("admin/people/<int:person_id>/", people.person, name="person"),
    path("admin/people/<int:person_id>/change/", people.change, name="person_change"),
    path("admin/people/<int:person_id>/leave/", people.leave, name="person_leave"),
    path("admin/people/<int:person_id>/return/", people.come_back, name="person_return"),
    path(
        "admin/people/<int:person_id>/roles/new/", roles.give_corporate, name="corporate_role_new"
    ),
    path(
        "admin/people/<int:person_id>/roles/<int:grant_id>/end/",
        roles.take_corporate,
        name="corporate_role_end",
    ),
    path(
        "admin/people/<int:person_id>/account-roles/new/",
        roles.give_on_account,
        name="account_role_new",
    ),
    path(
        "admin/people/<int:person_id>/account-roles/<int:grant_id>/end/",
        roles.take_on_account,
        name="account_role_end",
    ),
]
