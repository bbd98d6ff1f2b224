"""Posters for posts: a scene, a headline and a line below it, drawn and saved as a PNG."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 675)
FINE = 2
"""Drawn this many times as large, and made smaller: edges come out smooth."""

Colour = str
Canvas = ImageDraw.ImageDraw


@dataclass(frozen=True, slots=True)
class Scene:
    """How a scene is drawn, and its colours: behind the words, and of the words."""

    draw: Callable[[Canvas, int, int], None]
    behind: Colour
    ink: Colour = "#ffffff"


def poster(scene: str, headline: str, below: str = "") -> bytes:
    """The bytes of a PNG."""
    written = io.BytesIO()
    draw_poster(scene, headline, below, SIZE).save(written, "PNG")
    return written.getvalue()


def draw_poster(scene: str, headline: str, below: str, size: tuple[int, int]) -> Image.Image:
    """A poster of `size`; the words stand on the upper half, the scene below."""
    chosen = SCENES[scene]
    width, height = size[0] * FINE, size[1] * FINE
    image = Image.new("RGB", (width, height), chosen.behind)
    canvas = ImageDraw.Draw(image)
    chosen.draw(canvas, width, height)
    _words(canvas, chosen.ink, (width, height), headline, below)
    return image.resize(size, Image.Resampling.BOX)


def _words(canvas: Canvas, ink: Colour, size: tuple[int, int], headline: str, below: str) -> None:
    width, height = size
    left, top = width // 16, height // 12
    letters = height // 9
    font = ImageFont.load_default(letters)
    for line in _lines(canvas, headline, font, width - 2 * left):
        canvas.text((left, top), line, fill=ink, font=font, stroke_width=letters // 40)
        top += round(letters * 1.2)
    if below:
        small = ImageFont.load_default(letters // 2)
        canvas.text((left, top + letters // 5), below, fill=ink, font=small)


def _lines(
    canvas: Canvas, words: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, widest: int
) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if canvas.textlength(longer, font=font) <= widest:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _books(canvas: Canvas, width: int, height: int) -> None:
    canvas.rectangle((0, height * 0.92, width, height), fill="#5b3a1e")
    colours = ("#e4572e", "#f3a712", "#a8c686", "#669bbc", "#f5efe0", "#c0504d", "#8d6cab")
    left, number = width * 0.05, 0
    while left < width * 0.93:
        thick = width * (0.03 + 0.012 * (number * 7 % 4))
        tall = height * (0.26 + 0.05 * (number * 5 % 4))
        top = height * 0.92 - tall
        colour = colours[number % len(colours)]
        canvas.rectangle((left, top, left + thick, height * 0.92), fill=colour)
        band = top + tall * 0.18
        canvas.rectangle((left, band, left + thick, band + tall * 0.05), fill="#22333b")
        left, number = left + thick + width * 0.004, number + 1


def _park(canvas: Canvas, width: int, height: int) -> None:
    canvas.ellipse((width * 0.78, height * 0.3, width * 0.92, height * 0.55), fill="#ffd166")
    canvas.ellipse((-width * 0.3, height * 0.62, width * 0.7, height * 1.7), fill="#52a36b")
    canvas.ellipse((width * 0.3, height * 0.68, width * 1.4, height * 1.9), fill="#2f7d4f")
    for place, size in ((0.1, 1.0), (0.2, 1.3), (0.62, 0.9), (0.84, 1.2)):
        foot = height * (0.9 - 0.04 * size)
        x, half = width * place, width * 0.032 * size
        canvas.rectangle((x - half / 6, foot - height * 0.1, x + half / 6, foot), fill="#6b4226")
        top, hem = foot - height * 0.26 * size, foot - height * 0.06
        canvas.polygon([(x, top), (x - half, hem), (x + half, hem)], fill="#1b5e38")


def _bins(canvas: Canvas, width: int, height: int) -> None:
    canvas.rectangle((0, height * 0.88, width, height), fill="#9aa5ab")
    for number, (body, lid) in enumerate(
        (("#3a3f44", "#22262a"), ("#2274a5", "#174f72"), ("#8a5a36", "#5f3c22"))
    ):
        left = width * (0.42 + 0.19 * number)
        right, top, foot = left + width * 0.14, height * 0.52, height * 0.9
        lean = width * 0.012
        canvas.polygon([(left, top), (right, top), (right - lean, foot), (left + lean, foot)],
                       fill=body)  # fmt: skip
        canvas.rounded_rectangle(
            (left - lean, top - height * 0.05, right + lean, top + height * 0.01),
            radius=height * 0.02, fill=lid,
        )  # fmt: skip
        canvas.ellipse(
            (left, foot - height * 0.03, left + lean * 3, foot + height * 0.03), fill=lid
        )


def _road(canvas: Canvas, width: int, height: int) -> None:
    canvas.rectangle((0, height * 0.62, width, height), fill="#3d4548")
    for number in range(7):
        left = width * (0.02 + number * 0.15)
        canvas.rectangle((left, height * 0.8, left + width * 0.08, height * 0.82), fill="#f5f5f5")
    for place in (0.58, 0.71, 0.84):
        x, foot, half = width * place, height * 0.76, width * 0.03
        canvas.polygon([(x, foot - height * 0.22), (x - half, foot), (x + half, foot)],
                       fill="#ff6b1a")  # fmt: skip
        canvas.polygon(
            [(x - half * 0.4, foot - height * 0.12), (x + half * 0.4, foot - height * 0.12),
             (x + half * 0.6, foot - height * 0.07), (x - half * 0.6, foot - height * 0.07)],
            fill="#ffffff",
        )  # fmt: skip
        canvas.rectangle(
            (x - half * 1.4, foot, x + half * 1.4, foot + height * 0.02), fill="#c94f0f"
        )


def _rain(canvas: Canvas, width: int, height: int) -> None:
    for row in range(3):
        for number in range(16):
            x, y = width * (number + row / 3) / 16, height * (0.5 + row * 0.1)
            canvas.line(
                (x, y, x - width * 0.01, y + height * 0.06), fill="#9fc5e8", width=width // 300
            )
    for row, colour in enumerate(("#2b6c99", "#205274")):
        level = height * (0.8 + row * 0.09)
        canvas.rectangle((0, level, width, height), fill=colour)
        for number in range(13):
            left = width * (number - row / 2) / 12
            canvas.ellipse((left, level - height * 0.03, left + width / 12, level + height * 0.05),
                           fill=colour)  # fmt: skip


def _homes(canvas: Canvas, width: int, height: int) -> None:
    canvas.rectangle((0, height * 0.9, width, height), fill="#7fb069")
    for number, colour in enumerate(("#e9c46a", "#f4a261", "#e76f51", "#d9ae94", "#e9c46a")):
        left, right = width * (0.04 + number * 0.19), width * (0.2 + number * 0.19)
        top, foot, middle = height * 0.64, height * 0.9, (left + right) / 2
        canvas.rectangle((left, top, right, foot), fill=colour)
        canvas.polygon([(left - width * 0.01, top), (right + width * 0.01, top),
                        (middle, top - height * 0.14)], fill="#7a3b2e")  # fmt: skip
        door = width * 0.018
        canvas.rectangle((middle - door, foot - height * 0.13, middle + door, foot), fill="#264653")
        for side in (-1, 1):
            x = middle + side * width * 0.048
            canvas.rectangle((x - door, top + height * 0.05, x + door, top + height * 0.11),
                             fill="#eaf4f4")  # fmt: skip


def _hall(canvas: Canvas, width: int, height: int) -> None:
    stone, shade = "#e8dcc4", "#b59f78"
    canvas.rectangle((0, height * 0.93, width, height), fill="#5c6b73")
    canvas.rectangle((width * 0.5, height * 0.6, width * 0.95, height * 0.93), fill=stone)
    canvas.polygon([(width * 0.48, height * 0.6), (width * 0.97, height * 0.6),
                    (width * 0.725, height * 0.43)], fill=shade)  # fmt: skip
    for number in range(6):
        left = width * (0.53 + number * 0.071)
        canvas.rectangle((left, height * 0.63, left + width * 0.025, height * 0.9), fill=shade)
    canvas.ellipse((width * 0.7, height * 0.49, width * 0.75, height * 0.58), fill="#fdf6e3")
    canvas.rectangle((width * 0.46, height * 0.9, width * 0.99, height * 0.93), fill=shade)


SCENES: dict[str, Scene] = {
    "books": Scene(_books, "#00524c"),
    "park": Scene(_park, "#bfe3f2", "#0b3c49"),
    "bins": Scene(_bins, "#e3f1e6", "#12372a"),
    "road": Scene(_road, "#ffd23f", "#1f2326"),
    "rain": Scene(_rain, "#3b4a5a"),
    "homes": Scene(_homes, "#cfe8ef", "#1d3557"),
    "hall": Scene(_hall, "#5b2a6e"),
}
