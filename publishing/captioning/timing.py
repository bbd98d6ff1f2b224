"""The times of captions: reading both forms of them, and writing them."""

from __future__ import annotations

import re

_TIME = r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,3})[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s+\S.*)?\s*", re.ASCII)


class TimingProblem(ValueError):
    """Why a line of times cannot be used: `what` is wrong, in words."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def times_in(line: str) -> tuple[int, int]:
    """When words begin and end, in milliseconds. Raises TimingProblem."""
    found = _TIMES.fullmatch(line)
    if found is None:
        raise TimingProblem(
            f"“{line.strip()[:60]}” is not a pair of times such as 00:00:01,000 --> 00:00:04,000"
        )
    parts = found.groups()
    begins, ends = _milliseconds(parts[:4]), _milliseconds(parts[4:])
    if ends <= begins:
        raise TimingProblem(
            f"these words end at {as_shown(ends)}, not after they begin at {as_shown(begins)}"
        )
    return begins, ends


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    if minutes > 59 or seconds > 59:
        raise TimingProblem("minutes and seconds go up to 59")
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int((parts[3] or "").ljust(3, "0"))


def as_written(milliseconds: int) -> str:
    """As WebVTT writes it: 00:01:02.500."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def as_shown(milliseconds: int) -> str:
    """For people: 1:02.5."""
    seconds, rest = divmod(milliseconds, 1000)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    clock = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    part = f".{rest:03}".rstrip("0") if rest else ""
    return f"{clock}:{seconds % 60:02}{part}"
