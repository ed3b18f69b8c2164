"""Any file becomes a casebook: nothing lost, everything said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import bordermap as bm
from bordermap.errors import InputError
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.reading import read_all, read_incidents
from bordermap.incidents.writing import write_incidents

from support import CASEBOOK
from support.packed import opened

GOOD = "date,place,lat,lon,notes\n2022-04-18,Termez,37.224,67.278,one\n"
BAD = 'date,place,lat,lon,notes\n2022-04-18,Termez,37.224,67.278,"two\nlines"\n2022-02-30,Kulob,37.9,69.8,x\n'


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_good_rows_go_on_and_bad_ones_say_where_they_stood(tmp_path: Path) -> None:
    case = read_incidents(put(tmp_path, "field-log.csv", BAD))
    assert case.incidents["date_start"].tolist() == ["2022-04-18"]
    reject = case.rejects.iloc[0]
    assert (reject["record"], reject["line"], reject["column"], reject["value"], reject["code"]) == (
        "3", "4", "date", "2022-02-30", "BM154",
    )  # fmt: skip
    assert json.loads(reject["row"])["place"] == "Kulob" and reject["cure"]
    assert case.reading is not None
    assert (case.reading.rows_read, case.reading.rows_used, case.reading.rows_rejected) == (2, 1, 1)
    assert case.report[["rows_read", "rows_used", "rows_rejected"]].values.tolist() == [[2, 1, 1]]
    assert case.about.title == "Field log" and case.about.rights == "unknown"


def test_the_same_input_gives_the_same_casebook(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", BAD)
    one, other = read_incidents(path), read_incidents(str(path))
    for name in ("incidents", "claims", "locations", "places", "sources", "parties", "rejects", "extras"):
        assert getattr(one, name).equals(getattr(other, name)), name


def test_strict_rejects_what_is_odd(tmp_path: Path) -> None:
    odd = "date,lat,lon,country\n2022-04-18,35.3,69.5,Uzbekistan\n2022-04-18,37.224,67.278,Uzbekistan\n"
    path = put(tmp_path, "a.csv", odd)
    assert len(read_incidents(path).incidents) == 2
    strict = read_incidents(path, strict=True)
    assert len(strict.incidents) == 1 and strict.rejects["code"].tolist() == ["BM302"]


def test_several_files_are_one_casebook_and_ids_that_only_happen_to_be_equal_are_told_apart(
    tmp_path: Path,
) -> None:
    rows = "id,date,lat,lon\n1,2022-04-18,37.224,67.278\n"
    case = read_incidents([put(tmp_path, "north.csv", rows), put(tmp_path, "south.csv", rows)])
    assert case.incidents["event_id"].tolist() == ["1", "south-2:1"]
    assert case.reading is not None and any("made different" in note for note in case.reading.layers[1].notes)


def test_one_of_several_inputs_may_be_unusable(tmp_path: Path) -> None:
    outcome = read_all([put(tmp_path, "a.csv", GOOD), tmp_path / "missing.csv"], ReadOptions())
    assert outcome.casebook is not None and outcome.error is not None and outcome.error.code == "BM210"
    assert outcome.reading.rows_used == 1


def test_nothing_usable_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_incidents(put(tmp_path, "a.csv", "date,lat,lon\n2022-02-30,37.224,67.278\n"))
    assert caught.value.code == "BM306" and "1 row" in str(caught.value)


def test_whose_rows_a_file_holds_comes_back_or_is_said_to_be_lost(tmp_path: Path) -> None:
    rows = "event_id_cnty,event_date,event_type,latitude,longitude\nTAJ1,2022-05-08,Battles,37.195,68.617\n"
    (tmp_path / "a.csv").write_text(rows)
    case = read_incidents(tmp_path / "a.csv")
    for name in ("b.geojson", "b.parquet", "b.gpkg"):
        assert not any("attribution" in note for note in write_incidents(case, tmp_path / name).notes)
        back = read_incidents(tmp_path / name)
        assert back.parties["name"].tolist() == case.parties["name"].tolist() == ["ACLED"]
        assert back.about.attribution == case.about.attribution
    for name in ("b.csv", "b.xlsx", "b.fgb", "b.kml", "b.geojsonl"):
        assert any("from ACLED" in note for note in write_incidents(case, tmp_path / name).notes), name


def test_a_casebook_is_read_as_itself() -> None:
    case = bm.read_incidents(CASEBOOK)
    assert case.claims.equals(bm.read_casebook().claims)
    assert case.reading is not None and case.reading.layers[0].dialect == "casebook"
    assert case.reading.rows_used == len(case.incidents)


def test_a_casebook_and_a_table_become_one(tmp_path: Path) -> None:
    case = read_incidents([CASEBOOK, put(tmp_path, "a.csv", GOOD)])
    assert len(case.incidents) == len(bm.read_casebook().incidents) + 1
    assert len(case.claims) == len(bm.read_casebook().claims) + 1


def test_progress_is_told_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[float] = []
    read_all(put(tmp_path, "a.csv", GOOD), ReadOptions(), lambda words, share: told.append(share))
    assert told == sorted(told) and told[0] == 0.0 and told[-1] == 1.0


def test_what_was_read_can_be_drawn_as_any_casebook(tmp_path: Path) -> None:
    path = put(tmp_path, "kenya.csv", "date,place,lat,lon\n2022-04-18,Nairobi,-1.286,36.817\n")
    case = read_incidents(path, rights="open")
    page = bm.Map([bm.IncidentLayer(case)], title="Somewhere else").html()
    assert "Nairobi" in opened(page) and case.about.focus == "KEN"


def test_a_point_that_was_moved_while_its_columns_were_not_is_told(tmp_path: Path) -> None:
    def features(lon: float) -> str:
        columns = {"event_id": "e", "incident_type": "other", "geo_precision": "exact", "location_basis": "given",
                   "date_precision": "day", "date_start": "2022-04-18", "longitude": "67.278", "latitude": "37.224"}  # fmt: skip
        point = {"type": "Point", "coordinates": [lon, 37.224]}
        feature = {"type": "Feature", "properties": columns, "geometry": point}
        return json.dumps({"type": "FeatureCollection", "features": [feature]})

    def notes(name: str, text: str) -> list[str]:
        reading = read_incidents(put(tmp_path, name, text)).reading
        assert reading is not None
        return [note for layer in reading.layers for note in layer.notes if "elsewhere" in note]

    assert notes("same.geojson", features(67.278)) == []
    assert notes("moved.geojson", features(67.3)) == [
        "rows whose latitude and longitude lie elsewhere than their geometry, which is not used: 1"
    ]
