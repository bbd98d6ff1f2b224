"""What the buttons beside a text do on the server: they put words in, and change no others."""

from __future__ import annotations

import pytest

from publishing.drafts import Content
from publishing.writing_aids.pressed import field_in, pressed

TYPED = Content(text="Snow on #londonroad.", account_ids=(3, 4), own_texts=((4, "#londonroad!"),))


@pytest.mark.parametrize(
    ("button", "text", "own"),
    [
        ("put:text:#LoveBins", "Snow on #londonroad. #LoveBins", {4: "#londonroad!"}),
        ("put:text_4:☔", "Snow on #londonroad.", {4: "#londonroad! ☔"}),
        ("put:text_3:@wmparks", "Snow on #londonroad.", {3: "@wmparks", 4: "#londonroad!"}),
        ("put:text_99:Hm", "Snow on #londonroad. Hm", {4: "#londonroad!"}),
        ("tag:londonroad:LondonRoad", "Snow on #LondonRoad.", {4: "#LondonRoad!"}),
        ("tag:londonroad:Somewhere", "Snow on #londonroad.", {4: "#londonroad!"}),
        ("save", "Snow on #londonroad.", {4: "#londonroad!"}),
        ("put", "Snow on #londonroad.", {4: "#londonroad!"}),
    ],
)
def test_a_press_puts_words_in(button: str, text: str, own: dict[int, str]):
    after = pressed(TYPED, button)
    assert (after.text, dict(after.own_texts)) == (text, own)


def test_no_space_is_put_where_one_stands_already():
    assert pressed(Content(text="Snow\n"), "put:text:#Snow").text == "Snow\n#Snow"
    assert pressed(Content(), "put:text:#Snow").text == "#Snow"


def test_only_fields_of_chosen_accounts_are_fields():
    fields = ("text", "text_4", "text_99", "text_x", "title", "")
    assert [field_in(TYPED, field) for field in fields] == [
        "text",
        "text_4",
        *["text"] * 4,
    ]


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\n"])
def test_what_no_button_holds_is_not_put_in(sign: str) -> None:
    content = Content(text="Bins")
    assert pressed(content, f"put:text:x{sign}y") == content
