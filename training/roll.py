"""Who is meant by an e-mail address or a staff number, looked up for many at a time."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from accounts.models import User
from pages.typed_rows import shortened


class Roll:
    """Everybody there ever was, read once."""

    def __init__(self) -> None:
        everybody = list(User.objects.all())
        self._by_email = {each.email.casefold(): each for each in everybody if each.email}
        self._by_number = {
            each.staff_number.casefold(): each for each in everybody if each.staff_number
        }

    def with_email(self, text: str) -> User:
        """Raises ValidationError for an address of nobody who works here."""
        return self._here(self._by_email.get(text.casefold()), "e-mail address", text)

    def with_number(self, text: str) -> User:
        """Raises ValidationError for a staff number of nobody who works here."""
        return self._here(self._by_number.get(text.casefold()), "staff number", text)

    def meant(self, text: str) -> User:
        """By the one or the other. Raises ValidationError."""
        return self.with_email(text) if "@" in text else self.with_number(text)

    @staticmethod
    def _here(found: User | None, what: str, text: str) -> User:
        if found is None:
            raise ValidationError(f"Nobody here has the {what} “{shortened(text)}”.")
        if not found.is_employed():
            raise ValidationError(f"{found.name} does not work for the council any more.")
        return found


def people_listed(text: str, *, most: int) -> list[User]:
    """The people of a list with one of them a line, each once, in its order.

    Raises ValidationError that names every line on which there is something wrong.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    filled = [(number, line) for number, line in lines if line]
    if len(filled) > most:
        raise ValidationError(f"Enter at most {most} people at a time. There are {len(filled)}.")
    roll, found, wrong = Roll(), [], []
    for number, line in filled:
        try:
            found.append(roll.meant(line))
        except ValidationError as refusal:
            wrong.append(f"Line {number}: {' '.join(refusal.messages)}")
    if wrong:
        raise ValidationError(wrong)
    return list(dict.fromkeys(found))
