"""How a settled place is drawn: never finer than it was reported, found, or than its kind can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bordermap.geometry.gazetteer import Place
from bordermap.incidents.naming.place_words import NEAR_KM, Words
from bordermap.incidents.naming.settling import Question, Settled

#: A feature such as an island has an extent (codebook §4).
_FEATURE_KM: Final = 3.0
_POINTS: Final = {
    "settlement": "settlement",
    "crossing": "settlement",
    "site": "settlement",
    "feature": "near",
}
#: From fine to coarse, those that a name can be drawn as.
_FINENESS: Final = ("exact", "settlement", "near", "admin2", "admin1", "area", "country")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a row of the flat table has it.

    Attributes:
        geo_precision: As drawn.
        location_basis: What it rests on.
        place_key: The place that the name settled; empty where only what it lies in is drawn.
        longitude: Degrees, text; empty for areal places.
        latitude: Degrees, text.
        admin1_code: GeoNames key of the first-order area; empty where unknown or several.
        radius_km: Text; only with ``near``.
        country: ISO 3166-1 alpha-3; empty where unknown or several.
    """

    geo_precision: str = "unknown"
    location_basis: str = "none"
    place_key: str = ""
    longitude: str = ""
    latitude: str = ""
    admin1_code: str = ""
    radius_km: str = ""
    country: str = ""


def spot(question: Question, settled: Settled) -> Spot:
    """How a row is drawn.

    Args:
        question: What the row says.
        settled: What came of its name.

    Returns:
        The place, where the name settled one; else the province that the row names, else its country.

    Example:
        >>> from bordermap.incidents.naming.settling import settle
        >>> question = Question("near Hairatan", country="AFG")
        >>> drawn = spot(question, settle(question))
        >>> drawn.geo_precision, drawn.radius_km, drawn.longitude, drawn.place_key
        ('near', '5', '67.4241', 'hairatan')
    """
    if settled.place is None:
        return _fallback(settled)
    drawn = _drawn(settled.place, settled.words, settled)
    return _no_finer(drawn, question.stated)


def _drawn(place: Place, words: Words, settled: Settled) -> Spot:
    base = Spot(place_key=place.place_key, admin1_code=_one(place.admin1_code), country=_one(place.country))
    if place.kind not in _POINTS:
        return _areal(base, place.kind, words.near_km, settled)
    if words.kind in ("admin2", "admin1") and settled.outcome != "chosen":
        # The district is named for the town, and has no place of its own in the gazetteer.
        return _parent(replace(base, place_key=""), settled)
    if place.lon is None or place.lat is None:
        return _parent(base, settled)
    precision, radius = _POINTS[place.kind], _FEATURE_KM if place.kind == "feature" else 0.0
    if words.near_km:
        precision, radius = "near", max(words.near_km, radius)
    return replace(
        base, geo_precision=precision, location_basis="gazetteer", longitude=str(place.lon),
        latitude=str(place.lat), radius_km=f"{radius:g}" if radius else "",
    )  # fmt: skip


def _areal(base: Spot, kind: str, near_km: float, settled: Settled) -> Spot:
    """An area; what is near one lies in the next larger, as far as anybody knows."""
    if kind == "country":
        return replace(base, geo_precision="country", location_basis="gazetteer")
    if near_km and kind == "admin1":
        return Spot("country", "none", country=base.country)
    if kind == "admin2":
        found = _parent(base, settled)
        return replace(found, geo_precision="admin1") if near_km and found.admin1_code else found
    return replace(base, geo_precision=kind, location_basis="gazetteer")


def _parent(base: Spot, settled: Settled) -> Spot:
    """What is known to lie in a district or province, and has no coordinates or outline of its own."""
    code = base.admin1_code or _only(settled.context.provinces)
    if not code:
        return replace(base, geo_precision="country", location_basis="parent")
    return replace(base, geo_precision="admin2", location_basis="parent", admin1_code=code)


def _fallback(settled: Settled) -> Spot:
    country = settled.context.country
    if code := _only(settled.context.provinces):
        return Spot("admin1", "parent", admin1_code=code, country=country)
    if country:
        return Spot("country", "none", country=country)
    return Spot("unknown", "candidate" if settled.candidates else "none")


def _no_finer(drawn: Spot, stated: str) -> Spot:
    if stated not in _FINENESS or _FINENESS.index(drawn.geo_precision) >= _FINENESS.index(stated):
        return drawn
    if stated == "near":
        return replace(drawn, geo_precision="near", radius_km=drawn.radius_km or f"{NEAR_KM:g}")
    if stated == "exact":
        return drawn
    bare = replace(drawn, longitude="", latitude="", radius_km="", location_basis="parent")
    if stated in ("admin1", "admin2") and drawn.admin1_code:
        return replace(bare, geo_precision=stated)
    return replace(bare, geo_precision="country")


def _one(code: str) -> str:
    return "" if "/" in code else code


def _only(codes: tuple[str, ...]) -> str:
    return codes[0] if len(codes) == 1 else ""
