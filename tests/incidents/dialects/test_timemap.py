"""Timemap datasets: exports with everything inside, and tables that have to be joined."""

from __future__ import annotations

import json
from typing import Any

from bordermap.incidents.dialects.distinct import whole
from bordermap.incidents.dialects.recognise import recognise
from bordermap.incidents.dialects.timemap import join, map_timemap
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import Layer, text_table


def layer(rows: list[dict[str, Any]], **others: Any) -> Layer:
    keys = list(dict.fromkeys(key for row in rows for key in row))
    text = {
        key: [v if isinstance(v := row.get(key, ""), str) else json.dumps(v) for row in rows] for key in keys
    }
    return Layer(others.pop("file", "a.json"), "json", text_table(text), **others)


def first(found: Layer, **options: Any) -> dict[str, str]:
    columns = map_timemap(found, ReadOptions(**options)).columns
    return {name: value for name, column in columns.items() if (value := whole(column)[0].as_py())}


EXPORT: dict[str, Any] = {
    "id": "CIV0001", "date": "03/04/2022", "latitude": "50.45012", "longitude": "30.52341", "location": "A town",
    "description": "a building was hit",
    "sources": [
        {"id": "s1", "path": "https://example.org/1", "description": ""},
        {"id": "s2", "path": "https://example.org/2", "description": ""},
    ],
    "filters": [{"key": "Type of area affected", "value": "Residential"}, {"key": "Weapon System", "value": ""}],
}  # fmt: skip


def test_an_export_with_everything_inside() -> None:
    found = layer([EXPORT])
    assert recognise(found, ReadOptions())[0].key == "timemap"
    assert first(found) == {
        "event_id": "CIV0001", "date_start": "2022-03-04", "date_precision": "day", "date_basis": "event",
        "latitude": "50.45012", "longitude": "30.52341", "location": "A town", "notes": "a building was hit",
        "geo_precision": "exact", "location_basis": "given", "incident_type": "other",
        "title": "incident at A town", "source_url": "https://example.org/1 https://example.org/2",
        "event_type": "Type of area affected: Residential; Weapon System",
    }  # fmt: skip


def test_dates_are_month_first_unless_they_say_otherwise_and_that_is_told() -> None:
    notes = map_timemap(layer([EXPORT]), ReadOptions()).notes
    assert any("month, day, year" in note for note in notes) and any(
        "do not say which" in note for note in notes
    )
    assert first(layer([EXPORT]), date_order="dmy")["date_start"] == "2022-04-03"
    assert first(layer([EXPORT | {"date": "24/03/2022"}]))["date_start"] == "2022-03-24"


def test_the_export_as_a_table() -> None:
    row = EXPORT | {
        "sources": "https://example.org/1,https://example.org/2",
        "associations": "Area=Residential",
    }
    del row["filters"]
    found = first(layer([row]))
    assert found["source_url"] == "https://example.org/1 https://example.org/2"
    assert found["event_type"] == "Area: Residential"


EVENT: dict[str, Any] = {
    "id": "1", "civId": "CIV0001", "description": "x", "date": "4/18/2022", "time": "16:20", "location": "A town",
    "latitude": "37.22417", "longitude": "67.27833", "sources": ["s1", "s9"], "associations": ["a1"],
    "time_precision": "minute",
}  # fmt: skip
SOURCES = [
    {
        "id": "s1",
        "title": "A report",
        "paths": ["https://example.org/1", "local.jpg"],
        "url": "https://example.org/0",
    }
]
ASSOCIATIONS = [{"id": "a1", "title": "Homes", "mode": "FILTER", "filter_paths": ["Area", "Homes"]}]


def test_tables_of_one_archive_are_joined() -> None:
    layers = [
        layer([EVENT], member="data/events.json", file="a.zip"),
        layer(SOURCES, member="data/sources.json", file="a.zip"),
        layer(ASSOCIATIONS, member="data/export_associations.json", file="a.zip"),
        layer(
            [{"site": "a label", "latitude": "1", "longitude": "2"}], member="data/sites.json", file="a.zip"
        ),
        layer([{"lat": "1", "lon": "2"}], member="other/events.json", file="a.zip"),
    ]
    joined = join(layers)
    assert [each.member for each in joined] == ["data/events.json", "other/events.json"]
    assert joined[0].facts["joined_tables"] == "associations (1 rows), sites (1 rows), sources (1 rows)"
    found = first(joined[0])
    assert found["event_id"] == "CIV0001" and found["date_start"] == "2022-04-18T16:20"
    assert found["source"] == "A report" and found["event_type"] == "Area: Homes"
    assert found["source_url"] == "https://example.org/0 https://example.org/1"
    assert found["source_time_precision"] == "minute"


def test_a_source_that_is_not_there_is_told() -> None:
    events = join(
        [layer([EVENT, EVENT | {"sources": ["s1"]}], name="events"), layer(SOURCES, name="sources")]
    )
    faults = map_timemap(events[0], ReadOptions()).faults
    assert [(each.code, each.rows.tolist(), each.column) for each in faults] == [("BM296", [0], "sources")]


def test_numbered_columns_of_older_servers() -> None:
    row = EVENT | {"source1": "s1", "source2": "", "association1": "a1"}
    del row["sources"], row["associations"]
    events = join([layer([row], name="events"), layer(SOURCES, name="sources"),
                   layer(ASSOCIATIONS, name="associations")])  # fmt: skip
    assert recognise(events[0], ReadOptions())[0].key == "timemap"
    assert first(events[0])["source"] == "A report" and first(events[0])["event_type"] == "Area: Homes"


def test_broken_lists_do_not_stop_anything() -> None:
    for broken in ("[", "{", "[[[]]]", "[null, 1, true]", '{"a": 1}', "[" * 5000, '["s1", {"paths": 3}]'):
        row = EVENT | {"sources": broken, "associations": broken}
        events = join([layer([row], name="events"), layer(SOURCES, name="sources"),
                       layer(ASSOCIATIONS, name="associations")])  # fmt: skip
        assert first(events[0])["event_id"] == "CIV0001"


def test_layers_of_other_files_stay_as_they_are() -> None:
    layers = [layer([{"lat": "1", "lon": "2"}], name="sources"), layer([{"a": "b"}], name="events")]
    assert join(layers) == layers
