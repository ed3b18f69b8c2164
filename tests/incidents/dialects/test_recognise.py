"""Which dialect a table is of: the most particular one, or the one that was asked for."""

from __future__ import annotations

import pytest

from bordermap.errors import InputError
from bordermap.incidents.dialects.recognise import DIALECTS, recognise
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import Layer, text_table


def layer(*columns: str) -> Layer:
    return Layer("a.csv", "csv", text_table({name: [""] for name in columns}))


@pytest.mark.parametrize(
    ("key", "columns"),
    [
        ("acled", ("event_id_cnty", "event_date", "event_type", "geo_precision", "latitude", "longitude")),
        (
            "ucdp",
            (
                "id",
                "type_of_violence",
                "where_prec",
                "date_prec",
                "best",
                "low",
                "high",
                "latitude",
                "longitude",
            ),
        ),
        ("gtd", ("eventid", "iyear", "imonth", "iday", "specificity", "gname", "latitude", "longitude")),
        ("timemap", ("id", "date", "latitude", "longitude", "description", "sources", "filters")),
        ("generic", ("lat", "lon", "date")),
        ("generic", ("anything", "at all")),
    ],
)
def test_each_dialect_is_told_by_its_columns(key: str, columns: tuple[str, ...]) -> None:
    dialect, reason = recognise(layer(*columns), ReadOptions())
    assert dialect.key == key and reason


def test_a_dialect_can_be_forced_and_must_exist() -> None:
    assert recognise(layer("lat", "lon"), ReadOptions(dialect="acled")) == (
        DIALECTS[1],
        "as told by --dialect",
    )
    with pytest.raises(InputError, match="acleed") as caught:
        recognise(layer("lat"), ReadOptions(dialect="acleed"))
    assert caught.value.code == "BM295" and "acled" in caught.value.hint


def test_keys_are_different_and_any_table_is_last() -> None:
    keys = [dialect.key for dialect in DIALECTS]
    assert len(set(keys)) == len(keys) and keys[0] == "bordermap" and keys[-1] == "generic"
    assert {dialect.rights for dialect in DIALECTS} <= {"open", "display_only", "aggregate_only", "unknown"}
