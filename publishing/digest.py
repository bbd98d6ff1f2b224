"""The digest of a version: what an approval is bound to, and what the worker compares.

It is the SHA-256, in hexadecimal, of one JSON document in UTF-8 with sorted keys and no spaces:

    {"campaign": …, "format": 1, "link": …,
     "media": [{"alt_text", "content_type", "digest", "kind"}, … in the order of the pictures],
     "number": the version's number, "post": the post's id,
     "publish_at": "2026-11-23T09:00:00.000000+00:00" or null,
     "text": the text for all accounts,
     "texts": [{"account", "handle", "is_own", "platform", "remote_id", "server_url", "text"},
               … by account id],
     "title": …}

`digest` of a picture is that of its stored bytes. Everything that says which profile an account is
(platform, handle, its id there, the server) is in it, so that an approval for one profile cannot
be turned into a post on another by editing the register.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from publishing.models import Version

FORMAT = 1


def digest_of(version: Version) -> str:
    """The digest of the version as its rows are now: two queries, unless they are prefetched.

    Never trust `version.digest` alone: it is what the digest was when the version was made.
    """
    return digest_of_document(document_of(version))


def document_of(version: Version) -> dict[str, Any]:
    """Everything that is approved, as plain JSON values."""
    return {
        "format": FORMAT,
        "post": version.post_id,
        "number": version.number,
        "title": version.title,
        "text": version.text,
        "texts": sorted(
            (
                {
                    "account": text.account_id,
                    "platform": text.account.platform,
                    "handle": text.account.handle,
                    "remote_id": text.account.remote_id,
                    "server_url": text.account.server_url,
                    "is_own": text.is_own,
                    "text": text.text,
                }
                for text in _texts(version)
            ),
            key=lambda entry: int(entry["account"]),
        ),
        "link": version.link,
        "campaign": version.campaign_name,
        "publish_at": _moment(version.publish_at),
        "media": [
            {
                "digest": used.file.digest,
                "kind": str(used.file.kind),
                "content_type": used.file.content_type,
                "alt_text": used.alt_text,
            }
            for used in sorted(_media(version), key=lambda used: used.position)
        ],
    }


def digest_of_document(document: dict[str, Any]) -> str:
    """The digest of a document like that of `document_of`."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _texts(version: Version) -> Any:
    if "texts" in getattr(version, "_prefetched_objects_cache", {}):
        return version.texts.all()
    return version.texts.select_related("account")


def _media(version: Version) -> Any:
    if "media" in getattr(version, "_prefetched_objects_cache", {}):
        return version.media.all()
    return version.media.select_related("file")


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None
