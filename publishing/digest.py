"""The digest of a version: what an approval is bound to, and what the worker compares.

It is the SHA-256, in hexadecimal, of one JSON document in UTF-8 with sorted keys and no spaces:

    {"aim": {"id", "name"} or null,
     "campaign": {"id": null where its name was typed, "name", "tag"} or null,
     "format": 3, "link": …,
     "media": [{"alt_text", "captions": {"digest" of their words and times, "language"} or null,
                "content_type", "digest", "kind"}, … in the order of the pictures],
     "note": …,
     "number": the version's number, "post": the post's id,
     "publish_at": "2026-11-23T09:00:00.000000+00:00" or null,
     "text": the text for all accounts,
     "texts": [{"account", "handle", "is_own", "platform", "remote_id", "server_url", "text"},
               … by account id],
     "tags_link": true or false,
     "title": …}

Versions of format 1, made before there were campaigns to choose, have the document of their time,
so that what was approved then still leaves: "campaign" is a name, and neither "aim", "note",
"tags_link" nor captions are in it. Such a version has none of them: where its rows say otherwise,
somebody put them there, and they are in the document after all. In format 2, captions are the
digest of their words alone; nothing could have any yet.

`digest` of a picture is that of its stored bytes. Everything that says which profile an account is
(platform, handle, its id there, the server) is in it, so that an approval for one profile cannot
be turned into a post on another by editing the register.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from publishing.models import Captions, Version

FORMAT = 3
"""That of versions made now."""


def digest_of(version: Version) -> str:
    """The digest of the version as its rows are now: two queries, unless they are prefetched,
    and one for its campaign.

    Never trust `version.digest` alone: it is what the digest was when the version was made.
    """
    return digest_of_document(document_of(version))


def document_of(version: Version) -> dict[str, Any]:
    """Everything that is approved, as plain JSON values."""
    document = {
        "format": version.format,
        "post": version.post_id,
        "number": version.number,
        "title": version.title,
        "text": version.text,
        "texts": _texts_in(version),
        "link": version.link,
        "publish_at": _moment(version.publish_at),
        "media": _media_in(version),
    }
    if version.format == 1:
        return document | {"campaign": version.campaign_name} | _added_to_an_old_one(version)
    return document | {"campaign": _campaign(version), **_planned(version)}


def _planned(version: Version) -> dict[str, Any]:
    aim = {"id": version.aim_id, "name": version.aim_name}
    return {
        "aim": aim if any(aim.values()) else None,
        "note": version.note,
        "tags_link": version.tags_link,
    }


def _campaign(version: Version) -> dict[str, Any] | None:
    tag = version.campaign.tag if version.campaign else ""
    campaign = {"id": version.campaign_id, "name": version.campaign_name, "tag": tag}
    return campaign if any(campaign.values()) else None


def _added_to_an_old_one(version: Version) -> dict[str, Any]:
    added = {"campaign_id": version.campaign_id, **_planned(version)}
    return {name: value for name, value in added.items() if value}


def _texts_in(version: Version) -> list[dict[str, Any]]:
    entries = [
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
    ]
    return sorted(entries, key=lambda entry: int(entry["account"]))


def _media_in(version: Version) -> list[dict[str, Any]]:
    entries = []
    for used in sorted(_media(version), key=lambda used: used.position):
        entry = {
            "digest": used.file.digest,
            "kind": str(used.file.kind),
            "content_type": used.file.content_type,
            "alt_text": used.alt_text,
        }
        if version.format > 1 or used.captions_id:
            entry["captions"] = _captions(version, used.captions) if used.captions else None
        entries.append(entry)
    return entries


def _captions(version: Version, captions: Captions) -> Any:
    digest = _of_words(captions.text)
    return {"digest": digest, "language": captions.language} if version.format > 2 else digest


def digest_of_document(document: dict[str, Any]) -> str:
    """The digest of a document like that of `document_of`."""
    return _of_words(
        json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    )


def _of_words(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _texts(version: Version) -> Any:
    if "texts" in getattr(version, "_prefetched_objects_cache", {}):
        return version.texts.all()
    return version.texts.select_related("account")


def _media(version: Version) -> Any:
    if "media" in getattr(version, "_prefetched_objects_cache", {}):
        return version.media.all()
    return version.media.select_related("file", "captions")


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None
