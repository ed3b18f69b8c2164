"""What is written flat is read back as it was: every column, in every format."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from bordermap.incidents.casebook import Casebook
from bordermap.incidents.conversion.flattening import flatten
from bordermap.incidents.dialects.own import map_rows, recognises
from bordermap.incidents.flat import FLAT
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.relational import casebook_from_layers
from bordermap.incidents.writing import write_incidents

from support.casebooks import casebook_of, small
from support.flats import TEXTS, casebook_of_rows, flat_casebooks, layers_of

FLAT_FILES = ("a.csv", "a.tsv", "a.xlsx", "a.geojson", "a.geojsonl", "a.parquet", "a.fgb", "a.kml")


def read_back(casebook: Casebook, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The flat columns and the extras that a file of a casebook gives."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        write_incidents(casebook, path, representative_points=True)
        [layer] = layers_of(path)
        assert not layer.faults, layer.faults
        assert recognises(layer)
        mapped = map_rows(layer, ReadOptions())
    ours = {name: column.to_pylist() for name, column in mapped.columns.items()}
    assert mapped.extras is not None
    extras = {name: column.to_pylist() for name, column in mapped.extras.items()}
    return pd.DataFrame(ours, dtype="str"), pd.DataFrame(extras, dtype="str")


def without_empty(frame: pd.DataFrame) -> dict[str, list[str]]:
    return {str(name): frame[name].tolist() for name in frame.columns if frame[name].any()}


@pytest.mark.parametrize("name", FLAT_FILES)
@settings(max_examples=3, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.generate])
@given(casebook=flat_casebooks())
def test_every_column_comes_back(name: str, casebook: Casebook) -> None:
    flat, extras = read_back(casebook, name)
    expected = flatten(casebook, representative_points=True)
    coder = expected["representative_point"] != "innermost"
    for column in ("representative_longitude", "representative_latitude"):
        expected[column] = expected[column].where(coder, "")
    assert without_empty(flat) == without_empty(expected[list(FLAT.names)])
    held = ["event_id", "actor2", "representative_longitude", "representative_latitude"]
    own = casebook.extras.drop(columns=held, errors="ignore")
    assert without_empty(extras) == without_empty(own)


@pytest.mark.parametrize("name", FLAT_FILES)
def test_every_awkward_text_comes_back(name: str) -> None:
    rows = [
        {"event_id": f"e{at}", "incident_type": "other", "title": text or "t", "notes": text, "date_start": "2022-01-01",
         "geo_precision": "unknown", "location_basis": "none", "date_precision": "day"}
        for at, text in enumerate(TEXTS)
    ]  # fmt: skip
    flat, _ = read_back(casebook_of_rows(rows), name)
    assert flat["notes"].tolist() == list(TEXTS)


@pytest.mark.parametrize("name", ["a.gpkg", "folder"])
@settings(max_examples=3, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.generate])
@given(casebook=flat_casebooks())
def test_the_tables_of_a_flat_casebook_come_back(name: str, casebook: Casebook) -> None:
    from bordermap.incidents.casebook import read_casebook

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        write_incidents(casebook, path)
        found = read_casebook(path) if name == "folder" else casebook_from_layers(layers_of(path))
    assert found is not None
    for table in (
        "incidents",
        "claims",
        "claim_sources",
        "sources",
        "parties",
        "locations",
        "places",
        "particulars",
    ):
        pd.testing.assert_frame_equal(getattr(found, table), getattr(casebook, table))
    if casebook.extras.shape[1] > 1:
        assert without_empty(found.extras) == without_empty(casebook.extras)
    assert found.about == casebook.about


@pytest.mark.parametrize("name", ["a.xlsx", "a.kml"])
def test_what_xml_cannot_hold_is_replaced_and_said(name: str, tmp_path: Path) -> None:
    row = {"event_id": "e", "incident_type": "other", "title": "a\x01b", "geo_precision": "unknown",
           "location_basis": "none", "date_precision": "day", "date_start": "2022-01-01"}  # fmt: skip
    written = write_incidents(casebook_of_rows([row]), tmp_path / name)
    [layer] = layers_of(tmp_path / name)
    assert layer.table.column("title").to_pylist() == ["a\ufffdb"]
    assert any("control characters" in note for note in written.notes)


def test_a_text_longer_than_a_cell_of_a_workbook_is_cut_and_said(tmp_path: Path) -> None:
    row = {"event_id": "e", "incident_type": "other", "title": "t", "notes": "n" * 40_000, "geo_precision": "unknown",
           "location_basis": "none", "date_precision": "day", "date_start": "2022-01-01"}  # fmt: skip
    written = write_incidents(casebook_of_rows([row]), tmp_path / "a.xlsx")
    assert written.notes == ("1 value cut to 32,767 characters, the most that XLSX holds",)


@pytest.mark.parametrize("name", [name for name in FLAT_FILES if name != "a.xlsx"])
def test_a_casebook_is_known_again_however_little_it_says(name: str, tmp_path: Path) -> None:
    casebook = casebook_of(small())
    write_incidents(casebook, tmp_path / name)
    [layer] = layers_of(tmp_path / name)
    assert recognises(layer)
    found = {ours: column.to_pylist() for ours, column in map_rows(layer, ReadOptions()).columns.items()}
    flat = flatten(casebook)
    expected = flat[[name for name in FLAT.names if name in flat]]
    assert without_empty(pd.DataFrame(found, dtype="str")) == without_empty(expected)
