"""A casebook survives every format that can hold one: table by table, and so do its faults."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from bordermap.incidents.casebook import Casebook, read_casebook
from bordermap.incidents.faults import CasebookError
from bordermap.incidents.relational import casebook_from_layers
from bordermap.incidents.tables import TABLES
from bordermap.incidents.writing import write_incidents

from support.casebooks import casebook_of, claim, small, with_claims
from support.flats import layers_of

WHOLE = ("a.gpkg", "a.xlsx", "a.geojson", "a.parquet", "folder")
HOSTILE = '=1+1 "q" <b>, \'x\r\ny\ttab Термез 💥'


def equal(found: Casebook, casebook: Casebook) -> None:
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(found, table), getattr(casebook, table))
    assert found.about == casebook.about


@pytest.mark.parametrize("name", WHOLE)
def test_the_bundled_casebook_comes_back(name: str, tmp_path: Path) -> None:
    casebook = read_casebook()
    assert write_incidents(casebook, tmp_path / name).notes == ()
    equal(read_casebook(tmp_path / name), casebook)


@pytest.mark.parametrize("name", WHOLE)
def test_a_small_casebook_with_hostile_texts_comes_back(name: str, tmp_path: Path) -> None:
    tables = with_claims(
        claim("'=1", "iskp", "claims_responsibility", value=HOSTILE), claim("-2", "cn-mfa", "doubts")
    )
    tables["incidents"] = [tables["incidents"][0] | {"notes": HOSTILE, "time_zone": "Asia/Tashkent"}]
    casebook = casebook_of(tables)
    write_incidents(casebook, tmp_path / name)
    equal(read_casebook(tmp_path / name), casebook)


def test_a_zip_of_a_folder_is_a_casebook(tmp_path: Path) -> None:
    casebook = read_casebook()
    write_incidents(casebook, tmp_path / "case")
    with zipfile.ZipFile(tmp_path / "case.zip", "w") as archive:
        for path in sorted((tmp_path / "case").iterdir()):
            archive.write(path, f"case/{path.name}")
    equal(read_casebook(tmp_path / "case.zip"), casebook)


def test_faults_in_a_geopackage_are_those_of_a_folder(tmp_path: Path) -> None:
    write_incidents(read_casebook(), tmp_path / "a.gpkg")
    with sqlite3.connect(tmp_path / "a.gpkg") as database:
        database.execute("UPDATE claims SET stance = 'deny' WHERE fid = 1")
        database.execute("UPDATE claims SET party_id = 'nobody' WHERE fid = 2")
    database.close()
    with pytest.raises(CasebookError) as raised:
        read_casebook(tmp_path / "a.gpkg")
    assert {fault.code for fault in raised.value.faults} == {"BM153", "BM172"}


def test_rows_changed_beside_the_tables_are_not_overruled_by_them(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    write_incidents(read_casebook(), path)
    value = json.loads(path.read_text(encoding="utf-8"))
    value["features"][0]["properties"]["title"] = "another title"
    path.write_text(json.dumps(value), encoding="utf-8")
    assert casebook_from_layers(layers_of(path)) is None


@pytest.mark.parametrize("tables", [{"incidents": 1, "claims": 2}, {"incidents": {"a": "b"}, "claims": {}}])
def test_damaged_tables_beside_the_rows_are_a_fault(tables: object, tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    write_incidents(read_casebook(), path)
    value = json.loads(path.read_text(encoding="utf-8"))
    value["bordermap"]["tables"] = tables
    path.write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(Exception, match=r"BM|damaged|tables"):
        casebook_from_layers(layers_of(path))


def test_other_files_are_no_casebooks(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("event_id,title\n1,x\n", encoding="utf-8")
    assert casebook_from_layers(layers_of(tmp_path / "a.csv")) is None


def test_an_incident_without_a_date_may_say_so() -> None:
    tables = small()
    tables["incidents"] = [tables["incidents"][0] | {"date_start": "", "date_precision": "unknown"}]
    assert casebook_of(tables).incidents["date_start"].tolist() == [""]
