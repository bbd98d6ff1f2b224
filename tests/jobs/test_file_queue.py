"""The queue of files: whole messages, each to one worker, whatever else looks into the folder."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

import council_social.celery  # noqa: F401 - names the transport
from jobs.file_queue import Channel, _write_whole

MESSAGES = 300


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    for name in ("messages", "processed", "control"):
        (tmp_path / name).mkdir()
    options = {
        "data_folder_in": str(tmp_path / "messages"),
        "data_folder_out": str(tmp_path / "messages"),
        "processed_folder": str(tmp_path / "processed"),
        "control_folder": str(tmp_path / "control"),
    }
    with Connection("files://", transport_options=options) as opened:
        yield opened


def channel_of(connection: Connection) -> Channel:
    channel = connection.channel()
    assert isinstance(channel, Channel)
    return channel


def test_messages_come_out_in_order_and_once(connection: Connection, tmp_path: Path) -> None:
    channel = channel_of(connection)
    for number in range(3):
        channel._put("deliver", {"body": number})
    channel._put("deliver-later", {"body": "of another queue"})

    assert [channel._get("deliver")["body"] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Empty):
        channel._get("deliver")
    assert channel._size("deliver-later") == 1
    assert list((tmp_path / "processed").iterdir()) == []


def test_readers_and_writers_at_once_lose_nothing_and_read_nothing_half(
    connection: Connection,
) -> None:
    """Kombu's own fails this within a few hundred messages: it reads files before they are full."""
    channel = channel_of(connection)
    taken: list[int] = []
    trouble: list[Exception] = []
    written = threading.Event()

    def write() -> None:
        for number in range(MESSAGES):
            channel._put("deliver", {"number": number, "padding": "x" * 5_000})
        written.set()

    def read() -> None:
        while True:
            ended = written.is_set()
            try:
                taken.append(channel._get("deliver")["number"])
            except Empty:
                if ended:
                    return
            except (ValueError, OSError) as error:
                trouble.append(error)
                return

    threads = [threading.Thread(target=each) for each in (write, read, read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert trouble == []
    assert sorted(taken) == list(range(MESSAGES))


def test_workers_that_start_together_all_find_their_queues(connection: Connection) -> None:
    queues = [f"queue-{number}" for number in range(20)]

    def bind(queue: str) -> None:
        channel_of(connection)._queue_bind("celery", queue, "", queue)

    threads = [threading.Thread(target=bind, args=(queue,)) for queue in queues]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    bound = {each.queue for each in channel_of(connection).get_table("celery")}
    assert bound == set(queues)


def test_a_file_that_is_being_written_is_not_there_yet(tmp_path: Path) -> None:
    _write_whole(tmp_path / "1.deliver.msg", "{}")
    assert [path.name for path in tmp_path.iterdir()] == ["1.deliver.msg"]
