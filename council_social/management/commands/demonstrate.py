"""Drive one post from the form to the platforms and back, and say where to sign in as whom."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from council_social.demonstration.refusal import refuse_elsewhere
from council_social.demonstration.sign_ins import AT_THE_TERMINAL, PASSWORD, SIGN_INS
from council_social.demonstration.steps import NotInTime, Steps
from council_social.demonstration.visitor import WrongPage
from platforms.sandbox.remote import Control


class Command(BaseCommand):
    help = "Drive one post through the running product, as two people in their browsers would."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_elsewhere()
        showing = import_module("council_social.demonstration.one_post")
        steps = Steps(self._say)
        one = showing.OnePost(steps, Control(settings.SANDBOX_URL))
        try:
            shown = one.was_shown()
            if shown:
                when = timezone.localtime(shown.changed_at)
                now = "It is still here:" if one.addresses() else "It was taken down since."
                self._say(f"“{shown}” was shown on {when:%-d %B %Y at %H:%M}. {now}")
            else:
                self._say("One post, from the form to three platforms and back:")
                one.drive()
                self._say(f"All of it took {steps.seconds:.0f} seconds. The post is here:")
        except (NotInTime, WrongPage) as why:
            raise CommandError(str(why)) from None
        for address in one.addresses():
            self._say(f"    {address}")
        self._say_where_to_go()

    def _say_where_to_go(self) -> None:
        base = settings.BASE_URL
        rows = [(one.role, one.email, one.to_try) for one in SIGN_INS]
        role, email = (max(len(row[column]) for row in rows) for column in (0, 1))
        self._say("")
        self._say(f"Sign in as any of these. The password is: {PASSWORD}")
        self._say("")
        for row in rows:
            self._say(f"  {row[0]:<{role}}  {row[1]:<{email}}  {row[2]}")
        here = AT_THE_TERMINAL
        self._say(f"  {here.name:<{role}}  at {base}{reverse('terminal')}")
        self._say(f"  {'':<{role}}  with the staff number {here.number} and the code {here.code}")
        self._say("")
        self._say(f"  {'The product':<{role}}  {base}/")
        self._say(f"  {'The audit trail':<{role}}  {base}{reverse('audit')}")
        self._say(f"  {'The public timelines':<{role}}  {settings.SANDBOX_URL}/")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
