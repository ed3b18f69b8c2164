"""Counts by cell and border stretch: they add up, they are drawn as what they are, and nothing else is there."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from bordermap.codebook import ENDORSEMENT
from bordermap.errors import InputError
from bordermap.geometry.borders import read_borders
from bordermap.maps.aggregate_page import aggregate_page, holds_parts, shared_country
from bordermap.maps.aggregates import AggregateLayer
from bordermap.maps.classes import count_classes
from bordermap.maps.page import Map
from bordermap.maps.panels import page_panels

from support.counts import CELLS, OUTSIDE, counts, stretches

WHOLE = st.integers(min_value=1, max_value=10**9)


@given(st.lists(WHOLE, min_size=1, max_size=60))
def test_classes_hold_every_count_once_and_are_six_at_most(numbers: list[int]) -> None:
    found = count_classes(numbers)
    assert 1 <= len(found) <= 6
    assert found[0].low <= min(numbers) and found[-1].high == max(numbers)
    for before, after in pairwise(found):
        assert before.high + 1 == after.low and before.shade < after.shade
    assert all(1 <= each.shade <= 6 and each.low <= each.high for each in found)
    for number in numbers:
        assert sum(each.low <= number <= each.high for each in found) == 1
    assert count_classes(reversed(numbers)) == found


@pytest.mark.parametrize("numbers", [[], [0], [0, 0]])
def test_without_a_count_there_are_no_classes(numbers: list[int]) -> None:
    assert count_classes(numbers) == []


def test_the_payload_holds_the_counts_that_were_given() -> None:
    given_counts = counts()
    payload = AggregateLayer(given_counts).payload()
    cells = payload["cells"]
    assert cells["n"] == sorted((row[2] for row in CELLS), reverse=True)
    at = cells["n"].index(42)
    assert [cells[name][at] for name in ("west", "south", "east", "north")] == [69.75, 37.25, 70.0, 37.5]
    columns = {each["key"]: each for each in cells["columns"]}
    assert list(columns) == ["confirmed", "reported", "cross_border_fire", "shooting", "fatalities_best"]
    assert columns["reported"]["values"][at] == 22 and columns["reported"]["kind"] == "status"
    assert columns["fatalities_best"]["values"][cells["n"].index(210)] is None
    assert columns["fatalities_best"]["values"][cells["n"].index(3)] == 0
    assert payload["rows"] == 280
    assert {each["key"]: each["n"] for each in payload["unplaced"]} == OUTSIDE
    assert [each["key"] for each in payload["unplaced"]] == ["admin1", "border_stretch", "country"]
    assert sum(cells["n"]) + sum(each["n"] for each in payload["unplaced"]) == payload["rows"]
    json.dumps(payload, allow_nan=False)


def test_stretches_carry_their_line_name_and_counts_and_empty_ones_are_left_out() -> None:
    found = {each["key"]: each for each in AggregateLayer(counts()).payload()["stretches"]}
    assert "AFG-CHN:badakhshan-xinjiang" not in found and len(found) == 4
    takhar = found["AFG-TJK:takhar-khatlon"]
    assert (takhar["certain"], takhar["possible"], takhar["lengthKm"]) == (45, 6, 139.4)
    assert (takhar["name"], takhar["pair"]) == ("Takhar – Khatlon", "Afghanistan – Tajikistan")
    line = shapely.MultiLineString(takhar["parts"][0]["lines"])
    border = read_borders("AFG-TJK").geometry.iloc[0]
    assert max(border.distance(shapely.Point(x, y)) for x, y in shapely.get_coordinates(line)) < 0.001
    assert found["AFG-PAK:kandahar-balochistan"]["parts"][0]["status"] == "disputed"


def test_a_border_without_shipped_stretches_is_drawn_whole_by_its_line_statuses() -> None:
    one = AggregateLayer(counts(stretches=stretches(("IND-PAK", "IND-PAK", 3, 1)))).payload()["stretches"][0]
    assert [part["status"] for part in one["parts"]] == ["not_assessed", "line_of_control", "disputed"]
    assert one["name"] == "India – Pakistan" and "whole line" in one["note"]
    assert one["lengthKm"] == pytest.approx(3210.8, abs=0.5)


def test_a_line_nobody_knows_is_listed_and_one_that_is_given_is_drawn() -> None:
    table = stretches(("a dyke", "a dyke", 3, 0))
    listed = AggregateLayer(counts(stretches=table)).payload()
    assert listed["stretches"][0]["parts"] == [] and "not drawn" in listed["stretches"][0]["note"]
    assert listed["stretchClasses"] == []
    line = shapely.LineString([(66, 36), (67, 36.5)])
    mine = gpd.GeoDataFrame({"border_pair": ["a dyke"]}, geometry=[line], crs="EPSG:4326")
    drawn = AggregateLayer(counts(stretches=table), borders=mine).payload()["stretches"][0]
    assert drawn["parts"][0]["lines"] == [[[66.0, 36.0], [67.0, 36.5]]] and drawn["name"] == "a dyke"


def cells_with(**values: Any) -> pd.DataFrame:
    return counts().cells.assign(**values)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("BM540", {"rows": 281}),
        ("BM540", {"not_placeable": {}}),
        ("BM541", {"cells": cells_with(east=counts().cells["west"])}),
        ("BM541", {"cells": cells_with(north=95.0)}),
        ("BM541", {"cells": cells_with(west=float("nan"))}),
        ("BM542", {"cells": cells_with(n=-1)}),
        ("BM542", {"cells": cells_with(n_reported=0.5)}),
        ("BM542", {"stretches": stretches(("AFG-TJK", "AFG-TJK", 1, -1))}),
        ("BM544", {"cells": counts().cells.drop(columns="south")}),
        ("BM544", {"stretches": counts().stretches.drop(columns="n_possible")}),
    ],
)
def test_counts_that_cannot_be_are_refused(code: str, changes: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        AggregateLayer(counts(**changes))
    assert caught.value.code == code and caught.value.hint


def test_too_many_cells_for_a_page_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bordermap.maps.aggregates.MOST_CELLS", 4)
    with pytest.raises(InputError) as caught:
        AggregateLayer(counts())
    assert caught.value.code == "BM545" and "--cell" in caught.value.hint


def test_parts_without_a_row_are_no_page() -> None:
    empty = counts(cells=counts().cells.iloc[:0], stretches=stretches(), not_placeable={}, rows=0)
    with pytest.raises(InputError) as caught:
        aggregate_page(empty)
    assert caught.value.code == "BM543"


def test_where_nothing_is_placeable_the_world_is_shown_and_the_count_beside_it() -> None:
    nowhere = counts(
        cells=counts().cells.iloc[:0], stretches=stretches(), not_placeable={"country": 5}, rows=5
    )
    layer = AggregateLayer(nowhere)
    assert layer.view == (-180.0, -60.0, 180.0, 80.0)
    assert layer.payload()["cellClasses"] == []


def test_the_view_holds_every_cell_and_every_line() -> None:
    west, south, east, north = AggregateLayer(counts()).view
    cells = counts().cells
    assert west < cells["west"].min() and east > cells["east"].max()
    assert south < cells["south"].min() and north > cells["north"].max()


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (("AFG-TJK", "AFG-UZB"), "AFG"),
        (("AFG-TJK",), "AFG"),
        (("KEN-UGA", "KEN-TZA"), "KEN"),
        (("KEN-UGA",), ""),
        (("KEN-UGA", "IND-PAK"), ""),
        (("a dyke",), ""),
        ((), ""),
    ],
)
def test_the_country_that_all_borders_share(pairs: tuple[str, ...], expected: str) -> None:
    table = stretches(*((pair, pair, 1, 0) for pair in pairs), ("CHN-IND", "CHN-IND", 0, 0))
    assert shared_country(counts(stretches=table)) == expected


@pytest.mark.parametrize("rights", ["open", "display_only", "aggregate_only", "unknown", "held", "odd"])
def test_the_page_says_period_rights_attribution_and_endorsement(rights: str) -> None:
    page = page_panels([AggregateLayer(counts(rights=rights))], "Counts")
    assert page["period"] == "Incidents dated 3 January 2019 to 30 June 2024"
    assert page["endorsement"] == ENDORSEMENT
    told = {each["label"]: each["text"] for each in page["coverage"]}
    assert told["Dataset"] == "A dataset, example.org. Accessed 1 May 2026."
    assert "counts only" in told["What this page holds"]
    assert page["credits"][0]["text"] == "A dataset, example.org"
    assert page["manifest"]["counts"]["cells"] != page["manifest"]["counts"]["stretches"]


def test_figures_of_several_datasets_are_not_added_in_silence() -> None:
    two = replace(counts(), attributions=("One.", "Another."))
    page = page_panels([AggregateLayer(two)], "Counts")
    assert {"label": "Figures", "text": "Figures of several datasets are added."} in page["coverage"]


def test_the_same_counts_give_the_same_bytes_in_whatever_order_they_come() -> None:
    shuffled = counts(
        cells=counts().cells.sample(frac=1, random_state=7),
        stretches=counts().stretches.iloc[::-1],
        not_placeable=dict(reversed(OUTSIDE.items())),
    )
    layers = [AggregateLayer(each).payload() for each in (counts(), shuffled)]
    assert layers[0] == layers[1]
    pages = [aggregate_page(counts()).html() for _ in range(2)]
    assert pages[0] == pages[1]


def test_the_page_is_one_file_under_a_policy_of_hashes() -> None:
    html = Map([AggregateLayer(counts())], title="Mine </title>").html()
    assert "default-src &#x27;none&#x27;" in html and "unsafe" not in html.split("</head>")[0][:4000]
    assert "<title>Mine &lt;/title&gt;</title>" in html


def test_a_layer_of_counts_adds_itself_to_any_folium_map() -> None:
    mine = folium.Map(location=[37.2, 68.5], tiles=None)
    layer = AggregateLayer(counts())
    assert layer.add_to(mine) is layer
    assert mine.get_root().render().count("bordermap.add(") == 1


def test_a_folder_of_tables_is_one_of_parts_and_a_casebook_is_none(
    tmp_path: Path, own_casebook: Path
) -> None:
    parts = tmp_path / "parts"
    parts.mkdir()
    assert not holds_parts(parts)
    (parts / "README.md").write_text("words")
    assert not holds_parts(parts)
    (parts / "part-0.parquet").write_text("x")
    assert holds_parts(parts) and not holds_parts(parts / "part-0.parquet")
    assert not holds_parts(own_casebook)
    (own_casebook / "casebook.toml").unlink()
    (own_casebook / "incidents.csv").unlink()
    assert not holds_parts(own_casebook)  # a damaged casebook is told as one
