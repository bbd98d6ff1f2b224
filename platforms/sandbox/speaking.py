"""Residents speak: mentions in bulk, replies to a new post, or one given sentence.

What they say depends on the seed, the account and how much was said to it before.
"""

from __future__ import annotations

import random

from platforms.sandbox import residents
from platforms.sandbox.rows import Account, Comment, Person, Post
from platforms.sandbox.world import World

DAY_S = 86_400.0


def say(
    world: World,
    account: Account,
    *,
    text: str,
    kind: str = "",
    in_reply_to: str = "",
    at: float | None = None,
    person: Person | None = None,
) -> Comment:
    """Somebody says `text` to `account`; without a kind, a reply or else the platform's first."""
    api = world.apis[account.platform]
    kind = kind or (api.said_as[-1] if in_reply_to else api.said_as[0])
    if kind not in api.said_as:
        raise ValueError(f"On {account.platform} people speak as {', '.join(api.said_as)}")
    said_at = world.now() if at is None else at
    # The same words at another time are another person's.
    who = person or _person(world, account.platform, _chance(world, f"{text} {at or ''}"))
    return world.store.add_comment(
        account,
        api.new_id(world, kind, account, said_at),
        kind=kind,
        person=who,
        text=text,
        created_at=said_at,
        in_reply_to=in_reply_to,
    )


def seed(world: World, account: Account, *, count: int, days: float) -> int:
    """`count` remarks over the last `days` days, more by day than at night; how many."""
    chance = _chance(world, f"{account.platform} {account.handle} {count}")
    posts = world.store.posts(account, limit=50)
    times = sorted(_daytime(chance, world.now(), days) for _ in range(count))
    for said_at in times:
        earlier = [post for post in posts if post.created_at < said_at]
        post = chance.choice(earlier) if earlier and chance.random() < 0.4 else None
        _remark(world, account, chance, said_at, post)
    return count


def react(world: World, account: Account, post: Post) -> None:
    """Let residents answer a post that has just come out, as many as the settings say."""
    if world.replies <= 0:
        return
    chance = _chance(world, f"{account.platform} {account.handle} {post.text}")
    count = int(world.replies) + (chance.random() < world.replies % 1)
    for number in range(count):
        _remark(world, account, chance, post.created_at + 0.001 * (number + 1), post)


def _remark(
    world: World, account: Account, chance: random.Random, at: float, post: Post | None
) -> None:
    api = world.apis[account.platform]
    kind = api.said_as[-1] if post else api.said_as[0]
    text = residents.reply(chance) if post else residents.remark(chance)
    if kind == "mention":
        text = f"@{account.handle} {text}"
    in_reply_to = post.remote_id if post else ""
    person = _person(world, account.platform, chance)
    say(world, account, text=text, kind=kind, in_reply_to=in_reply_to, at=at, person=person)


def _person(world: World, platform: str, chance: random.Random) -> Person:
    name, handle = residents.resident(chance)
    known = world.store.person(platform, handle)
    if known:
        return known
    remote_id = world.apis[platform].new_id(world, "person", None, world.now())
    return world.store.add_person(platform, remote_id, handle, name)


def _chance(world: World, about: str) -> random.Random:
    """Chance that is the same again from the same seed: residents are no secret."""
    return random.Random(f"{world.seed} {about}")  # nosec B311


def _daytime(chance: random.Random, now: float, days: float) -> float:
    """A moment of the last `days` days; of three drawn the one nearest to early evening."""
    drawn = [now - chance.random() * days * DAY_S for _ in range(3)]
    return min(drawn, key=lambda at: abs((at % DAY_S) / 3600 - 17))
