"""The second factor: secrets encrypted at rest, and a QR code that needs no image address."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.safestring import SafeString

from accounts.encryption import decrypt, encrypt, rotate


class MFAAdapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is not right, or was used already. Enter the newest one.",
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> SafeString:
        """The code as markup for the page itself: our pages load no `data:` images."""
        svg = super().build_totp_svg(url)
        return SafeString(svg[svg.index("<svg") :])


def rotate_second_factors() -> int:
    """Encrypt every second factor's secret with the newest key; returns how many there were."""
    ids = list(Authenticator.objects.order_by("pk").values_list("pk", flat=True))
    return sum(_rotate_one(pk) for pk in ids)


@transaction.atomic
def _rotate_one(pk: int) -> int:
    kept = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if kept is None:
        return 0
    for name in {"secret", "seed"} & kept.data.keys():
        kept.data[name] = rotate(kept.data[name].encode()).decode()
    kept.save(update_fields=["data"])
    return 1
