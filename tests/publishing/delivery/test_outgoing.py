"""What leaves: the bytes of a file are read whole, whoever else reads them at the same moment."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from publishing.delivery.outgoing import _read
from publishing.models import MediaFile


def test_threads_that_share_a_row_read_its_file_side_by_side():
    data = b"a film of a bookshelf" * 100_000
    name = default_storage.save("posts/shared.mp4", ContentFile(data))
    kept = MediaFile(file=name, digest=hashlib.sha256(data).hexdigest())
    with ThreadPoolExecutor(8) as threads:
        read = list(threads.map(lambda _: _read(kept), range(64)))
    assert all(each == data for each in read)
