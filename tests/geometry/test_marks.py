"""Named marks along borders."""

from __future__ import annotations

import numpy as np
import pytest

from bordermap.geometry.borders import prepared, read_borders
from bordermap.geometry.index import prepare
from bordermap.geometry.marks import border_lines, marks_along, nearest_marks, starts_of
from bordermap.geometry.nearest import nearest_border


def test_marks_stand_in_order_and_each_line_begins_and_ends_with_one() -> None:
    index = prepared("AFG")
    marks = marks_along(index)
    for row, mine in marks.groupby("row"):
        assert mine["along_km"].is_monotonic_increasing
        assert mine["along_km"].iloc[0] == 0
        length = index.lines["length_km"].iloc[int(str(row))]
        assert mine["along_km"].iloc[-1] == pytest.approx(length, abs=0.01)


def test_the_marks_of_the_amu_darya() -> None:
    marks = marks_along(prepared("AFG-UZB"))["mark"].tolist()
    assert marks[0] == "tripoint Afghanistan–Turkmenistan–Uzbekistan"
    assert marks[-1] == "tripoint Afghanistan–Tajikistan–Uzbekistan"
    assert "Termez" in marks


def test_a_mark_is_where_the_place_is_nearest_to_the_line() -> None:
    index = prepared("AFG-UZB")
    marks = marks_along(index).set_index("mark")
    termez = nearest_border(67.27833, 37.22417, index)
    assert marks.loc["Termez", "along_km"] == pytest.approx(termez.along_km[0], abs=0.01)


def test_the_nearest_mark_is_of_the_same_line() -> None:
    index = prepared("AFG")
    marks = marks_along(index)
    rng = np.random.default_rng(5)
    row = rng.integers(0, 6, 500)
    along = rng.uniform(0, 1, 500) * index.lines["length_km"].to_numpy()[row]
    chosen, beyond = nearest_marks(index, row, along)
    for at in range(500):
        mine = marks[marks["row"] == row[at]]
        assert marks["row"].iloc[chosen[at]] == row[at]
        assert abs(beyond[at]) == pytest.approx((mine["along_km"] - along[at]).abs().min())
        assert marks["along_km"].iloc[chosen[at]] + beyond[at] == pytest.approx(along[at])


def test_parts_of_one_border_are_lines_of_their_own() -> None:
    index = prepared("IND-PAK")
    assert border_lines(index.lines).tolist() == [
        "IND-PAK:boundary", "IND-PAK:line-of-control", "IND-PAK:siachen",
    ]  # fmt: skip
    assert starts_of(index)[2] == "end at 35.020°N 76.998°E"


def test_the_world_has_marks_on_every_line() -> None:
    index = prepare(read_borders("world"))
    assert set(marks_along(index)["row"]) == set(range(len(index.lines)))
