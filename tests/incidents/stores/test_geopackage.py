"""The GeoPackage: valid, its layers open in GIS, its relations pair the right rows, its styles name its statuses."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pyogrio
import pytest

from bordermap.codebook import STATUSES
from bordermap.incidents.casebook import Casebook, read_casebook
from bordermap.incidents.stores.palette import STATUS_COLOURS
from bordermap.incidents.writing import write_incidents

from support import ROOT


@pytest.fixture(scope="module")
def casebook() -> Casebook:
    return read_casebook()


@pytest.fixture(scope="module")
def path(casebook: Casebook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_incidents(casebook, tmp_path_factory.mktemp("gpkg") / "a.gpkg").path


@pytest.fixture
def database(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as opened:
        yield opened


def test_every_layer_opens(path: Path, casebook: Casebook) -> None:
    layers = dict(pyogrio.list_layers(path))
    assert layers["incident_areas"] == "MultiPolygon" and layers["incident_stretches"] == "MultiLineString"
    assert layers["incidents"] == layers["locations"] == layers["places"] == "Unknown"
    for name in layers:
        frame = pyogrio.read_dataframe(path, layer=name)
        if hasattr(casebook, name) and name != "casebook":
            assert len(frame) == len(getattr(casebook, name)), name


def test_each_incident_has_the_geometry_of_what_stands_for_it(path: Path) -> None:
    frame = pyogrio.read_dataframe(path, layer="incidents")
    kinds = {
        "settlement": "Point",
        "near": "Point",
        "admin2": "MultiPolygon",
        "border_stretch": "MultiLineString",
    }
    for precision, kind in zip(frame["geo_precision"], frame.geom_type, strict=True):
        assert (kind or None) == kinds.get(precision) or (precision not in kinds and pd.isna(kind))
    assert frame.crs == "EPSG:4326"


def test_the_database_is_sound(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
    assert database.execute(
        "SELECT count(*) FROM sqlite_master WHERE type IN ('view', 'trigger')"
    ).fetchone() == (0,)


def test_the_relations_pair_the_rows_that_belong_together(
    database: sqlite3.Connection, casebook: Casebook
) -> None:
    rows = database.execute(
        "SELECT base_table_name, related_table_name, relation_name, mapping_table_name FROM gpkgext_relations"
    )
    found = {(base, related): (kind, mapping) for base, related, kind, mapping in rows}
    assert found["incidents", "claims"] == ("attributes", "incidents_claims_event_id")
    assert found["claims", "locations"][0] == "features"
    pairs = database.execute(
        "SELECT i.event_id, c.event_id FROM incidents_claims_event_id m "
        "JOIN incidents i ON i.fid = m.base_id JOIN claims c ON c.fid = m.related_id"
    ).fetchall()
    told = casebook.claims["event_id"].isin(casebook.incidents["event_id"]).sum()
    assert len(pairs) == told and all(one == other for one, other in pairs)
    extended = {name for (name,) in database.execute("SELECT table_name FROM gpkg_extensions")}
    assert {"gpkgext_relations", *(mapping for _, mapping in found.values())} <= extended


def test_each_style_has_a_symbol_for_every_status(database: sqlite3.Connection) -> None:
    styles = dict(database.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault = 1"))
    assert set(styles) == {"incidents", "incident_areas", "incident_stretches"}
    for qml in styles.values():
        tree = ElementTree.fromstring(qml)
        symbols = {each.get("name") for each in tree.iter("symbol")}
        assert [each.get("value") for each in tree.iter("category")] == list(STATUSES)
        assert {each.get("symbol") for each in tree.iter("category")} == symbols


def test_the_colours_are_those_of_the_page() -> None:
    css = (ROOT / "src/bordermap/maps/client/css/theme.css").read_text(encoding="utf-8")
    page = dict(re.findall(r"--bm-status-(\w+): (#[0-9a-f]{6})", css.split("prefers-color-scheme")[0]))
    assert page == STATUS_COLOURS
