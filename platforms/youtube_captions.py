"""Captions of videos on YouTube: looked for with captions.list, added with captions.insert.

YouTube keeps one track of a name in a language, and refuses a second (409 captionExists). So adding
them again is safe, and where no answer came, a look says what became of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from googleapiclient.errors import HttpError
from googleapiclient.http import MediaIoBaseUpload

from platforms.contract import Captioned, CaptionFile, Connection
from platforms.errors import OutcomeUnknown, Rejected, TryLater
from platforms.http import NotReached
from platforms.youtube_client import Transport, service
from platforms.youtube_errors import NO_USE, meaning, reason_of

NAME = ""
"""Viewers choose between tracks by language; a name would stand behind it."""
STUDIO = "Add them by hand in YouTube Studio."
REFUSALS = {
    "contentRequired": f"YouTube found no captions in the file. {STUDIO}",
    "invalidMetadata": f"YouTube did not accept the language of the captions. {STUDIO}",
    "videoNotFound": "YouTube does not have the video any more, or does not let us see it.",
    "forbidden": (
        "YouTube does not let this connection add captions. Connect the channel again and allow "
        "everything that is asked for, then try again, or add them by hand in YouTube Studio."
    ),
}
REFUSALS["insufficientPermissions"] = REFUSALS["forbidden"]
EXISTS = "captionExists"
CONFLICT = 409
"""Something else was going on with the video: what became of ours is for a look to say."""


class YouTubeCaptions:
    """See :class:`platforms.contract.Captioner`."""

    def __init__(self, connection: Connection) -> None:
        self.service = service(Transport(connection))

    def add_captions(self, remote_id: str, captions: CaptionFile) -> Captioned:
        if found := self._there(remote_id, captions.language):
            return Captioned(found, was_there=True)
        try:
            return Captioned(self._insert(remote_id, captions))
        except _Exists:
            # Somebody was quicker, or an earlier call of ours that gave no answer.
            if found := self._there(remote_id, captions.language):
                return Captioned(found, was_there=True)
            words = "YouTube says that the video has these captions, and does not show them."
            raise TryLater(words) from None

    def _there(self, remote_id: str, language: str) -> str:
        """The id of the video's track in that language; empty where it has none."""
        with _asking(is_in_doubt=False):
            answer = self.service.captions().list(part="snippet", videoId=remote_id).execute()
            tracks = [(str(one["id"]), one["snippet"]) for one in answer.get("items") or []]
            for found, track in tracks:
                if _is_ours(track, language):
                    _refuse_failed(track)
                    return found
        return ""

    def _insert(self, remote_id: str, captions: CaptionFile) -> str:
        snippet = {
            "videoId": remote_id,
            "language": captions.language,
            "name": NAME,
            "isDraft": False,
        }
        file = MediaIoBaseUpload(BytesIO(captions.content), mimetype="text/vtt", resumable=False)
        asked = self.service.captions().insert(
            part="snippet", body={"snippet": snippet}, media_body=file
        )
        with _asking(is_in_doubt=True):
            made = asked.execute()
            _refuse_failed(made["snippet"])
            return str(made["id"])


class _Exists(Exception):
    """The video has captions of that name in that language."""


def _is_ours(track: dict[str, Any], language: str) -> bool:
    """Not those that YouTube made by listening, nor a draft that nobody sees."""
    return (
        str(track.get("trackKind", "")).lower() == "standard"
        and not track.get("isDraft")
        and str(track["language"]).lower() == language.lower()
        and str(track.get("name", "")) == NAME
    )


def _refuse_failed(track: dict[str, Any]) -> None:
    if track.get("status") == "failed":
        raise Rejected(f"YouTube could not read the captions. {STUDIO}")


@contextmanager
def _asking(*, is_in_doubt: bool) -> Iterator[None]:
    """Around a call; `is_in_doubt`: without an answer the captions may have been added."""
    unclear = "YouTube gave no answer that says what became of the captions."
    try:
        yield
    except NotReached:
        raise TryLater("YouTube could not be reached.", whole_platform=True) from None
    except HttpError as why:
        reason, status = reason_of(why.content), int(why.resp.status)
        if reason == EXISTS:
            raise _Exists from None
        if reason in REFUSALS and 400 <= status < 500:
            raise Rejected(REFUSALS[reason]) from None
        if is_in_doubt and (status >= 500 or status == CONFLICT):
            raise OutcomeUnknown(unclear) from None
        raise meaning(why, in_doubt=False) from None
    except NO_USE:
        if is_in_doubt:
            raise OutcomeUnknown(unclear) from None
        raise TryLater("YouTube gave no answer that could be used.", whole_platform=True) from None
