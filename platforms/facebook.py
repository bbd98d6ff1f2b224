"""Facebook pages, through facebook-sdk 3.1.0 with a page's access token.

Graph API v26.0. Facebook has no idempotency key and has been seen to publish a post that it
answered with a fault: what is in doubt is read back, and never repeated by itself.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from platforms.contract import (
    Absent,
    Checkpoint,
    Connection,
    Figures,
    Fold,
    Identity,
    Limits,
    Media,
    MediaKind,
    MentionPage,
    Outgoing,
    Platform,
    Removed,
    Sent,
    Shown,
)
from platforms.errors import OutcomeUnknown, PlatformError, Rejected, TryLater
from platforms.facebook_errors import (
    Duplicate,
    Missing,
    asking_for_one,
    may_be_published,
    nothing_published,
    reading,
    removing,
)
from platforms.facebook_graph import Graph
from platforms.facebook_mentions import next_page

PUBLIC = "https://www.facebook.com"
CLOCK_MARGIN = timedelta(minutes=5)
"""How far Facebook's clock and ours may be apart."""
PICTURES_LAST = timedelta(hours=20)
"""Facebook throws unpublished pictures away after about a day."""
PAGES_READ_BACK = 10
PICTURE = "media_type,target{id}"
SHOWN = f"id,message,permalink_url,attachments{{{PICTURE},subattachments{{{PICTURE}}}}}"
FIELDS = "id,message,permalink_url,created_time,attachments{media_type,subattachments{media_type}}"


@dataclass(frozen=True, slots=True)
class _Post:
    """One of the page's own posts as Facebook gives it back."""

    sent: Sent
    pictures: int


class FacebookAdapter:
    """One page on Facebook; see :class:`platforms.contract.Adapter`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.graph = Graph(connection)

    def identify(self) -> Identity:
        """A page's token answers as the page itself."""
        with reading():
            page = self.graph.read("me", fields="id,name,username,link")
            remote_id, name = str(page["id"]), str(page["name"])
        handle = str(page.get("username") or remote_id)
        return Identity(remote_id, handle, name, str(page.get("link") or f"{PUBLIC}/{handle}"))

    def figures(self) -> Figures:
        names = {"followers": "followers_count", "fans": "fan_count"}
        with reading():
            page = self.graph.read(self._page(), fields=",".join(names.values()))
            values = {ours: int(page[theirs]) for ours, theirs in names.items() if theirs in page}
        return Figures(datetime.now(UTC).date(), values)

    def publish(
        self, outgoing: Outgoing, resume: Mapping[str, Any], checkpoint: Checkpoint
    ) -> Sent:
        """Pictures first, unpublished; then one small call publishes all.

        The text holds the link already; besides, Facebook shows a card for it where there are no
        pictures (it takes only one of the two).
        """
        post = {"message": outgoing.text} if outgoing.text else {}
        pictures = self._upload_all(outgoing.media, resume, checkpoint)
        if pictures:
            post["attached_media"] = json.dumps([{"media_fbid": one} for one in pictures])
        elif outgoing.link:
            post["link"] = outgoing.link
        with suppress(Duplicate), may_be_published():
            return _sent(
                self.graph.put(self._page(), "feed", fields="id,message,permalink_url", **post)
            )
        return self._live_already(outgoing, resume)

    def find(self, outgoing: Outgoing, resume: Mapping[str, Any]) -> Sent | Absent:
        """Facebook would take a second copy: where none is found a person decides."""
        wanted = _key(outgoing.text), len(outgoing.media)
        for post in self._published_since(outgoing.first_tried_at - CLOCK_MARGIN):
            if (_key(post.sent.text), post.pictures) == wanted:
                return post.sent
        return Absent(safe_to_repeat=False)

    def look(self, remote_id: str) -> Shown | None:
        try:
            with asking_for_one():
                post = self.graph.read(remote_id, fields=SHOWN)
                sent = _sent(post)
                alt_texts = tuple(self._alt_text(one) for one in _pictures_of(post))
        except Missing:
            return None
        return Shown(sent.text, sent.url, alt_texts)

    def remove(self, remote_id: str) -> Removed:
        """Facebook says the same of a post that is gone and of one that we may not touch."""
        try:
            with removing():
                deleted = self.graph.delete(remote_id)
        except Missing:
            if not self._is_ours(remote_id):
                words = "Facebook does not let this page remove the post, or does not have it."
                raise Rejected(words) from None
            return Removed(was_there=False)
        if not deleted:
            raise Rejected("Facebook says that it did not remove the post.")
        return Removed()

    def _is_ours(self, remote_id: str) -> bool:
        """Whether the post is named after the page as which we are signed in."""
        return remote_id.startswith(f"{self.identify().remote_id}_")

    def _alt_text(self, picture: Mapping[str, Any]) -> str:
        photo = self.graph.read(str(picture["target"]["id"]), fields="alt_text_custom")
        return str(photo.get("alt_text_custom") or "")

    def mentions(self, cursor: Mapping[str, Any]) -> MentionPage:
        return next_page(self.graph, self._page(), cursor)

    # Publishing

    def _upload_all(
        self, media: tuple[Media, ...], resume: Mapping[str, Any], checkpoint: Checkpoint
    ) -> list[str]:
        """Facebook's ids of the pictures, each kept as soon as it is there, then "publishing"."""
        if any(medium.kind is not MediaKind.PICTURE for medium in media):
            raise Rejected("Videos cannot be posted to Facebook from here. Use pictures instead.")
        if not media:
            return []
        kept, since = _fresh(resume)
        for number, medium in enumerate(media):
            if str(number) not in kept:
                kept[str(number)] = self._upload(medium)
                checkpoint({"photos": kept, "photos_since": since})
        checkpoint({"photos": kept, "photos_since": since, "publishing": True})
        return [kept[str(number)] for number in range(len(media))]

    def _upload(self, medium: Media) -> str:
        """Upload a picture for a later post; nothing is public yet."""
        with nothing_published():
            return self.graph.put_photo(
                self._page(),
                (medium.file_name, medium.read(), medium.content_type),
                published="false",
                alt_text_custom=medium.alt_text,
            )

    def _live_already(self, outgoing: Outgoing, resume: Mapping[str, Any]) -> Sent:
        """After "duplicate": where it is not to be seen, nobody knows yet."""
        try:
            found = self.find(outgoing, resume)
        except PlatformError:
            found = None
        if isinstance(found, Sent):
            return found
        raise OutcomeUnknown("Facebook says that it has this post already, but does not show it.")

    # Reading

    def _page(self) -> str:
        return self.connection.remote_id or "me"

    def _published_since(self, since: datetime) -> Iterator[_Post]:
        """What the page published since then, newest first; raises TryLater if there is no end."""
        asked: dict[str, str | int] = {"since": int(since.timestamp()), "limit": 100}
        for _ in range(PAGES_READ_BACK):
            with reading():
                answer = self.graph.read_edge(
                    self._page(), "published_posts", fields=FIELDS, **asked
                )
                posts = [_Post(_sent(post), _pictures_in(post)) for post in answer["data"]]
                paging = dict(answer.get("paging") or {})
                after = paging["cursors"]["after"] if paging.get("next") else ""
            yield from posts
            if not after:
                return
            asked["after"] = str(after)
        raise TryLater("There are too many new posts on this page to look through.")


