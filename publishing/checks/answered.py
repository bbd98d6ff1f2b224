"""What the author says to advisory findings, and keeping both with the version that was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from publishing.checks.finding import Finding, Severity
from publishing.errors import AnswersNeeded, ChecksFailed
from publishing.models import Version, VersionFinding

LONGEST_ANSWER = 500
_LONGEST_MESSAGE = 500
_LONGEST_SOURCE = 300


def advisory(findings: Iterable[Finding]) -> list[Finding]:
    """Those that the author has to answer."""
    return [finding for finding in findings if finding.severity is Severity.ADVISORY]


def with_answers(
    findings: Iterable[Finding], kept: Mapping[str, str], given: Mapping[str, str]
) -> dict[str, str]:
    """What was answered to these, now or before, by the finding's key."""
    words = {
        finding.key: given.get(finding.key, "").strip() or kept.get(finding.key, "")
        for finding in advisory(findings)
    }
    return {key: answer[:LONGEST_ANSWER] for key, answer in words.items() if answer}


def refuse_stopped(findings: Iterable[Finding]) -> None:
    """Raise ChecksFailed for what stands in the way."""
    if stops := [finding for finding in findings if finding.severity is Severity.BLOCKING]:
        raise ChecksFailed(stops)


def refuse_unanswered(findings: Iterable[Finding], answers: Mapping[str, str]) -> None:
    """Raise AnswersNeeded for what nobody has answered."""
    if open_ones := [each for each in advisory(findings) if not answers.get(each.key)]:
        raise AnswersNeeded(open_ones)


def freeze_findings(
    version: Version, findings: Iterable[Finding], answers: Mapping[str, str]
) -> None:
    """Keep the advisory findings of a version, and the answers to them, as they are now."""
    VersionFinding.objects.bulk_create(
        VersionFinding(
            version=version,
            check_key=finding.check.key,
            message=finding.message[:_LONGEST_MESSAGE],
            source=finding.rule[:_LONGEST_SOURCE],
            answer=answers.get(finding.key, ""),
        )
        for finding in advisory(findings)
    )


def copy_findings(before: Version, version: Version) -> None:
    """A version that says the same at another time or place keeps what was found and answered."""
    VersionFinding.objects.bulk_create(
        VersionFinding(
            version=version,
            check_key=found.check_key,
            message=found.message,
            source=found.source,
            answer=found.answer,
        )
        for found in before.findings.all()
    )


def answers_for_the_record(version: Version) -> dict[str, list[dict[str, str]]]:
    """What the audit trail says of them; nothing where there are none."""
    found = version.findings.values_list("message", "answer")
    kept = [{"finding": message, "answer": answer} for message, answer in found]
    return {"findings": kept} if kept else {}
