"""The shape of each reported location: one for each place and precision, shared by all who report it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bordermap.codebook import DRAWN, POINT_LIKE
from bordermap.geometry.shapes import Shape, draw_shape
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.frames import records
from bordermap.incidents.locating import shape_of

#: A row of ``places`` as a precision, for places that are drawn for their own sake.
_PRECISION_OF_KIND: Final = {
    "settlement": "settlement", "crossing": "exact", "feature": "exact", "site": "settlement",
    "admin1": "admin1", "admin2": "admin2", "border_stretch": "border_stretch", "area": "area",
}  # fmt: skip

Row = Mapping[str, str]


@dataclass(frozen=True)
class Drawn:
    """Where one location is drawn.

    Attributes:
        kind: ``point``, ``areal`` or ``words`` (not drawn).
        lon: Degrees east; 0 unless a point.
        lat: Degrees north; 0 unless a point.
        shape_id: Of its shape in :class:`Drawing`; empty where it is not drawn.
    """

    kind: str = "words"
    lon: float = 0.0
    lat: float = 0.0
    shape_id: str = ""


@dataclass(frozen=True)
class NamedShape:
    """A shape with its name.

    Attributes:
        shape_id: Place and precision.
        label: For a reader.
        shape: The geometry.
    """

    shape_id: str
    label: str
    shape: Shape


@dataclass(frozen=True)
class Drawing:
    """What is drawn of a casebook's locations.

    Attributes:
        locations: By ``location_id`` (or ``place_id``, from :func:`draw_places`).
        shapes: By shape id.
        names: Place names by ``place_id``.
    """

    locations: Mapping[str, Drawn]
    shapes: Mapping[str, NamedShape]
    names: Mapping[str, str]

    def name_of(self, place_id: str) -> str:
        """A place's name, or the empty text."""
        return self.names.get(place_id, "")


@lru_cache(maxsize=4)
def draw_locations(casebook: Casebook) -> Drawing:
    """The shape of every location of a casebook; remembered for the last few casebooks, which never change.

    Args:
        casebook: Any.

    Returns:
        Where each location is drawn. Candidates of the gazetteer and locations in words only are not.

    Raises:
        PlaceError: A place names a shape that is not shipped.

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> drawing = draw_locations(read_casebook())
        >>> {drawn.kind for drawn in drawing.locations.values()} == {"point", "areal", "words"}
        True
    """
    return _draw(casebook, {row["location_id"]: row for row in records(casebook.locations)})


def draw_places(casebook: Casebook, place_ids: Iterable[str]) -> Drawing:
    """The shape of some places of a casebook, each as finely as its kind allows.

    Args:
        casebook: Any.
        place_ids: Of its places; an empty one is drawn nowhere.

    Returns:
        Where each place is drawn, by ``place_id``.
    """
    kinds = dict(zip(casebook.places["place_id"], casebook.places["kind"], strict=True))
    wanted: dict[str, Row] = {
        key: {
            "place_id": key,
            "geo_precision": _PRECISION_OF_KIND.get(kinds.get(key, ""), "unknown"),
            "location_basis": "gazetteer",
            "longitude": "", "latitude": "", "radius_km": "",
        }
        for key in place_ids
    }  # fmt: skip
    return _draw(casebook, wanted)


def _draw(casebook: Casebook, wanted: Mapping[str, Row]) -> Drawing:
    places: dict[str, Row] = {row["place_id"]: row for row in records(casebook.places)}
    locations: dict[str, Drawn] = {}
    shapes: dict[str, NamedShape] = {}
    for key, row in wanted.items():
        drawn, named = _draw_one(row, places)
        locations[key] = drawn
        # A province may be drawn for itself and for its districts: then the note of the latter stands.
        if named is not None and (named.shape_id not in shapes or named.shape.note):
            shapes[named.shape_id] = named
    return Drawing(locations, shapes, {key: row["name"] for key, row in places.items()})


def _draw_one(row: Row, places: Mapping[str, Row]) -> tuple[Drawn, NamedShape | None]:
    precision = row["geo_precision"]
    if precision not in DRAWN or row["location_basis"] in ("candidate", "none"):
        return Drawn(), None
    named = point_shape(row, places) if precision in POINT_LIKE else _areal(row, places)
    if named is None:
        return Drawn(), None
    if precision in POINT_LIKE:
        return Drawn("point", named.shape.badge.x, named.shape.badge.y, named.shape_id), named
    return Drawn("areal", shape_id=named.shape_id), named


def point_shape(row: Row, places: Mapping[str, Row]) -> NamedShape | None:
    """The disc or the extent of a location with a point.

    Args:
        row: Of ``locations``, of a point-like precision.
        places: Rows of ``places`` by id; its own may be among them.

    Returns:
        The shape; None where there are no coordinates.
    """
    place = places.get(row["place_id"], {})
    lon, lat = row["longitude"] or place.get("longitude", ""), row["latitude"] or place.get("latitude", "")
    if not lon or not lat:
        return None
    radius = row["radius_km"] or place.get("radius_km", "")
    precision = row["geo_precision"]
    shape = draw_shape(
        precision,
        lon=float(lon),
        lat=float(lat),
        radius_km=float(radius) if radius else None,
        within=_clip(place) if precision == "near" else "",
    )
    # A claim may give coordinates of its own for a place that others only name.
    own = f"/{lon} {lat}" if row["longitude"] or row["latitude"] else ""
    key = f"{row['place_id']}/{precision}/{radius}{own}"
    return NamedShape(key, place.get("name", "") or f"{lon}, {lat}", shape)


def _clip(place: Row) -> str:
    """The first-order area that a disc stays within, where its place belongs to one."""
    code = place.get("admin1_code", "")
    return f"admin1:{code}" if code else ""


@lru_cache(maxsize=64)
def _shipped_shape(drawn_as: str, words: str) -> Shape:
    """One shape for all who report it: finding the middle of a province takes a while."""
    return draw_shape(drawn_as, shape=words)


def _areal(row: Row, places: Mapping[str, Row]) -> NamedShape | None:
    shape_words, owner = shape_of(places, row["place_id"], row["geo_precision"])
    return _area(places[owner], shape_words, row["geo_precision"]) if shape_words else None


def areal_shape(place: Row, precision: str) -> NamedShape | None:
    """The shape of an area by the row of its place alone.

    Args:
        place: A row of ``places``.
        precision: As drawn.

    Returns:
        The shape; None where there is none.
    """
    words, _ = shape_of({place["place_id"]: place}, place["place_id"], precision)
    return _area(place, words, precision) if words else None


def _area(owner: Row, shape_words: str, precision: str) -> NamedShape:
    # Two stretches of one line are one shape whoever names them; so are a district and its province.
    key = f"shape of {owner['place_id']}" if shape_words.startswith("wkt:") else shape_words
    # A district without an outline of its own is drawn as its province, and the note says so.
    coarser = precision == "admin2" and owner["kind"] != "admin2"
    drawn_as = "admin2" if coarser else "admin1"
    if shape_words.startswith("stretch:"):
        drawn_as = "border_stretch"
    return NamedShape(key, owner["name"], _shipped_shape(drawn_as, shape_words))
