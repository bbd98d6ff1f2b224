"""X, through tweepy 4.17 for one account: OAuth 1.0a with four keys, or OAuth 2.0 with one token.

Facts that shape this file are in X's documentation of API v2; limits are those of a free or
pay-per-use account. X refuses to publish the same text twice, which makes a repeat safe.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import tweepy

from platforms import http
from platforms.contract import (
    Absent,
    Checkpoint,
    Connection,
    Figures,
    FoundMention,
    Identity,
    Limits,
    Media,
    MediaKind,
    MentionKind,
    MentionPage,
    Outgoing,
    Platform,
    Removed,
    Sent,
    Shown,
)
from platforms.errors import OutcomeUnknown, PlatformError, Rejected, TryLater
from platforms.x_errors import (
    Duplicate,
    Gone,
    ReadRefused,
    preparing,
    publishing,
    reading,
    removing,
)
from platforms.x_length import MOST, weighted_length
from platforms.x_text import readable, same_text

VENDOR = "https://api.twitter.com"
"""What tweepy writes into every request."""
PUBLIC = {"https://api.x.com": "https://x.com", VENDOR: "https://x.com"}
CLOCK_MARGIN = timedelta(minutes=5)
"""How far X's clock and ours may be apart."""
DUPLICATES_FOR = timedelta(days=7)
"""How far back to look for the older post that X says is the same."""
MEDIA_LAST = timedelta(hours=20)
"""X forgets an uploaded picture after 24 hours."""
FIRST_MENTIONS = timedelta(days=30)
"""How far back the first look at mentions goes."""
TIMELINE_PAGES = 10
COUNTED = {
    "likes": "like_count",
    "reposts": "retweet_count",
    "replies": "reply_count",
    "quotes": "quote_count",
}


@dataclass(frozen=True, slots=True)
class _Tweet:
    """One of our own posts as X gives it back."""

    remote_id: str
    text: str
    made_at: datetime
    alt_texts: tuple[str, ...]


