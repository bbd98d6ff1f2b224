"""Captions on YouTube, with the vendor's own client over HTTP: added once, whatever goes wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import googleapiclient
import pytest
import requests

from platforms.contract import Captioned, CaptionFile
from platforms.errors import OutcomeUnknown, PlatformError, Rejected, SignInExpired, TryLater
from platforms.sandbox.faults import FaultKind
from platforms.sandbox.running import RunningSandbox
from platforms.youtube import YOUTUBE
from platforms.youtube_captions import YouTubeCaptions
from platforms.youtube_sign_in import YouTubeSignIn
from tests.platforms.youtube_account import TOKEN, YouTubeAccount, outgoing, youtube_account

K = FaultKind
WORDS = "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nBore da – “Lewmoor”\n"
FILE = CaptionFile("en-GB", WORDS.encode())
DOCUMENTS = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"


@pytest.fixture
def account(sandbox: RunningSandbox) -> YouTubeAccount:
    return youtube_account(sandbox, timeout_s=0.6)


@pytest.fixture
def video(account: YouTubeAccount) -> str:
    return account.adapter.publish(outgoing(), {}, lambda kept: None).remote_id


@pytest.fixture
def captions(account: YouTubeAccount) -> YouTubeCaptions:
    return YouTubeCaptions(account.adapter.connection)


def tracks(account: YouTubeAccount) -> list[dict[str, Any]]:
    """What the sandbox holds for the only video of the channel."""
    [post] = account.sandbox.control.posts("youtube", account.handle)
    return list(post["extra"].get("captions", []))


def test_captions_are_added_as_they_were_approved(
    account: YouTubeAccount, video: str, captions: YouTubeCaptions
) -> None:
    added = captions.add_captions(video, FILE)
    [track] = tracks(account)
    assert added == Captioned(track["id"])
    assert (track["language"], track["name"], track["draft"]) == ("en-GB", "", False)
    assert track["text"] == WORDS


def test_what_is_there_is_found_and_not_added_again(
    account: YouTubeAccount, video: str, captions: YouTubeCaptions
) -> None:
    first = captions.add_captions(video, FILE)
    again = captions.add_captions(video, CaptionFile("EN-gb", b"WEBVTT"))
    assert again == Captioned(first.remote_id, was_there=True)
    assert len(tracks(account)) == 1
    captions.add_captions(video, CaptionFile("cy", WORDS.encode()))
    assert [track["language"] for track in tracks(account)] == ["en-GB", "cy"]


def test_somebody_who_was_quicker_is_found(
    account: YouTubeAccount, video: str, captions: YouTubeCaptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = captions.add_captions(video, FILE)
    looks = iter(["", there.remote_id])
    monkeypatch.setattr(captions, "_there", lambda *about: next(looks))
    assert captions.add_captions(video, FILE) == Captioned(there.remote_id, was_there=True)
    assert len(tracks(account)) == 1


FAULTS: list[tuple[FaultKind, bool, type[PlatformError] | None]] = [
    (K.REFUSE, False, OutcomeUnknown),
    (K.RATE_LIMIT, False, TryLater),
    (K.ERROR_BEFORE, False, OutcomeUnknown),
    (K.ERROR_AFTER, True, OutcomeUnknown),
    (K.HANG, True, OutcomeUnknown),
    (K.DROP, True, OutcomeUnknown),
    (K.SLOW, True, None),
    (K.EXPIRED, False, SignInExpired),
    (K.DUPLICATE, False, OutcomeUnknown),
    (K.DUPLICATE, True, OutcomeUnknown),
    (K.HTML, True, OutcomeUnknown),
    (K.EMPTY, True, OutcomeUnknown),
    (K.HUGE, False, OutcomeUnknown),
    (K.MALFORMED, True, OutcomeUnknown),
]


@pytest.mark.parametrize(("kind", "accept", "understood"), FAULTS)
def test_whatever_goes_wrong_there_is_one_track_after_another_try(
    kind: FaultKind,
    accept: bool,
    understood: type[PlatformError] | None,
    account: YouTubeAccount,
    video: str,
    captions: YouTubeCaptions,
) -> None:
    seconds = 0.1 if kind is K.SLOW else 60
    account.fault(kind, "insert_captions", accept=accept, seconds=seconds)
    if understood:
        with pytest.raises(understood):
            captions.add_captions(video, FILE)
        assert len(tracks(account)) == accept
    again = captions.add_captions(video, FILE)
    assert len(tracks(account)) == 1
    assert again.was_there is (accept and understood is not None)


@pytest.mark.parametrize(
    ("kind", "understood"),
    [(K.ERROR_BEFORE, TryLater), (K.HANG, TryLater), (K.HTML, TryLater), (K.REVOKED, SignInExpired),
     (K.RATE_LIMIT, TryLater), (K.MALFORMED, TryLater)],
)  # fmt: skip
def test_without_a_look_nothing_is_added(
    kind: FaultKind,
    understood: type[PlatformError],
    account: YouTubeAccount,
    video: str,
    captions: YouTubeCaptions,
) -> None:
    account.fault(kind, "captions", seconds=60)
    with pytest.raises(understood):
        captions.add_captions(video, FILE)
    assert tracks(account) == []


def test_what_youtube_refuses_says_what_to_do(
    account: YouTubeAccount, sandbox: RunningSandbox, video: str, captions: YouTubeCaptions
) -> None:
    with pytest.raises(Rejected, match="found no captions in the file"):
        captions.add_captions(video, CaptionFile("en-GB", b" "))
    with pytest.raises(Rejected, match="did not accept the language"):
        captions.add_captions(video, CaptionFile("!", b"WEBVTT"))
    with pytest.raises(Rejected, match="does not have the video any more"):
        captions.add_captions("nowhere", FILE)
    other = YouTubeCaptions(youtube_account(sandbox, "WealdmoorTV").adapter.connection)
    with pytest.raises(Rejected, match="does not let this connection add captions"):
        other.add_captions(video, FILE)
    assert tracks(account) == []


def test_a_track_that_youtube_could_not_read_is_for_a_person(
    video: str, captions: YouTubeCaptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    track = {"trackKind": "standard", "language": "en-GB", "name": "", "status": "failed"}
    answer = {"items": [{"id": "c1", "snippet": track}]}
    monkeypatch.setattr(captions, "service", _Answering(answer))
    with pytest.raises(Rejected, match="could not read the captions"):
        captions.add_captions(video, FILE)


@pytest.mark.parametrize("about", [{"trackKind": "ASR"}, {"isDraft": True}, {"name": "For kids"}])
def test_tracks_that_are_not_ours_do_not_count(
    about: dict[str, Any], captions: YouTubeCaptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    track = {"trackKind": "standard", "language": "en-GB", "name": "", **about}
    monkeypatch.setattr(captions, "service", _Answering({"items": [{"id": "1", "snippet": track}]}))
    assert captions._there("video", "en-GB") == ""


class _Answering:
    """A service whose every call gives one answer."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def captions(self) -> _Answering:
        return self

    def list(self, **asked: Any) -> _Answering:
        return self

    def execute(self) -> Any:
        return self.answer


