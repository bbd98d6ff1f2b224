"""A Redis database of one's own, for the storm, the benchmarks and the tests of real workers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import redis

from tools.trouble import Trouble

MARK = "council-social-in-use"


@contextmanager
def spare_broker(url: str) -> Iterator[str]:
    """The address of an empty database of the server at `url`; emptied again afterwards.

    Whoever marks it first has it, so that runs at the same time do not take each other's messages.
    Raises Trouble where none is left.
    """
    for number in range(15, 0, -1):
        own = urlunsplit(urlsplit(url)._replace(path=f"/{number}"))
        with redis.Redis.from_url(own) as client:
            if client.dbsize() or not client.set(MARK, os.getpid(), nx=True):
                continue
            try:
                yield own
            finally:
                client.flushdb()
            return
    raise Trouble("Every database of the Redis server is in use: empty one of 1 to 15.")
