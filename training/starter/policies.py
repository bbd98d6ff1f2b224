"""The policies that come with the product."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from training.models import PolicyKind
from training.starter.courses import MOST_MONTHS
from training.starter.tables import CONTENT, Table, table_in, text_in


@dataclass(frozen=True, slots=True)
class StarterPolicy:
    """`{council}` in its text stands for the council's name."""

    slug: str
    title: str
    kind: PolicyKind
    valid_months: int
    needed_to_write: bool
    summary: str
    text: str


def starter_policies(content: Path = CONTENT) -> tuple[StarterPolicy, ...]:
    """Every policy that is listed, in that order. Raises BadContent."""
    listed = table_in(content / "policies" / "policies.toml", content)
    found = tuple(_policy(each, content) for each in listed.tables("policy", "policy"))
    listed.finish()
    names = {policy.slug for policy in found}
    written = {path.stem for path in (content / "policies").glob("*.md")}
    if len(names) < len(found) or names != written:
        raise listed.fault("has to list every text in the folder, and each once")
    return found


def _policy(table: Table, root: Path) -> StarterPolicy:
    slug, kind = table.text("slug"), table.text("kind")
    if kind not in PolicyKind.values:
        raise table.fault(f"“kind” is one of {', '.join(PolicyKind.values)}")
    policy = StarterPolicy(
        slug=slug,
        title=table.text("title"),
        kind=PolicyKind(kind),
        valid_months=table.number("valid_months", MOST_MONTHS),
        needed_to_write=table.flag("needed_to_write"),
        summary=table.text("summary"),
        text=text_in(root / "policies" / f"{slug}.md", root),
    )
    table.finish()
    return policy
