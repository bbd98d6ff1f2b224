"""What a token server's refusal means to us, where it speaks the words of RFC 6749, 5.2.

Vendors differ in which word they use for what, and in what a person can do about it.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from platforms.errors import PlatformError, SignInExpired
from platforms.sign_in import NotAllowed, NotSetUp
from platforms.token_server import Values


@dataclass(frozen=True, slots=True)
class Refusals:
    """One vendor's words (`our_fault`, `unknown_token`), and ours for a person about each case."""

    our_fault: Set[str]
    unknown_token: Set[str]
    not_set_up: str
    code_not_taken: str
    sign_in_over: str

    def of_code(self, status: int, answer: Values) -> PlatformError | None:
        """A code was refused; see :data:`platforms.token_server.Meaning`."""
        if wrong := self._of_us(status, answer):
            return wrong
        return NotAllowed(self.code_not_taken) if _word(answer) else None

    def of_token(self, status: int, answer: Values) -> PlatformError | None:
        """A token was refused; see :data:`platforms.token_server.Meaning`."""
        if wrong := self._of_us(status, answer):
            return wrong
        return self.expired() if _word(answer) in self.unknown_token else None

    def expired(self) -> SignInExpired:
        return SignInExpired(self.sign_in_over)

    def _of_us(self, status: int, answer: Values) -> NotSetUp | None:
        ours = status == 401 or _word(answer) in self.our_fault
        return NotSetUp(self.not_set_up) if ours else None


def _word(answer: Values) -> str:
    error = answer.get("error")
    return error if isinstance(error, str) else ""
