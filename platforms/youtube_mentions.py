"""What is said under a YouTube channel's videos: comment threads, newest first, and replies.

A pass walks back to where the last one began. `since` is the newest moment of the last finished
pass (RFC 3339), `newest` that of this pass, `next` YouTube's token of the next page. The first
page is read in every pass, so that new replies in its hundred threads are seen as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from platforms.contract import FoundMention, MentionKind, MentionPage
from platforms.youtube_errors import NotReadable, reading

FIRST = timedelta(days=30)
"""How far back the first pass goes."""
OVERLAP = timedelta(minutes=10)
"""YouTube shows some comments later than it dates them."""
AT_ONCE = 100


def next_page(
    service: Any, channel_id: str, address: Callable[[str], str], cursor: Mapping[str, Any]
) -> MentionPage:
    """The next page of comments, oldest first; `address` makes a video's address from its id."""
    since_text = cursor.get("since") or (datetime.now(UTC) - FIRST).isoformat()
    since = datetime.fromisoformat(since_text)
    try:
        with reading():
            answer = _threads(service, channel_id, cursor.get("next"))
            threads = list(answer["items"])
            tops = [_said_at(thread["snippet"]["topLevelComment"]) for thread in threads]
            said = [one for thread in threads for one in _comments(thread, channel_id, address)]
            token = answer.get("nextPageToken")
    except NotReadable:
        if not cursor.get("next"):
            raise
        # The token is too old: begin again, so that it is not in the way.
        return MentionPage((), {"since": since_text}, more=False)
    fresh = [one for one in said if one.said_at >= since]
    moments = [one.said_at.isoformat() for one in fresh]
    newest = max([cursor.get("newest") or since_text, *moments], key=datetime.fromisoformat)
    found = tuple(sorted(fresh, key=lambda one: one.said_at))
    if token and all(top >= since for top in tops):
        going = {"since": since_text, "newest": newest, "next": str(token)}
        return MentionPage(found, going, more=True)
    # The overlap counts from what was seen: without anything new the place stays.
    then = max(since, datetime.fromisoformat(newest) - OVERLAP)
    return MentionPage(found, {"since": then.isoformat()}, more=False)


def _threads(service: Any, channel_id: str, token: str | None) -> Any:
    asked = service.commentThreads().list(
        part="snippet,replies",
        allThreadsRelatedToChannelId=channel_id,
        order="time",
        textFormat="plainText",
        maxResults=AT_ONCE,
        pageToken=token,
    )
    return asked.execute()


def _comments(
    thread: Mapping[str, Any], channel_id: str, address: Callable[[str], str]
) -> Iterator[FoundMention]:
    """The first comment of a thread and those of its replies that came along."""
    about = thread["snippet"]
    video_id = str(about.get("videoId", ""))
    replies = (thread.get("replies") or {}).get("comments") or []
    for comment in (about["topLevelComment"], *replies):
        snippet = comment["snippet"]
        author = str((snippet.get("authorChannelId") or {}).get("value", ""))
        if author == channel_id:
            continue
        name = str(snippet.get("authorDisplayName", ""))
        remote_id = str(comment["id"])
        yield FoundMention(
            kind=MentionKind.COMMENT,
            remote_id=remote_id,
            url=f"{address(video_id)}&lc={remote_id}" if video_id else "",
            author_name=name.removeprefix("@") or "Somebody on YouTube",
            author_handle=name.removeprefix("@") if name.startswith("@") else author,
            text=str(snippet.get("textOriginal") or snippet.get("textDisplay") or ""),
            said_at=_said_at(comment),
            in_reply_to=str(snippet.get("parentId") or video_id),
        )


def _said_at(comment: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(str(comment["snippet"]["publishedAt"]))
