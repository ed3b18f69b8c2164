"""What the words round a name say: near it, 5 km from it, the district or the town of that name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bordermap.geometry.names import plain_key

#: Without a distance of its own, "near" reaches as far as codebook §4 says.
NEAR_KM: Final = 5.0
#: A distance is measured to a settlement, which has an extent itself.
_EXTENT_KM: Final = 2.0
_FARTHEST_KM: Final = 100.0

_NEAR_BEFORE: Final = (
    "in the vicinity of", "in the area of", "on the outskirts of", "outskirts of", "vicinity of", "close to",
    "not far from", "surroundings of", "environs of", "next to", "outside of", "near to", "nearby", "near",
    "around", "outside", "area of", "в районе", "в окрестностях", "окрестности", "вблизи", "недалеко от",
    "рядом с", "возле", "около", "близ", "у", "дар наздикии", "наздикии", "наздики", "атрофи", "در نزدیکی",
    "نزدیکی", "نزدیک", "در اطراف", "اطراف", "حومه",
)  # fmt: skip
_NEAR_AFTER: Final = (
    "area",
    "outskirts",
    "vicinity",
    "surroundings",
    "yaqinida",
    "atrofida",
    "яқинида",
    "атрофида",
)
_DISTANCE: Final = re.compile(
    r"^(?:about |some |approx\.? |approximately |~ ?|около |примерно )?(\d{1,3}(?:[.,]\d+)?)\s*"
    r"(km|kilometers?|kilometres?|км|mi|miles?)\b.*?\b(?:from|of|off|от|к \w+ от)\s+(.+)$",
    flags=re.IGNORECASE,
)
#: Words that say what is meant, as ``plain_key`` folds them, by the kind of place.
_KIND_WORDS: Final = {
    "admin1": "province region oblast oblasti oblasty viloyati viloyat velayat velayate wilayat wilayate "
    "ostan ostane governorate welayaty wilaya область области облысы провинция провинции вилояти вилоят "
    "ولایت استان",
    "admin2": "district rayon raion raiony tumani tuman nohiya nohiyai uluswali woluswali wuleswali "
    "shahrestan shahristan county subdistrict раион раиона раионе туман нохия нохияи ولسوالی اولسوالی "
    "شهرستان",
    "settlement": "city town village shahri shahr qishloq qishlogi kishlak qarya село селе кишлак кишлоги "
    "кишлоки город городе г с шахри шахр деха дехаи شهر قریه روستای روستا کلی ښار",
}
_KIND_OF: Final = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()}
#: "Panj bridge", "Khirmanjo post": what lies at a settlement need not be the settlement.
_SITE_WORDS: Final = frozenset(
    (
        "post", "checkpoint", "outpost", "camp", "base", "bridge", "crossing", "valley", "gorge", "river",
        "island", "mountain", "mountains", "pass", "dam", "mine", "airport", "road", "highway", "border",
        "frontier", "checkpost", "forest", "lake", "пост", "застава", "мост", "переправа", "ущелье", "долина",
        "река", "остров", "лагерь", "база", "تنگی", "پوسته", "پل", "رودخانه", "جزیره",
    )
)  # fmt: skip
_OF: Final = re.compile(r"^(the )?(\w+) of (the )?(.+)$", flags=re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """A name taken apart.

    Attributes:
        name: Without the words round it.
        kind: ``settlement``, ``admin2`` or ``admin1``, where a word says so; else empty.
        near_km: How far from the place it may be; 0 where the name means the place itself.
        site: Whether a word names something at a place ("post", "bridge"): then the place of that name is
            not what is meant, unless the gazetteer knows the whole.
        within: What stands behind a comma or in brackets: areas that it lies in.
    """

    name: str
    kind: str = ""
    near_km: float = 0.0
    site: bool = False
    within: tuple[str, ...] = ()


def take_apart(text: str) -> Words:
    """What a name says.

    Args:
        text: As reported.

    Example:
        >>> take_apart("near Hairatan").near_km, take_apart("near Hairatan").name
        (5.0, 'Hairatan')
        >>> take_apart("12 km north of Termez, Uzbekistan")
        Words(name='Termez', kind='', near_km=14.0, site=False, within=('Uzbekistan',))
        >>> take_apart("Термезский район").kind, take_apart("village of Kavok")
        ('admin2', Words(name='Kavok', kind='settlement', near_km=0.0, site=False, within=()))
    """
    first, *within = [part.strip() for part in re.split(r"[,،()\[\]/;]", text[:300]) if part.strip()] or [
        text
    ]
    if "/" in text:  # "Davang / Davong" are two spellings, not a place and where it lies.
        within = [part for part in within if f"/ {part}" not in text and f"/{part}" not in text]
    name, near = _without_near(" ".join(first.split()))
    name = re.sub(r"^the ", "", name, flags=re.IGNORECASE)
    name, kind = _without_of(name)
    return Words(name, kind or _kind(name), near, _names_site(name), tuple(within))


def _without_near(name: str) -> tuple[str, float]:
    if match := _DISTANCE.match(name):
        number = float(match[1].replace(",", ".")) * (1.61 if match[2].lower().startswith("mi") else 1.0)
        return match[3], min(max(number + _EXTENT_KM, NEAR_KM), _FARTHEST_KM)
    folded = name.casefold()
    for words in _NEAR_BEFORE:
        if folded.startswith(f"{words} "):
            return name[len(words) + 1 :], NEAR_KM
    for words in _NEAR_AFTER:
        if folded.endswith(f" {words}"):
            return name[: -len(words) - 1], NEAR_KM
    return name, 0.0


def _without_of(name: str) -> tuple[str, str]:
    """The name without words such as "province of", and the kind of place that they say."""
    match = _OF.match(name)
    kind = _KIND_OF.get(plain_key(match[2]), "") if match else ""
    return (match[4], kind) if match and kind else (name, "")


def _kind(name: str) -> str:
    words = [plain_key(word) for word in re.split(r"[\s\u200c.]+", name)]
    return next((_KIND_OF[word] for word in words if word in _KIND_OF), "") if len(words) > 1 else ""


def _names_site(name: str) -> bool:
    words = [plain_key(word) for word in name.split()]
    return len(words) > 1 and any(word in _SITE_WORDS for word in words)