class XAdapter:
    """One account on X; see :class:`platforms.contract.Adapter`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        secret = connection.credential
        self.signs = "consumer_key" in secret
        self.client = _signing(secret) if self.signs else _bearing(secret)
        self.client.session = http.session(
            VENDOR,
            connection.base_url,
            timeout_s=connection.timeout_s,
            most_bytes=connection.max_answer_bytes,
        )

    def identify(self) -> Identity:
        user = self._me()
        handle = str(user["username"])
        return Identity(str(user["id"]), handle, str(user["name"]), self._address(handle))

    def figures(self) -> Figures:
        metrics = self._me("public_metrics").get("public_metrics") or {}
        names = {"followers": "followers_count", "posts": "tweet_count"}
        values = {ours: int(metrics[name]) for ours, name in names.items() if name in metrics}
        return Figures(datetime.now(UTC).date(), values)

    def publish(
        self, outgoing: Outgoing, resume: Mapping[str, Any], checkpoint: Checkpoint
    ) -> Sent:
        media_ids = self._upload_all(outgoing.media, resume, checkpoint)
        try:
            with publishing():
                answer = self.client.create_tweet(
                    text=outgoing.text or None,
                    media_ids=media_ids or None,
                    user_auth=self.signs,
                )
                remote_id, text = str(answer["data"]["id"]), readable(answer["data"])
                alt_texts = tuple(medium.alt_text for medium in outgoing.media)
                return Sent(remote_id, self._post_address(remote_id), text, alt_texts)
        except Duplicate:
            pass
        return self._live_already(outgoing)

    def find(self, outgoing: Outgoing, resume: Mapping[str, Any]) -> Sent | Absent:
        """X refuses a second post with the same text: repeating is safe where there is one."""
        for tweet in self._own_tweets(outgoing.first_tried_at - CLOCK_MARGIN):
            if _is(tweet, outgoing):
                return self._sent(tweet)
        return Absent(safe_to_repeat=bool(outgoing.text.strip()))

    def look(self, remote_id: str) -> Shown | None:
        """X answers 200 with errors and without data for a post that is not there."""
        with reading():
            answer = self.client.get_tweet(
                remote_id,
                expansions=["attachments.media_keys"],
                tweet_fields=["created_at", "entities", "public_metrics"],
                media_fields=["alt_text"],
                user_auth=self.signs,
            )
            data = answer.get("data")
            if not data and answer["errors"]:
                return None
            counts = data.get("public_metrics") or {}
            figures = {ours: int(counts[name]) for ours, name in COUNTED.items() if name in counts}
            [tweet] = _tweets_in({**answer, "data": [data]})
        address = self._post_address(tweet.remote_id)
        return Shown(tweet.text, address, tweet.alt_texts, figures)

    def remove(self, remote_id: str) -> Removed:
        try:
            with removing():
                answer = self.client.delete_tweet(remote_id, user_auth=self.signs)
                deleted = answer["data"]["deleted"]
        except Gone:
            return Removed(was_there=False)
        if deleted is not True:
            raise Rejected("X says that it did not remove the post.")
        return Removed()

    def mentions(self, cursor: Mapping[str, Any]) -> MentionPage:
        """X gives the newest first: `cursor` walks back to the last one that was kept.

        `since` is the newest mention of the last finished walk; `next` and `newest` belong to one
        under way. A page lost on the way is asked for again with the same cursor; a place in the
        list that X no longer knows begins the walk again.
        """
        try:
            return self._mentions_at(cursor)
        except ReadRefused:
            if "next" not in cursor:
                raise
        begin = {name: cursor[name] for name in ("since", "start") if name in cursor}
        return self._mentions_at(begin)

    def _mentions_at(self, cursor: Mapping[str, Any]) -> MentionPage:
        start = cursor.get("start") or (datetime.now(UTC) - FIRST_MENTIONS).isoformat()
        with reading():
            answer = self.client.get_users_mentions(
                self._user_id(),
                max_results=100,
                since_id=cursor.get("since"),
                start_time=None if cursor.get("since") else datetime.fromisoformat(start),
                pagination_token=cursor.get("next"),
                expansions=["author_id"],
                tweet_fields=["created_at", "entities", "referenced_tweets"],
                user_fields=["name", "username"],
                user_auth=self.signs,
            )
            meta = answer["meta"]
            found = self._mentions_in(answer)
        newest = cursor.get("newest") or meta.get("newest_id")
        if meta.get("next_token"):
            going = {**cursor, "start": start, "newest": newest, "next": meta["next_token"]}
            return MentionPage(found, going, more=True)
        done = {"since": newest or cursor.get("since"), "start": start}
        return MentionPage(found, done, more=False)

    # Publishing

    def _upload_all(
        self, media: tuple[Media, ...], resume: Mapping[str, Any], checkpoint: Checkpoint
    ) -> list[str]:
        """X's ids of the pictures, each kept as soon as it is there, then "publishing"."""
        if any(medium.kind is not MediaKind.PICTURE for medium in media):
            raise Rejected("Videos cannot be posted to X from here. Use pictures, or leave it out.")
        if not media:
            return []
        media_ids, began = _uploaded_before(resume)
        for medium in media[len(media_ids) :]:
            media_ids.append(self._upload(medium))
            checkpoint({"media_ids": list(media_ids), "uploads_began": began})
        checkpoint({"media_ids": list(media_ids), "uploads_began": began, "publishing": True})
        return media_ids

    def _upload(self, medium: Media) -> str:
        """Upload a picture and describe it; nothing is public yet."""
        content = {
            "media": base64.b64encode(medium.read()).decode(),
            "media_category": "tweet_image",
            "media_type": medium.content_type,
        }
        with preparing():
            uploaded = self._post("/2/media/upload", content)
            media_id = str(uploaded["data"]["id"])
            if medium.alt_text:
                described = {"alt_text": {"text": medium.alt_text}}
                self._post("/2/media/metadata", {"id": media_id, "metadata": described})
        return media_id

    def _post(self, route: str, content: Mapping[str, Any]) -> dict[str, Any]:
        answer = self.client.request("POST", route, json=content, user_auth=self.signs).json()
        if not isinstance(answer, dict):
            raise TypeError("not an object")
        return answer

    def _live_already(self, outgoing: Outgoing) -> Sent:
        """After "duplicate": ours is live, or an older post of the same words is."""
        earliest = outgoing.first_tried_at - CLOCK_MARGIN
        try:
            same = [
                tweet
                for tweet in self._own_tweets(earliest - DUPLICATES_FOR)
                if _is(tweet, outgoing)
            ]
        except PlatformError:
            same = []
        if not same:
            raise OutcomeUnknown("X says that it has this post already, but does not show it.")
        if same[0].made_at < earliest:
            raise Rejected(
                f"The account said the same on {same[0].made_at:%-d %B}, and X does not take it"
                " twice. Change the words."
            )
        return self._sent(same[0])

    # Reading

    def _me(self, *fields: str) -> dict[str, Any]:
        with reading():
            answer = self.client.get_me(user_fields=list(fields) or None, user_auth=self.signs)
            user = answer["data"]
            return {**user, "id": user["id"], "username": user["username"], "name": user["name"]}

    def _user_id(self) -> str:
        return self.connection.remote_id or self.identify().remote_id

    def _own_tweets(self, since: datetime) -> Iterator[_Tweet]:
        """Our own posts since then, newest first; raises `TryLater` if there is no end to them."""
        user_id, following = self._user_id(), None
        for _ in range(TIMELINE_PAGES):
            with reading():
                answer = self.client.get_users_tweets(
                    user_id,
                    max_results=100,
                    start_time=since,
                    pagination_token=following,
                    expansions=["attachments.media_keys"],
                    tweet_fields=["created_at", "entities"],
                    media_fields=["alt_text"],
                    user_auth=self.signs,
                )
                following = answer["meta"].get("next_token")
                tweets = _tweets_in(answer)
            yield from tweets
            if not following:
                return
        raise TryLater("There are too many new posts on this account to look through.")

    def _mentions_in(self, answer: Mapping[str, Any]) -> tuple[FoundMention, ...]:
        """The page's mentions, oldest first."""
        users = (answer.get("includes") or {}).get("users") or []
        authors = {user["id"]: user for user in users}
        found = []
        for tweet in reversed(answer.get("data") or []):
            author = authors.get(tweet.get("author_id"), {})
            handle = str(author.get("username", ""))
            parents = tweet.get("referenced_tweets") or []
            found.append(
                FoundMention(
                    kind=MentionKind.MENTION,
                    remote_id=str(tweet["id"]),
                    url=self._post_address(str(tweet["id"]), handle or "i"),
                    author_name=str(author.get("name", "")),
                    author_handle=handle,
                    text=readable(tweet),
                    said_at=datetime.fromisoformat(tweet["created_at"]),
                    in_reply_to=next((p["id"] for p in parents if p["type"] == "replied_to"), ""),
                )
            )
        return tuple(found)

    def _sent(self, tweet: _Tweet) -> Sent:
        address = self._post_address(tweet.remote_id)
        return Sent(tweet.remote_id, address, tweet.text, tweet.alt_texts)

    def _address(self, handle: str) -> str:
        base_url = self.connection.base_url.rstrip("/")
        return f"{PUBLIC.get(base_url, base_url)}/{handle}"

    def _post_address(self, remote_id: str, handle: str = "") -> str:
        return f"{self._address(handle or self.connection.handle)}/status/{remote_id}"


