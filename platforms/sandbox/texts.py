"""When two texts count as the same post, whatever a platform did to spaces and accents."""

from __future__ import annotations

import hashlib
import unicodedata


def digest(*parts: str) -> str:
    """A short digest of what was said, for finding copies."""
    same = "\n".join(" ".join(unicodedata.normalize("NFC", part).split()) for part in parts)
    return hashlib.blake2b(same.encode(), digest_size=12).hexdigest()
