"""Celery's way in to what happens to training by the clock: each task calls one action."""

from __future__ import annotations

from celery import shared_task

from training.actions import importing, package_imports, policy_rounds, reminding, session_rounds
from training.policies.letters import mail_policy_letters
from training.reminding import letters
from training.sessions.letters import mail_session_letters


@shared_task(name="training.remind")
def remind() -> None:
    reminding.remind_all()


@shared_task(name="training.mail_reminders")
def mail_reminders() -> None:
    letters.mail_reminders()


@shared_task(name="training.forget_old_imports")
def forget_old_imports() -> None:
    importing.forget_old_imports()


@shared_task(name="training.forget_old_packages")
def forget_old_packages() -> None:
    package_imports.forget_old_packages()


@shared_task(name="training.look_after_policies")
def look_after_policies() -> None:
    policy_rounds.go_round()


@shared_task(name="training.mail_policy_letters")
def mail_letters_about_policies() -> None:
    mail_policy_letters()


@shared_task(name="training.go_round_sessions")
def go_round_sessions() -> None:
    session_rounds.go_round()


@shared_task(name="training.mail_session_letters")
def mail_letters_about_sessions() -> None:
    mail_session_letters()