def _fresh(resume: Mapping[str, Any]) -> tuple[dict[str, str], str]:
    """Pictures that an earlier attempt uploaded and Facebook still has, and since when it has."""
    now = datetime.now(UTC)
    since = resume.get("photos_since")
    if not since or now - datetime.fromisoformat(since) > PICTURES_LAST:
        return {}, now.isoformat()
    return dict(resume.get("photos") or {}), since


def _sent(post: Mapping[str, Any]) -> Sent:
    """A post as Facebook writes it down; it does not say what stands in for its pictures."""
    remote_id = str(post["id"])
    address = str(post.get("permalink_url") or f"{PUBLIC}/{remote_id}")
    return Sent(remote_id, address, str(post.get("message") or ""))


def _key(text: str) -> str:
    """The text without what Facebook changes: composed letters and spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _pictures_in(post: Mapping[str, Any]) -> int:
    return len(_pictures_of(post))


def _pictures_of(post: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    attached = (post.get("attachments") or {}).get("data") or []
    inside = [(one.get("subattachments") or {}).get("data") or [one] for one in attached]
    return [part for parts in inside for part in parts if part.get("media_type") == "photo"]


FACEBOOK = Platform(
    key="facebook",
    name="Facebook",
    limits=Limits(
        text=63_206,
        count=len,
        pictures=10,
        alt_text=1000,
        picture_bytes=4_000_000,
    ),
    connect=FacebookAdapter,
    credential_fields=("access_token",),
    fold=Fold(characters=477, lines=5),
    profile_url=lambda handle: f"{PUBLIC}/{handle}",
    # Without Meta's "Page Mentioning", and with it only by a page's number.
    about_names="Facebook makes no link of an @name that is sent from here: it stays plain words, "
    "and nobody is told.",
)
