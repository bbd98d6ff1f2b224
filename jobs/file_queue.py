"""A folder as the queue, where there is no Redis: Kombu's filesystem transport, made safe.

Kombu's own opens a message under its last name and then writes it. A worker that looks in between
reads an empty file, and dies of it. Here a message, and the table of queues, get their name only
once they are whole; and of two workers that reach for one message, one gets it.
"""

from __future__ import annotations

import fcntl
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads


class Channel(filesystem.Channel):
    # Kombu's two base classes do not agree on the second name.
    def _put(  # type: ignore[override]
        self, queue: str, message: Any, **options: Any
    ) -> None:
        name = f"{time.monotonic_ns():020}_{uuid.uuid4()}.{queue}.msg"
        _write_whole(Path(self.data_folder_out) / name, dumps(message))

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        """The oldest message of `queue`; raises Empty where there is none."""
        for path in sorted(Path(self.data_folder_in).glob(f"*.{queue}.msg")):
            mine = Path(self.processed_folder) / path.name
            with suppress(FileNotFoundError):  # another worker was quicker
                path.rename(mine)
                text = mine.read_text()
                mine.unlink()
                return loads(text)
        raise Empty

    def _queue_bind(
        self, exchange: str, routing_key: str | None, pattern: str | None, queue: str | None
    ) -> None:
        bound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._changing_the_table():
            table = self.get_table(exchange)
            if bound not in table:
                _write_whole(self.control_folder / f"{exchange}.exchange", dumps([bound, *table]))

    @contextmanager
    def _changing_the_table(self) -> Iterator[None]:
        self.control_folder.mkdir(parents=True, exist_ok=True)
        with (self.control_folder / ".lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield


def _write_whole(path: Path, text: str) -> None:
    """Write `path` so that nobody ever sees a part of it."""
    unfinished = path.with_name(f".{uuid.uuid4()}.unfinished")
    unfinished.write_text(text)
    unfinished.replace(path)


class Transport(filesystem.Transport):
    Channel = Channel
