"""Flat tables for tests: rows as a dataset gives them, with every kind of text that has ever gone wrong."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from hypothesis import strategies as st

from bordermap import codebook as cb
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.conversion.assembling import assemble
from bordermap.incidents.flat import FLAT
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.about import About
from bordermap.incidents.readers.layer import Layer
from bordermap.incidents.readers.layers import read_layers

PARTY = ("set", "A made-up set", "dataset")
#: Texts that some program takes for something else than text.
TEXTS = (
    "", "NA", "null", "NaN", "nan", "None", "true", "007", "1e5", "-12.5", "+3", "1,5", "=1+1", "'=1+1", "''=1",
    "@x", "-x", "\t=x", "it's", '"quoted"', "a,b;c|d", "two\nlines", "cr\rin", "crlf\r\nin", " lead", "trail ",
    "<b>&amp;</b>", "${alert(1)}", "</script>", "]]>", "_x000D_", "ترمذ", "Термез", "e\u0301", "\U0001f600", "2022-04-18",
    "2022-04-18T16:20", "\u200b", "x" * 300, "{\"a\": 1}", "[1]", "1/2/2022", "\\N", "#N/A",
)  # fmt: skip
_WORDS = st.sampled_from(TEXTS) | st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    max_size=12,
)
_WHOLE = st.sampled_from(["", "0", "1", "007", "12", "999999999"])


def _row(at: int) -> st.SearchStrategy[dict[str, str]]:
    """One row that a reader accepts: a point, an area or neither."""
    point = {
        "geo_precision": st.sampled_from(cb.POINT_LIKE), "location_basis": st.just("given"),
        "longitude": st.sampled_from(["67.27833", "68", "70.5", "69.0", "-0.5", "7.100"]),
        "latitude": st.sampled_from(["37.22417", "37", "38.5", "-0.25", "36.50"]),
        "radius_km": st.sampled_from(["", "5", "2.5"]),
    }  # fmt: skip
    area = {
        "geo_precision": st.sampled_from(["admin1", "admin2"]), "location_basis": st.just("given"),
        "shape": st.just("admin1:AF.30"), "admin1_code": st.sampled_from(["", "AF.30"]),
        "representative_longitude": st.just("67.1"), "representative_latitude": st.just("36.7"),
    }  # fmt: skip
    listed = {"geo_precision": st.sampled_from(["country", "unknown"]), "location_basis": st.just("none")}
    always = {
        "event_id": st.sampled_from(["{}", "id {}", "00{}", "=id{}", "'{}", "ид-{}"]).map(lambda t: t.format(at)),
        "incident_type": st.sampled_from(list(cb.INCIDENT_TYPES)),
        "title": _WORDS.map(lambda text: text or "incident"),
        "date_start": st.sampled_from(["2022-04-18", "2022-04-18T16:20"]),
        "date_end": st.sampled_from(["", "2022-04-19"]),
        "date_precision": st.sampled_from(cb.DATE_PRECISIONS),
        "role": st.sampled_from(list(cb.ROLES)),
        "location": _WORDS, "notes": _WORDS, "actor1": _WORDS, "actor2": _WORDS, "event_type": _WORDS,
        "source_geo_precision": st.sampled_from(["", "1", "01"]), "country": st.sampled_from(["", "AFG", "UZB"]),
        "fatalities_best": _WHOLE, "fatalities_a": _WHOLE, "wounded": _WHOLE,
        "source": st.sampled_from(["", "A paper", "A paper; NA", "=1"]),
        "source_url": st.sampled_from(["", "https://example.org/a?b=c&d"]),
    }  # fmt: skip
    return st.one_of(*(st.fixed_dictionaries({**always, **place}) for place in (point, area, listed)))


@st.composite
def flat_casebooks(draw: st.DrawFn) -> Casebook:
    """A casebook made of one to eight flat rows, with some columns of its source's own."""
    rows = [draw(_row(at)) for at in range(draw(st.integers(1, 8)))]
    names = draw(st.lists(st.sampled_from(EXTRA_NAMES), unique=True, max_size=4))
    extras = [{"event_id": row["event_id"]} | {name: draw(_WORDS) for name in names} for row in rows]
    return casebook_of_rows(rows, extras)


#: Names of a source's own columns: some are ours too, some differ in case only, some would run.
EXTRA_NAMES = (
    "iso", "ISO", "title", "source_title", "geo_precision", "source_geo_precision", "latitude", "status", "claims",
    "name", "description", "kml_name", "fid", "geom", "Geometry", "=cmd", "'=cmd", "a b", "имя", "a\"b", "id",
)  # fmt: skip


def casebook_of_rows(rows: list[dict[str, str]], extras: list[dict[str, str]] | None = None) -> Casebook:
    """Flat rows as a casebook."""
    flat = pd.DataFrame([{name: "" for name in FLAT.names} | row for row in rows], dtype="str")
    extra = pd.DataFrame(extras if extras else [{"event_id": row["event_id"]} for row in rows], dtype="str")
    about = About(title="Made up", rights="display_only", attribution="Nobody's")
    return assemble(flat[list(FLAT.names)], extra, about, PARTY)


def layers_of(path: Path) -> list[Layer]:
    """A file as its layers."""
    return read_layers(path, ReadOptions())
