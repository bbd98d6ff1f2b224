"""E-mail addresses of persons: a post names a shared mailbox instead.

Allowed are mailboxes that say what they are for (info@, libraries@), at public bodies any that
holds no person’s name, and what the council has put on its list (`publishing.checks.allowed`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from publishing.checks.allowed import allowed_texts
from publishing.checks.finding import Check, Found, Severity, Source
from publishing.checks.language.said import everything_of
from publishing.composition import Composition

SOURCE = Source(
    "UK GDPR, Article 5(1)(c): data minimisation",
    "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/data-protection-principles/",
)
_ADDRESS = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})@([\w-]{1,63}(?:\.[\w-]{1,63}){1,5})")
_PUBLIC_BODIES = (
    ".gov.uk", ".gov.wales", ".gov.scot", ".llyw.cymru", ".nhs.uk", ".nhs.net", ".police.uk",
    ".sch.uk", ".ac.uk", ".parliament.uk",
)  # fmt: skip
_PRIVATE = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|yahoo|icloud|me|btinternet|aol|sky|talktalk|"
    r"virginmedia|ntlworld|protonmail|proton|gmx|tiscali|blueyonder)\."
)
_SHARED = frozenset(
    [
        "accessibility",
        "admin",
        "admissions",
        "adoption",
        "advice",
        "allotments",
        "appointments",
        "archives",
        "arts",
        "bins",
        "benefits",
        "bookings",
        "box",
        "business",
        "careers",
        "carers",
        "centre",
        "communications",
        "complaints",
        "consultation",
        "contact",
        "council",
        "customer",
        "customers",
        "democracy",
        "democratic",
        "editor",
        "elections",
        "email",
        "enquiries",
        "enquiry",
        "environment",
        "events",
        "families",
        "feedback",
        "finance",
        "foi",
        "fostering",
        "grants",
        "hall",
        "health",
        "heart",
        "hello",
        "help",
        "helpdesk",
        "highways",
        "housing",
        "info",
        "information",
        "jobs",
        "leisure",
        "letters",
        "library",
        "libraries",
        "licensing",
        "mail",
        "mailbox",
        "media",
        "museum",
        "news",
        "newsroom",
        "office",
        "online",
        "parking",
        "parks",
        "partnership",
        "planning",
        "policy",
        "post",
        "press",
        "programme",
        "project",
        "public",
        "reception",
        "recruitment",
        "recycling",
        "register",
        "registrars",
        "reply",
        "reports",
        "roads",
        "school",
        "schools",
        "secretary",
        "service",
        "services",
        "shop",
        "social",
        "streets",
        "support",
        "team",
        "theatre",
        "tickets",
        "tourism",
        "training",
        "transport",
        "travel",
        "trees",
        "visitor",
        "volunteer",
        "volunteers",
        "volunteering",
        "waste",
        "web",
        "webmaster",
        "welcome",
        "youth",
    ]
)


def check_email_addresses(composition: Composition, now: datetime) -> Iterator[Found]:
    allowed: frozenset[str] | None = None
    for said in everything_of(composition):
        for match in _ADDRESS.finditer(said.text):
            address = match[0].lower()
            if _is_shared(match[1].lower(), match[2].lower()):
                continue
            allowed = allowed_texts() if allowed is None else allowed
            if address in allowed or f"@{match[2].lower()}" in allowed:
                continue
            yield Found(
                f"Put a shared mailbox in the place of the address at {match[2][:60]}: it may be "
                "a person’s own",
                about=address,
                field=said.field,
            )


def _is_shared(box: str, domain: str) -> bool:
    if _PRIVATE.match(domain):
        return False
    parts = re.split(r"[._+\d-]+", box)
    if any(part in _SHARED for part in parts):
        return True
    return f".{domain}".endswith(_PUBLIC_BODIES) and len([part for part in parts if part]) == 1


CHECK = Check(
    key="email_addresses",
    title="No person’s e-mail address",
    find=check_email_addresses,
    severity=Severity.ADVISORY,
    source=SOURCE,
)
