"""Short films for posts: a poster whose pieces come in, with a quiet progress line. No sound."""

from __future__ import annotations

import io

import av
from PIL import Image, ImageDraw

from council_social.demonstration.pictures import draw_poster

SIZE = (640, 360)
A_SECOND = 12
SECONDS = 5


def film(scene: str, headline: str, below: str = "") -> bytes:
    """The bytes of an MP4 of five seconds."""
    still = draw_poster(scene, headline, below, SIZE)
    written = io.BytesIO()
    with av.open(written, "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=A_SECOND, options={"preset": "ultrafast"})
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        for number in range(SECONDS * A_SECOND):
            picture = _frame(still, number / (SECONDS * A_SECOND))
            frame = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return written.getvalue()


def _frame(still: Image.Image, gone: float) -> Image.Image:
    """The poster seen from a little nearer all the time; `gone` from 0 to 1."""
    width, height = SIZE
    cut = 0.06 * gone
    box = (width * cut, height * cut, width * (1 - cut), height * (1 - cut))
    frame = still.resize(SIZE, Image.Resampling.BILINEAR, box=box)
    canvas = ImageDraw.Draw(frame)
    canvas.rectangle((0, height - 8, width * gone, height), fill="#ffffff")
    return frame
