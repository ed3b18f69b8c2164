"""What every code of the codebook means: one table each, in the order in which a reader meets them.

The words are those of ``docs/codebook.md``, which is made from these tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Code:
    """One allowed value.

    Attributes:
        key: As written in the tables.
        label: As shown to a reader.
        meaning: One sentence.
    """

    key: str
    label: str
    meaning: str


def _table(*rows: tuple[str, str, str]) -> dict[str, Code]:
    return {key: Code(key, label, meaning) for key, label, meaning in rows}


STATUSES: Final = _table(
    (
        "confirmed",
        "Confirmed",
        "two or more separate voices, one of them an authority that is not the doer",
    ),
    ("corroborated", "Corroborated", "two or more separate voices, none of them such an authority"),
    ("reported", "Reported", "one voice, or none that can be told apart"),
    ("claimed", "Claimed", "only by the party that says it did it"),
    ("disputed", "Disputed", "asserted by some and denied by others"),
    ("denied", "Denied", "denied, and asserted by no voice that counts"),
)

#: What stands before a title of each status; a confirmed incident's title stands bare.
TITLE_PREFIXES: Final = {
    "confirmed": "",
    "corroborated": "Corroborated report of ",
    "reported": "Reported ",
    "claimed": "Claimed ",
    "disputed": "Disputed report of ",
    "denied": "Denied report of ",
}

STANCES: Final = _table(
    ("claims_responsibility", "claims responsibility", "says it did it; also a state about its own shots"),
    ("reports", "reports", "says it happened"),
    ("confirms", "confirms", "says that an earlier account is right"),
    ("acknowledges", "acknowledges", "accepts that it happened without confirming"),
    ("attributes", "attributes", "says who did it"),
    ("assesses", "assesses", "judges from what others reported"),
    ("doubts", "doubts", "says that it could not be established"),
    ("denies", "denies", "says it is not so"),
    ("withholds", "withholds comment", "was asked or expected to speak and did not say"),
)

ABOUTS: Final = _table(
    ("event", "the event", "that it happened at all"),
    ("launch", "the launch", "that something was fired"),
    ("impact", "the impact", "that something hit or landed"),
    ("means", "the means", "what it was done with"),
    ("actor", "the actor", "who did it"),
    ("nature", "the nature", "what kind of act or people it was"),
    ("casualties", "casualties", "who was killed, wounded or detained"),
)

ROLES: Final = _table(
    ("impact", "reported impact", "where something is said to have hit or landed"),
    ("scene", "reported scene", "where it is said to have taken place, without a direction"),
    ("target", "named target", "what was said to be aimed at, which is not an impact"),
    ("crossing", "reported crossing", "where people are said to have crossed the border"),
    ("origin", "reported origin", "where it is said to have started"),
)

PRECISIONS: Final = _table(
    ("exact", "exact", "coordinates or a mapped object given by a source, within 500 m"),
    ("settlement", "settlement", "a town or village, with its extent"),
    ("near", "near", "near a place: a disc of the radius stated, 5 km unless said otherwise"),
    (
        "admin2",
        "district",
        "somewhere in a district; without a district outline the province is drawn",
    ),
    ("admin1", "province", "somewhere in a province"),
    ("border_stretch", "border stretch", "somewhere along a stretch of the border"),
    ("area", "named area", "a region named in words"),
    ("country", "country only", "known only to a country: listed, not drawn"),
    ("unknown", "unknown", "no place given: listed, not drawn"),
)

#: Precisions that are drawn as a symbol at a place; the rest are areas, or lists.
POINT_LIKE: Final = ("exact", "settlement", "near")
DRAWN: Final = ("exact", "settlement", "near", "admin2", "admin1", "border_stretch", "area")

LOCATION_BASES: Final = _table(
    ("given", "given", "the source gives the coordinates or the mapped object"),
    ("gazetteer", "gazetteer", "the name was found in the gazetteer"),
    ("parent", "parent area", "the place itself has no known coordinates: the area it lies in"),
    ("machine", "machine", "placed by a program, from the words of an article"),
    ("candidate", "candidate", "a place of a similar name; listed, never drawn"),
    ("none", "none", "words only"),
)

INCIDENT_TYPES: Final = _table(
    ("cross_border_fire", "Cross-border fire", "rockets, shells or shots said to be fired across the border"),
    ("drone_strike", "Drone strike", "an uncrewed aircraft said to be used as or with a weapon"),
    ("shooting", "Shooting", "shots at people or property"),
    ("exchange_of_fire", "Exchange of fire", "two sides said to have fired at each other"),
    ("crossing_clash", "Clash after a crossing", "armed contact with people who crossed the border"),
    ("attack_on_people", "Violence against people", "violence against people who took no part"),
    ("security_operation", "Security operation", "a raid, search or arrest by an authority"),
    ("other", "Other", "anything else"),
)

#: Types in which a statement about the means is a statement about the core of the incident (codebook §3).
MEANS_COUNT: Final = ("cross_border_fire", "drone_strike")

PARTY_KINDS: Final = _table(
    ("state", "state", "a government or one of its offices"),
    ("de_facto_authority", "de facto authority", "an authority in control without general recognition"),
    ("court", "court", "a court; it belongs to its state"),
    ("armed_group", "armed group", "an organised armed group"),
    ("newsroom", "newsroom", "a newsroom with its own reporting, and the unnamed sources it quotes"),
    ("monitor", "monitor", "a body that watches and records"),
    ("un_body", "UN body", "a body of the United Nations"),
    ("witness", "witness", "somebody who says they saw it"),
    ("analyst", "analyst", "judges without access of their own"),
    ("social_media", "social media", "posts of unknown authorship"),
    ("detainee", "detainee", "a person speaking in custody"),
    ("company", "company", "a firm or organisation affected"),
    ("dataset", "dataset", "a table whose makers are not known here; no voice of its own"),
    ("machine", "machine coding", "mentions in texts, found by a program; no voice of its own"),
    ("named_actor", "named actor", "named in a dataset as having taken part; what it is was not read"),
)

DATE_KINDS: Final = _table(
    ("within", "within", "somewhere in the interval"),
    ("throughout", "throughout", "it lasted for the interval"),
)
DATE_PRECISIONS: Final = (
    "minute", "hour", "part_of_day", "day", "days", "week", "month", "year", "unknown",
)  # fmt: skip
DATE_BASES: Final = ("event", "report", "conflict", "inferred")
RESPONSIBILITY: Final = ("yes", "none_found", "unknown")
RESPONSIBILITY_SENTENCES: Final = {
    "yes": "Somebody claimed responsibility.",
    "none_found": "Nobody was found to have claimed responsibility.",
}
EXTENTS: Final = ("full", "part")
RELATIONS: Final = ("original", "relay", "translation")
SIDES: Final = ("a", "b", "civilians", "unknown")
PLACE_KINDS: Final = (
    "settlement", "crossing", "feature", "admin1", "admin2", "border_stretch", "area", "country", "site",
)  # fmt: skip
CONTEXT_KINDS: Final = _table(
    ("exercise", "Exercise", "a military exercise"),
    ("meeting", "Meeting", "a meeting of officials"),
    ("agreement", "Agreement", "an agreement signed"),
    ("conference", "Conference", "an international conference"),
    ("position", "Declared position", "what a government declares"),
    ("control_claim", "Claim of control", "who says it controls an area, on a date"),
)

LINE_STATUSES: Final = _table(
    ("not_assessed", "not assessed", "no instrument or published dispute is cited here"),
    ("agreed", "agreed", "an agreement of both states is cited"),
    ("disputed", "disputed", "a published dispute is cited"),
    ("line_of_control", "line of control", "a military line, not an agreed border"),
    ("undefined", "undefined", "no line is defined"),
)

ENDORSEMENT: Final = "Boundaries and names shown do not imply endorsement."

COUNTRY_NAMES: Final = {
    "AFG": "Afghanistan", "UZB": "Uzbekistan", "TJK": "Tajikistan", "TKM": "Turkmenistan", "IRN": "Iran",
    "PAK": "Pakistan", "CHN": "China", "KGZ": "Kyrgyzstan", "KAZ": "Kazakhstan", "IND": "India",
    "MNG": "Mongolia", "USA": "United States", "RUS": "Russia",
}  # fmt: skip


def label(table: dict[str, Code], key: str) -> str:
    """The words a reader sees for a code; the code itself where the table does not know it.

    Example:
        >>> label(STANCES, "withholds"), label(ROLES, "elsewhere")
        ('withholds comment', 'elsewhere')
    """
    return table[key].label if key in table else key.replace("_", " ")


def status_title(status: str, title: str) -> str:
    """A title that carries its status (codebook §8), first letter large.

    Example:
        >>> status_title("claimed", "rocket fire towards Termez"), status_title("confirmed", "rocket fire")
        ('Claimed rocket fire towards Termez', 'Rocket fire')
    """
    full = TITLE_PREFIXES.get(status, "") + title
    return full[:1].upper() + full[1:]
