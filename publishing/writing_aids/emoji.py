"""Emoji to choose from: those that councils use, by group, and any other by its name.

Signs and names are those of the `emoji` library; here stands only which are offered. Hands and
people are offered in yellow, which is nobody's skin; another tone is found by its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from emoji import EMOJI_DATA, STATUS

NEWEST = 15.0
"""Later ones are empty boxes on many phones."""
MOST_FOUND = 60
GROUPS = {
    "Weather": (
        "sun sun_behind_cloud cloud cloud_with_rain umbrella_with_rain_drops "
        "cloud_with_lightning_and_rain high_voltage wind_face fog snowflake cloud_with_snow "
        "snowman_without_snow thermometer droplet water_wave rainbow"
    ),
    "Warnings and signs": (
        "warning stop_sign no_entry prohibited construction police_car_light megaphone loudspeaker "
        "information red_exclamation_mark red_question_mark check_mark_button cross_mark locked "
        "right_arrow down_arrow backhand_index_pointing_right backhand_index_pointing_down link "
        "magnifying_glass_tilted_left ballot_box_with_ballot telephone mobile_phone envelope"
    ),
    "Transport": (
        "bus bus_stop tram train taxi automobile bicycle kick_scooter person_walking person_biking "
        "ferry airplane tractor delivery_truck fire_engine ambulance police_car motorway "
        "vertical_traffic_light fuel_pump wheelchair_symbol"
    ),
    "Places": (
        "house houses classical_building office_building hospital school stadium castle church "
        "mosque synagogue hindu_temple national_park playground_slide evergreen_tree camping "
        "beach_with_umbrella person_swimming fountain ferris_wheel world_map round_pushpin"
    ),
    "Calendar and events": (
        "calendar spiral_calendar alarm_clock hourglass_not_done bell party_popper balloon "
        "wrapped_gift Christmas_tree jack-o-lantern fireworks sparkler microphone musical_note "
        "artist_palette performing_arts admission_tickets trophy sports_medal soccer_ball "
        "graduation_cap"
    ),
    "Streets, waste and green": (
        "recycling_symbol wastebasket litter_in_bin_sign broom light_bulb seedling herb sunflower "
        "cherry_blossom rose maple_leaf honeybee hedgehog bird dog_face paw_prints "
        "globe_showing_Europe-Africa potable_water"
    ),
    "Daily life": (
        "open_book books newspaper laptop pencil backpack baby_bottle hot_beverage "
        "fork_and_knife_with_plate bread red_apple syringe pill stethoscope ear_with_hearing_aid "
        "pound_banknote key toilet"
    ),
    "Faces and hands": (
        "slightly_smiling_face smiling_face_with_smiling_eyes grinning_face_with_smiling_eyes "
        "thinking_face crying_face red_heart yellow_heart green_heart blue_heart clapping_hands "
        "thumbs_up waving_hand raised_hand handshake"
    ),
    "Flags": (
        "United_Kingdom England Scotland Wales Ireland European_Union Ukraine rainbow_flag "
        "transgender_flag chequered_flag triangular_flag"
    ),
}
"""Titles, and the library's names of what stands below each."""
ALSO_CALLED = {
    "adhesive_bandage": "plaster",
    "airplane": "aeroplane",
    "ballot_box_with_ballot": "vote election poll",
    "construction": "roadworks road works",
    "delivery_truck": "lorry",
    "flashlight": "torch",
    "fuel_pump": "petrol",
    "high_voltage": "lightning electricity power",
    "police_car_light": "siren alert",
    "potable_water": "tap",
    "recycling_symbol": "recycle",
    "soccer_ball": "football",
    "syringe": "jab vaccine",
    "wastebasket": "bin rubbish",
    "water_wave": "flood sea",
}
"""What people here say, and the library does not."""
_REGION = range(0x1F1E6, 0x1F200)
_BLACK_FLAG, _TAG = "\U0001f3f4", "\U000e0067"


@dataclass(frozen=True, slots=True)
class Emoji:
    sign: str
    name: str
    """What a screen reader says, near enough."""


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    emoji: tuple[Emoji, ...]


def offered(words: str = "") -> list[Group]:
    """The groups; with `words`, one of those whose names have them all."""
    wanted = words.casefold().split()
    return [Group("Found", tuple(_named(wanted)))] if wanted else list(_groups())


def is_emoji(sign: str) -> bool:
    """Whether it is one of those that can be found here."""
    return sign in _known()


def _named(wanted: list[str]) -> Iterator[Emoji]:
    """Those in other skin tones only for whoever asks for a tone."""
    found = 0
    for each, said in _known().values():
        # Each begins a word of the name: "rain" is in umbrellas and rainbows, not in trains.
        if all(f" {word}" in said for word in wanted) and (
            "skin tone" not in said or {"skin", "tone"} & set(wanted)
        ):
            yield each
            found += 1
            if found == MOST_FOUND:
                return


@cache
def _groups() -> tuple[Group, ...]:
    by_name = {EMOJI_DATA[sign]["en"].strip(":"): each for sign, (each, _) in _known().items()}
    return tuple(
        Group(title, tuple(by_name[name] for name in names.split()))
        for title, names in GROUPS.items()
    )


@cache
def _known() -> dict[str, tuple[Emoji, str]]:
    """Each by its sign, with all that it is called in small letters, a space before each word."""
    return {
        sign: (Emoji(sign, _name(sign, about["en"])), _said(sign, about["en"], about))
        for sign, about in EMOJI_DATA.items()
        if about["status"] == STATUS["fully_qualified"] and about["E"] <= NEWEST
    }


def _said(sign: str, named: str, about: dict[str, object]) -> str:
    aliases = about.get("alias") or ()
    also = aliases if isinstance(aliases, Iterable) else ()
    ours = ALSO_CALLED.get(named.strip(":"), "")
    names = [_name(sign, named), *(_words(str(alias)) for alias in also), ours]
    return f" {' '.join(names).casefold()}"


def _name(sign: str, named: str) -> str:
    is_flag = ord(sign[0]) in _REGION or sign.startswith(_BLACK_FLAG + _TAG)
    return f"flag of {_words(named)}" if is_flag else _words(named)


def _words(named: str) -> str:
    return named.strip(":").replace("_", " ")
