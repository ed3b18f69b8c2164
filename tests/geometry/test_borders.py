"""Every border is found by either order and by name; lengths stand beside the published ones."""

from __future__ import annotations

import time

import pytest
import shapely

from bordermap.errors import BorderError
from bordermap.geometry.borders import lengths, read_borders
from bordermap.geometry.geodesy import length_km
from bordermap.geometry.intervals import pair_name

SIX = ["CHN", "IRN", "PAK", "TJK", "TKM", "UZB"]
COLUMNS = {
    "border_pair", "country_a", "country_b", "part", "line_status", "line_status_by", "course", "accuracy_m",
    "resolution_m", "length_km", "note", "geometry",
}  # fmt: skip


def test_afghanistan_has_six_borders_each_one_line() -> None:
    borders = read_borders("AFG")
    assert borders["neighbour"].tolist() == SIX
    assert borders["neighbour_name"].tolist() == [
        "China", "Iran", "Pakistan", "Tajikistan", "Turkmenistan", "Uzbekistan",
    ]  # fmt: skip
    assert set(borders.columns) == COLUMNS | {"neighbour", "neighbour_name"}
    assert set(borders.geom_type) == {"LineString"}
    assert borders.crs.to_epsg() == 4326
    assert (borders["resolution_m"] == 0).all() and (borders["accuracy_m"] > 0).all()


def test_the_six_close_into_one_ring() -> None:
    ring = shapely.polygonize(list(read_borders("AFG").geometry))
    assert len(ring.geoms) == 1 and not ring.geoms[0].interiors


@pytest.mark.parametrize(
    ("of", "neighbour"),
    [
        ("AFG-TJK", "TJK"), ("TJK-AFG", "AFG"), ("afg-tjk", "TJK"), ("Afghanistan-Tajikistan", "TJK"),
        ("Tajikistan – Afghanistan", "AFG"), (" AFG / Tajikistan ", "TJK"),
    ],
)  # fmt: skip
def test_a_pair_in_either_order_by_code_or_name(of: str, neighbour: str) -> None:
    border = read_borders(of)
    assert border["border_pair"].tolist() == ["AFG-TJK"]
    assert border["neighbour"].tolist() == [neighbour]


@pytest.mark.parametrize("of", ["afg", "Afghanistan", "AFGHANISTAN", " AFG "])
def test_a_country_by_code_or_name_in_any_case(of: str) -> None:
    assert read_borders(of)["neighbour"].tolist() == SIX


def test_names_with_a_hyphen_are_no_pairs() -> None:
    assert read_borders("Guinea-Bissau")["neighbour"].tolist() == ["GIN", "SEN"]
    assert read_borders("Guinea-Guinea-Bissau")["border_pair"].tolist() == ["GIN-GNB"]


def test_the_world_has_each_border_once_by_pair() -> None:
    world = read_borders("world")
    assert len(world) > 300 and set(world.columns) == COLUMNS
    assert not world.duplicated(["border_pair", "part"]).any()
    assert world["border_pair"].is_monotonic_increasing
    assert (world["border_pair"] == world["country_a"] + "-" + world["country_b"]).all()
    assert (world["country_a"] < world["country_b"]).all()
    assert len(read_borders(None)) == len(world)


@pytest.mark.parametrize(
    ("of", "message", "hint"),
    [
        ("Afganistan", "no country is called 'Afganistan'", "Did you mean Afghanistan (AFG)?"),
        ("AFG-Tadjikistan", "no country is called 'Tadjikistan'", "Tajikistan (TJK)"),
        ("AFG-IND", "Afghanistan and India have no land border", "CHN, IRN, PAK, TJK, TKM and UZB"),
        ("AUS", "Australia has no land border", "another country"),
        ("AFG-AFG", "names one country twice", "AFG-TJK"),
        ("", "no country is called ''", "ISO 3166-1"),
        ("AFG' OR 1=1 --", "no country is called", ""),
        ("\x1b[31m", "no country is called", "ISO 3166-1"),
    ],
)
def test_what_does_not_exist_is_refused_with_a_cure(of: str, message: str, hint: str) -> None:
    with pytest.raises(BorderError) as caught:
        read_borders(of)
    assert message in str(caught.value)
    assert hint in caught.value.hint


def test_lengths_agree_with_the_last_cia_figures_and_the_tajik_foreign_ministry() -> None:
    table = lengths(read_borders("AFG"))
    first = table.drop_duplicates("border_pair").set_index("border_pair")
    assert set(first["publisher"]) == {"CIA World Factbook"} and len(first) == 6
    for pair, row in first.iterrows():
        assert abs(row["difference_percent"]) < (5 if pair == "AFG-PAK" else 3), pair
    ministry = table[table["publisher"].str.contains("Tajikistan")]
    assert ministry["published_km"].tolist() == [1344.15]
    assert ministry["difference_percent"].abs().max() < 3


def test_the_length_that_is_shipped_is_the_geodesic_length_of_the_line() -> None:
    six, world = read_borders("AFG"), read_borders("world")
    assert length_km(six.geometry.array) == pytest.approx(six["length_km"].to_numpy(), abs=0.001)
    # Shipped lengths join vertices by geodesics, which shortens the long edges along parallels.
    assert length_km(world.geometry.array) == pytest.approx(
        world["length_km"].to_numpy(), rel=1e-4, abs=0.002
    )


def test_lengths_leave_borders_alone_and_know_nothing_of_others() -> None:
    borders = read_borders("Kenya")
    before = borders.copy(deep=True)
    table = lengths(borders)
    assert borders.equals(before)
    assert table["published_km"].isna().all() and (table["publisher"] == "").all()
    assert len(table) == len(borders)


def test_each_read_is_a_frame_of_its_own() -> None:
    mine = read_borders("AFG")
    mine["note"] = "mine"
    assert "mine" not in set(read_borders("AFG")["note"])


def test_one_country_is_read_quickly() -> None:
    read_borders("AFG")
    took = []
    for _ in range(5):
        start = time.perf_counter()
        read_borders("AFG")
        took.append(time.perf_counter() - start)
    assert min(took) < 0.06


def test_pairs_have_names() -> None:
    assert pair_name("AFG-UZB") == "Afghanistan–Uzbekistan"