def test_the_sandbox_answers_as_google_describes_its_api(
    account: YouTubeAccount, video: str, captions: YouTubeCaptions
) -> None:
    captions.add_captions(video, FILE)
    answer = requests.get(
        f"{account.sandbox.base_urls['youtube']}/youtube/v3/captions",
        params={"part": "snippet", "videoId": video},
        headers={"Authorization": f"Bearer {TOKEN}-{account.handle}"},
        timeout=5,
    ).json()
    described = json.loads((DOCUMENTS / "youtube.v3.json").read_text(encoding="utf-8"))
    assert answer["items"]
    assert list(_mistakes(answer, "CaptionListResponse", described["schemas"])) == []


def _mistakes(value: Any, name: str, schemas: dict[str, Any]) -> Any:
    properties = schemas[name]["properties"]
    for key, given in value.items():
        if key not in properties:
            yield f"{name}.{key}"
            continue
        about = properties[key]
        several = given if about.get("type") == "array" else [given]
        about = about.get("items", about)
        for one in several:
            if "$ref" in about:
                yield from _mistakes(one, about["$ref"], schemas)
            elif not _fits(one, about):
                yield f"{name}.{key} is {one!r}"


def _fits(value: str | bool, about: dict[str, Any]) -> bool:
    kind = {str: "string", bool: "boolean"}[type(value)]
    return about["type"] == kind and value in about.get("enum", [value])


def test_what_is_asked_of_people_on_connecting_lets_us_add_captions() -> None:
    described = json.loads((DOCUMENTS / "youtube.v3.json").read_text(encoding="utf-8"))
    methods = described["resources"]["captions"]["methods"]
    asked = {scope.name for scope in YouTubeSignIn.scopes}
    for method in ("list", "insert"):
        assert asked & set(methods[method]["scopes"])
    assert YOUTUBE.takes_captions
