"""The land borders of the world, by country or by pair, and how long they are said to be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import geopandas as gpd
import pandas as pd
import pyogrio

from bordermap.catalog import data_path
from bordermap.errors import BorderError
from bordermap.geometry.countries import country_hint, country_names, find_country
from bordermap.geometry.index import BorderIndex, prepare
from bordermap.text import join_words

#: Ask for these to get every border.
WORLD = "world"


def read_borders(of: str | None = "AFG") -> gpd.GeoDataFrame:
    """The land borders of a country, the border between two, or all.

    Args:
        of: A country (``"AFG"``, ``"Afghanistan"``), a pair in either order (``"AFG-TJK"``), or ``"world"``.

    Returns:
        One row a border (several where its status differs by part), EPSG:4326, sorted by ``border_pair``
        and ``part``: ``border_pair``, ``country_a``, ``country_b``, ``part``, ``line_status``,
        ``line_status_by``, ``course``, ``accuracy_m``, ``resolution_m``, ``length_km`` (geodesic, WGS84),
        ``note``, ``geometry``; unless all are asked for, also ``neighbour`` (ISO 3166-1 alpha-3) and
        ``neighbour_name``, seen from the country that is named first.

    Raises:
        BorderError: No such country, no land border between the two, or none at all.

    Example:
        >>> borders = read_borders("AFG")
        >>> borders["neighbour"].tolist()
        ['CHN', 'IRN', 'PAK', 'TJK', 'TKM', 'UZB']
        >>> round(read_borders("Tajikistan-Afghanistan")["length_km"].iloc[0])
        1344
    """
    codes = _codes(of)
    clauses = [f"(country_a = '{code}' OR country_b = '{code}')" for code in codes]
    rows = pyogrio.read_dataframe(data_path("borders.fgb"), where=" AND ".join(clauses) or None)
    if rows.empty:
        raise _no_border(codes)
    rows = rows.sort_values(["border_pair", "part"], ignore_index=True)
    return _with_neighbour(rows, codes[0]) if codes else rows


@lru_cache(maxsize=4)
def prepared(of: str = "AFG") -> BorderIndex:
    """The borders of a country made ready for asking, remembered for the last few countries.

    Args:
        of: As for :func:`read_borders`.

    Returns:
        See :func:`bordermap.geometry.index.prepare`.

    Raises:
        BorderError: As for :func:`read_borders`.
    """
    return prepare(read_borders(of))


def _with_neighbour(rows: gpd.GeoDataFrame, code: str) -> gpd.GeoDataFrame:
    neighbour = rows["country_b"].where(rows["country_a"] == code, rows["country_a"])
    names = country_names()
    return rows.assign(neighbour=neighbour, neighbour_name=[names.get(each, each) for each in neighbour])


def _codes(of: str | None) -> list[str]:
    """The countries that are asked for: none for all, one, or two."""
    text = WORLD if of is None else of.strip()
    if text.casefold() == WORLD:
        return []
    if code := find_country(text):
        return [code]
    # Guinea-Bissau has a hyphen too: every hyphen may be the one between the two.
    halves: list[tuple[str, ...]] = [
        (text[: dash.start()], text[dash.end() :]) for dash in re.finditer(r"\s*[-–—/]\s*", text)
    ]
    for half in halves:
        pair = [find_country(name) for name in half]
        if all(pair) and pair[0] != pair[1]:
            return pair
    raise _unknown(text, halves[0] if halves else (text,))


def _unknown(text: str, names: tuple[str, ...]) -> BorderError:
    wrong = next((name for name in names if not find_country(name)), None)
    if wrong is None:
        return BorderError(
            f"{text!r} names one country twice", hint="Name two countries, for example AFG-TJK.", code="BM141"
        )
    return BorderError(f"no country is called {wrong!r}", hint=country_hint(wrong), code="BM141")


@lru_cache(maxsize=1)
def _pairs() -> frozenset[frozenset[str]]:
    rows = pyogrio.read_dataframe(
        data_path("borders.fgb"), columns=["country_a", "country_b"], read_geometry=False
    )
    return frozenset(frozenset(pair) for pair in zip(rows["country_a"], rows["country_b"], strict=True))


def with_land_border() -> frozenset[str]:
    """The countries that have a land border, ISO 3166-1 alpha-3.

    Example:
        >>> "AFG" in with_land_border(), "ISL" in with_land_border()
        (True, False)
    """
    return frozenset(code for pair in _pairs() for code in pair)


def _no_border(codes: list[str]) -> BorderError:
    names = [country_names()[code] for code in codes]
    pairs = _pairs()
    neighbours = sorted(other for pair in pairs if codes[0] in pair for other in pair - {codes[0]})
    hint = f"{names[0]} has land borders with {join_words(neighbours)}."
    if not neighbours:
        hint = f"The shipped lines hold no land border of {names[0]}: ask for another country."
    if len(codes) == 2:
        return BorderError(f"{names[0]} and {names[1]} have no land border", hint=hint, code="BM142")
    return BorderError(f"{names[0]} has no land border", hint=hint, code="BM142")


def shared_country(pairs: Iterable[str]) -> str:
    """The one country that all borders have in common; empty where there is none, or more than one.

    Args:
        pairs: Borders by their pairs.

    Example:
        >>> shared_country(["AFG-TJK", "AFG-UZB"]), shared_country(["AFG-TJK"])
        ('AFG', '')
    """
    countries = [set(str(pair).split("-")) for pair in pairs]
    common = set.intersection(*countries) if countries else set()
    return common.pop() if len(common) == 1 else ""


def lengths(borders: gpd.GeoDataFrame) -> pd.DataFrame:
    """How long borders are, beside what has been published.

    Args:
        borders: As :func:`read_borders` gives them.

    Returns:
        One row a border and published length, one alone where none is known: ``border_pair``, ``part``,
        ``length_km``, ``published_km``, ``publisher``, ``year``, ``published_note``, ``difference_percent``
        (of the published length). For each border the one to compare with comes first: the last CIA figure.

    Example:
        >>> table = lengths(read_borders("AFG-TJK"))
        >>> bool(table["difference_percent"].abs().min() < 1)
        True
    """
    published = pd.read_csv(data_path("published-lengths.csv"), dtype=str, keep_default_na=False)
    pairs = ["-".join(sorted(("AFG", neighbour))) for neighbour in published["neighbour"]]
    known = published.assign(
        border_pair=pairs, published_km=published["length_km"].astype(float), published_note=published["note"]
    )
    columns = ["border_pair", "published_km", "publisher", "year", "published_note"]
    ours = pd.DataFrame(borders[["border_pair", "part", "length_km"]])
    table = ours.merge(known[columns], on="border_pair", how="left", sort=False)
    words = ["publisher", "year", "published_note"]
    table[words] = table[words].fillna("")
    return table.assign(difference_percent=100 * (table["length_km"] / table["published_km"] - 1))