def _signing(secret: Mapping[str, str]) -> tweepy.Client:
    """OAuth 1.0a: each request is signed; nothing ever ends."""
    return tweepy.Client(
        consumer_key=secret["consumer_key"],
        consumer_secret=secret["consumer_secret"],
        access_token=secret["access_token"],
        access_token_secret=secret["access_token_secret"],
        return_type=dict,
    )


def _bearing(secret: Mapping[str, str]) -> tweepy.Client:
    """OAuth 2.0: the token of :mod:`platforms.x_sign_in`, which ends after two hours."""
    return tweepy.Client(bearer_token=secret["access_token"], return_type=dict)


def _uploaded_before(resume: Mapping[str, Any]) -> tuple[list[str], str]:
    """The first pictures' ids, where an earlier attempt uploaded them and X still has them."""
    now, began = datetime.now(UTC), resume.get("uploads_began")
    if began and now - datetime.fromisoformat(began) < MEDIA_LAST:
        return list(resume.get("media_ids") or ()), began
    return [], now.isoformat()


def _is(tweet: _Tweet, outgoing: Outgoing) -> bool:
    """Whether a post on the timeline is `outgoing`; one of pictures alone goes by their words."""
    if outgoing.text.strip():
        return same_text(tweet.text, outgoing.text)
    described = tuple(medium.alt_text.strip() for medium in outgoing.media)
    return not tweet.text and tuple(text.strip() for text in tweet.alt_texts) == described


def _tweets_in(answer: Mapping[str, Any]) -> list[_Tweet]:
    media = (answer.get("includes") or {}).get("media") or []
    described = {medium["media_key"]: str(medium.get("alt_text", "")) for medium in media}
    return [
        _Tweet(
            remote_id=str(tweet["id"]),
            text=readable(tweet),
            made_at=datetime.fromisoformat(tweet["created_at"]),
            alt_texts=tuple(
                described.get(key, "")
                for key in (tweet.get("attachments") or {}).get("media_keys") or ()
            ),
        )
        for tweet in answer.get("data") or []
    ]


X = Platform(
    key="x",
    name="X",
    limits=Limits(
        text=MOST,
        count=weighted_length,
        pictures=4,
        alt_text=1000,
        picture_bytes=5_000_000,
    ),
    connect=XAdapter,
    credential_fields=(
        "consumer_key",
        "consumer_secret",
        "access_token",
        "access_token_secret",
    ),
    granted_fields=("access_token", "refresh_token"),
    profile_url=lambda handle: f"https://x.com/{handle}",
    # As twitter-text finds them; a longer name is none.
    names=re.compile(r"(?<![\w@!#$%&*/.])@([A-Za-z0-9_]{1,15})(?![\w@])", re.ASCII),
    about_names="X makes a link of an @name, and tells whoever it belongs to.",
)
