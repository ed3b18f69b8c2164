"""Codes of known datasets and what they are in ours: one table for each list of codes (codebook §4 and §5).

A type is a twin only where the dataset's own definition says what ours says. Nothing here is
``cross_border_fire``: no dataset says of a row that anything crossed a border; that is a claim, and a claim
needs somebody who makes it. What stays ``other`` keeps the dataset's own type beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Twin(NamedTuple):
    """What a dataset's type is in ours.

    Attributes:
        incident_type: Of ``codebook.INCIDENT_TYPES``.
        phrase: A bare noun phrase, in words that codebook §8 allows; titles are made of it.
    """

    incident_type: str
    phrase: str


Codes = Mapping[str, str]

# Places (codebook §4). -------------------------------------------------------------------------------------

#: ACLED ``geo_precision``: 1 the named place, 2 part of a region, 3 a larger region by its main town or
#: centre. A row of code 2 without ``admin2`` is near its point instead.
ACLED_PLACES: Final[Codes] = {"1": "settlement", "2": "admin2", "3": "admin1"}
#: UCDP ``where_prec``: 1 exact, 2 within about 25 km, 3 district, 4 province, 5 a line or an area without
#: clear bounds, 6 country, 7 sea or air outside any country, therefore an area without a side.
UCDP_PLACES: Final[Codes] = {
    "1": "settlement", "2": "near", "3": "admin2", "4": "admin1", "5": "area", "6": "country", "7": "area",
}  # fmt: skip
#: GTD ``specificity``: 1 the town, 2 a town without known coordinates, 3 no town, both by the centre of the
#: smallest area known; 4 the centre of a first-order area, 5 unknown.
GTD_PLACES: Final[Codes] = {"1": "settlement", "2": "admin2", "3": "admin2", "4": "admin1", "5": "unknown"}
#: GDELT ``ActionGeo_Type``: 1 country, 2 state of the USA, 3 town of the USA, 4 town, 5 first-order area;
#: 0 where the program found no place.
GDELT_PLACES: Final[Codes] = {
    "0": "unknown", "1": "country", "2": "admin1", "3": "settlement", "4": "settlement", "5": "admin1",
}  # fmt: skip
#: How far round the point of an ACLED row of code 2, or a UCDP row of code 2, the place may be.
NEAR_KM: Final = "25"

# Dates (codebook §4). --------------------------------------------------------------------------------------

#: ACLED ``time_precision``: 1 the day, 2 the week, by its middle, 3 the month.
ACLED_DATES: Final[Codes] = {"1": "day", "2": "week", "3": "month"}
#: UCDP ``date_prec``: 1 the day, 2 two to six days, 3 the week, 4 the month, 5 more than a month.
UCDP_DATES: Final[Codes] = {"1": "day", "2": "days", "3": "week", "4": "month", "5": "year"}

# ACLED's types (codebook §5). ------------------------------------------------------------------------------

#: ACLED ``sub_event_type``, in lower case. Shelling, artillery and missiles are ``other``: ACLED does not say
#: that anything crossed a border. So are air and drone strikes, which ACLED counts together: they do not say
#: that the aircraft was uncrewed. A battle is an armed interaction of two organised groups, hence an exchange
#: of fire; mob violence and violent demonstrations may be against property alone.
ACLED_SUB_EVENTS: Final[Mapping[str, Twin]] = {
    "armed clash": Twin("exchange_of_fire", "armed clash"),
    "government regains territory": Twin("exchange_of_fire", "armed clash over territory"),
    "non-state actor overtakes territory": Twin("exchange_of_fire", "armed clash over territory"),
    "attack": Twin("attack_on_people", "violence against civilians"),
    "sexual violence": Twin("attack_on_people", "sexual violence"),
    "abduction/forced disappearance": Twin("attack_on_people", "abduction or forced disappearance"),
    "excessive force against protesters": Twin("attack_on_people", "force against protesters"),
    "excessive force against protestors": Twin("attack_on_people", "force against protesters"),
    "shelling/artillery/missile attack": Twin("other", "shelling"),
    "air/drone strike": Twin("other", "air or drone strike"),
    "remote explosive/landmine/ied": Twin("other", "explosion of a mine or remote device"),
    "grenade": Twin("other", "grenade explosion"),
    "suicide bomb": Twin("other", "suicide bombing"),
    "chemical weapon": Twin("other", "use of a chemical weapon"),
    "peaceful protest": Twin("other", "peaceful protest"),
    "protest with intervention": Twin("other", "protest with intervention"),
    "violent demonstration": Twin("other", "violent demonstration"),
    "mob violence": Twin("other", "mob violence"),
    "arrests": Twin("security_operation", "arrests"),
    "agreement": Twin("other", "agreement"),
    "change to group/activity": Twin("other", "change of a group or its activity"),
    "disrupted weapons use": Twin("other", "disrupted use of weapons"),
    "headquarters or base established": Twin("other", "establishment of a base"),
    "looting/property destruction": Twin("other", "looting or destruction of property"),
    "non-violent transfer of territory": Twin("other", "non-violent transfer of territory"),
    "other": Twin("other", "strategic development"),
}
#: ACLED ``event_type``, in lower case, for rows without a finer type: the present six, and those of the
#: layouts before 2019.
ACLED_EVENTS: Final[Mapping[str, Twin]] = {
    "battles": Twin("exchange_of_fire", "armed clash"),
    "explosions/remote violence": Twin("other", "explosion or remote violence"),
    "violence against civilians": Twin("attack_on_people", "violence against civilians"),
    "protests": Twin("other", "protest"),
    "riots": Twin("other", "riot"),
    "strategic developments": Twin("other", "strategic development"),
    "battle-no change of territory": Twin("exchange_of_fire", "armed clash"),
    "battle-government regains territory": Twin("exchange_of_fire", "armed clash over territory"),
    "battle-non-state actor overtakes territory": Twin("exchange_of_fire", "armed clash over territory"),
    "battle-non-state actors overtake territory": Twin("exchange_of_fire", "armed clash over territory"),
    "battle-rebels overtake territory": Twin("exchange_of_fire", "armed clash over territory"),
    "remote violence": Twin("other", "remote violence"),
    "riots/protests": Twin("other", "protest or riot"),
    "headquarters or base established": Twin("other", "establishment of a base"),
    "non-violent transfer of territory": Twin("other", "non-violent transfer of territory"),
    "non-violent activity by a conflict actor": Twin("other", "non-violent activity"),
    "non-violent rebel activity": Twin("other", "non-violent activity"),
    "strategic development": Twin("other", "strategic development"),
}

# UCDP's types (codebook §5). -------------------------------------------------------------------------------

#: UCDP ``type_of_violence``. State-based and non-state violence are ``other``: both count deaths between two
#: organised parties, by any means, and do not say that both fired.
UCDP_EVENTS: Final[Mapping[str, Twin]] = {
    "1": Twin("other", "state-based violence"),
    "2": Twin("other", "non-state violence"),
    "3": Twin("attack_on_people", "one-sided violence"),
}
#: UCDP ``type_of_violence`` in UCDP's words.
UCDP_WORDS: Final[Codes] = {"1": "state-based conflict", "2": "non-state conflict", "3": "one-sided violence"}

# GTD's types (codebook §5). --------------------------------------------------------------------------------

#: GTD ``attacktype1_txt``, in lower case, and the number ``attacktype1``. An assault or a killing becomes
#: violence against people where its target is of :data:`GTD_CIVILIANS`, else a shooting where the weapon is
#: of :data:`GTD_FIREARMS`; see :data:`GTD_AGAINST_PEOPLE`.
GTD_EVENTS: Final[Mapping[str, Twin]] = {
    "assassination": Twin("other", "targeted killing"),
    "armed assault": Twin("other", "armed assault"),
    "bombing/explosion": Twin("other", "explosion"),
    "hijacking": Twin("other", "hijacking"),
    "hostage taking (barricade incident)": Twin("attack_on_people", "hostage taking"),
    "hostage taking (kidnapping)": Twin("attack_on_people", "kidnapping"),
    "facility/infrastructure attack": Twin("other", "damage to a facility"),
    "unarmed assault": Twin("other", "unarmed assault"),
    "unknown": Twin("other", "violence of an unknown kind"),
}
#: GTD's numbers of the same types.
GTD_EVENT_NUMBERS: Final[Codes] = dict(zip("123456789", GTD_EVENTS, strict=True))
#: GTD's types that are aimed at people.
GTD_AGAINST_PEOPLE: Final = ("assassination", "armed assault", "unarmed assault")
#: GTD ``targtype1_txt``, in lower case: targets that took no part.
GTD_CIVILIANS: Final = (
    "abortion related", "business", "educational institution", "journalists & media", "ngo",
    "private citizens & property", "religious figures/institutions", "tourists",
)  # fmt: skip
#: GTD ``weaptype1_txt``, in lower case.
GTD_FIREARMS: Final = ("firearms",)
#: GTD ``claimed``.
GTD_CLAIMED: Final[Codes] = {"1": "yes", "0": "none_found", "-9": "unknown"}

# GDELT's types (codebook §5). ------------------------------------------------------------------------------

#: CAMEO codes, the longest beginning that fits counts. 18 (assault) and 20 (mass violence) are violence
#: against people, 19 (fight) an exchange of fire; but bombings (183), blockades (191), occupations (192),
#: aircraft (195), broken ceasefires (196) and weapons of mass destruction (204) say neither.
CAMEO: Final[Mapping[str, Twin]] = {
    "01": Twin("other", "public statement"), "02": Twin("other", "appeal"),
    "03": Twin("other", "intent to cooperate"), "04": Twin("other", "consultation"),
    "05": Twin("other", "diplomatic cooperation"), "06": Twin("other", "material cooperation"),
    "07": Twin("other", "aid"), "08": Twin("other", "concession"), "09": Twin("other", "investigation"),
    "10": Twin("other", "demand"), "11": Twin("other", "disapproval"), "12": Twin("other", "rejection"),
    "13": Twin("other", "threat"), "14": Twin("other", "protest"), "15": Twin("other", "show of force"),
    "16": Twin("other", "reduction of relations"), "17": Twin("other", "coercion"),
    "173": Twin("security_operation", "arrest or detention"),
    "18": Twin("attack_on_people", "violence against people"), "181": Twin("attack_on_people", "abduction"),
    "183": Twin("other", "bombing"), "19": Twin("exchange_of_fire", "fighting"),
    "191": Twin("other", "blockade"), "192": Twin("other", "occupation of territory"),
    "195": Twin("other", "use of aerial weapons"), "1952": Twin("drone_strike", "drone strike"),
    "196": Twin("other", "violation of a ceasefire"), "20": Twin("attack_on_people", "mass violence"),
    "204": Twin("other", "use of weapons of mass destruction"),
}  # fmt: skip


def cameo_twin(code: str, root: str = "") -> Twin | None:
    """The twin of a CAMEO code.

    Args:
        code: ``EventCode``; a spreadsheet may have taken its leading zero away.
        root: ``EventRootCode``, with or without its leading zero; empty: the code begins with it.

    Returns:
        The twin; None where CAMEO has no such code.

    Example:
        >>> cameo_twin("193", "19").incident_type, cameo_twin("18", "1").phrase, cameo_twin("x")
        ('exchange_of_fire', 'public statement', None)
    """
    root = (root or code[:2]).zfill(2)
    code = code if code.startswith(root) else f"0{code}" if f"0{code}".startswith(root) else root
    return next((CAMEO[code[:n]] for n in (4, 3, 2) if code[:n] in CAMEO), None)
