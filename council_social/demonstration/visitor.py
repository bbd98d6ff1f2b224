"""A person with a browser, as far as the demonstration needs one: pages, their forms, cookies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests
from django.urls import reverse

File = tuple[str, bytes, str]
"""Name, bytes and content type."""


class WrongPage(Exception):
    """The page is not the one that was expected; the message says what came instead."""


@dataclass
class Form:
    """One form of a page, with what its fields hold. Buttons are not in it."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    def has(self, *names: str) -> bool:
        return set(names) <= {name for name, _ in self.fields}

    def filled(self, values: Mapping[str, str | Sequence[str]]) -> list[tuple[str, str]]:
        """What is sent: the fields as they are, but for those in `values`."""
        kept = [(name, value) for name, value in self.fields if name not in values]
        typed = [
            (name, one)
            for name, value in values.items()
            for one in ([value] if isinstance(value, str) else value)
        ]
        return kept + typed


class _Forms(HTMLParser):
    """Reads the forms of a page; only posted ones."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._area = ""
        self._first = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self._open = Form(given.get("action", ""))
            self.forms.append(self._open)
        elif self._open and tag == "input" and given.get("name"):
            ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
            if given.get("type") != "file" and ticked:
                self._open.fields.append((given["name"], given.get("value", "")))
        elif self._open and tag == "textarea":
            self._area = given.get("name", "")
            self._open.fields.append((self._area, ""))
        elif self._open and tag == "select":
            self._first = True
            self._open.fields.append((given.get("name", ""), ""))
        elif self._open and tag == "option" and (self._first or "selected" in given):
            self._first = False
            self._open.fields[-1] = (self._open.fields[-1][0], given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea" and self._open and self._area:
            name, value = self._open.fields[-1]
            # A browser takes away the first line end, which is the template's.
            self._open.fields[-1] = (name, value.removeprefix("\n"))
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._open and self._area:
            name, value = self._open.fields[-1]
            self._open.fields[-1] = (name, value + data)


class Visitor:
    """One person in one browser. Every method raises WrongPage where a page is not as expected."""

    def __init__(self, base_url: str, timeout_s: float = 30.0) -> None:
        self.base_url = base_url
        self.timeout_s = timeout_s
        self.address = base_url
        self.page = ""
        self._session = requests.Session()
        self._session.trust_env = False

    def open(self, path: str) -> str:
        """Go to a page; its HTML."""
        address = urljoin(self.base_url, path)
        return self._arrived(self._session.get(address, timeout=self.timeout_s))

    def sign_in(self, email: str, password: str) -> None:
        self.open(reverse("account_login"))
        self.send(("login", "password"), {"login": email, "password": password})
        if self._form(("login", "password")):
            raise WrongPage(f"{email} could not sign in.")

    def send(
        self,
        of: Iterable[str],
        values: Mapping[str, str | Sequence[str]],
        files: Sequence[tuple[str, File]] = (),
    ) -> str:
        """Fill in the form of this page that has the fields `of`, and send it; the next page."""
        form = self._form(tuple(of))
        if form is None:
            raise WrongPage(f"{self.address} has no form with {', '.join(of)}.")
        answer = self._session.post(
            urljoin(self.address, form.action or self.address),
            data=form.filled(values),
            files=list(files) or None,
            # Browsers say where they come from, and Django asks for it.
            headers={"Referer": self.address},
            timeout=self.timeout_s,
        )
        return self._arrived(answer)

    def _form(self, names: tuple[str, ...]) -> Form | None:
        reader = _Forms()
        reader.feed(self.page)
        return next((form for form in reader.forms if form.has(*names)), None)

    def _arrived(self, answer: requests.Response) -> str:
        if not answer.ok:
            raise WrongPage(f"{answer.url} answered {answer.status_code}: {_title(answer.text)}")
        self.address, self.page = answer.url, answer.text
        return self.page


def _title(page: str) -> str:
    return page.partition("<title>")[2].partition("</title>")[0].strip() or "a page without a title"
