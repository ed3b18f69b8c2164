"""The corpus: four hundred ways to give a file, good and bad, and what `bordermap check` is to say of each."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from bordermap.cli import run
from bordermap.explanations import FAULTS
from bordermap.incidents.reading import read_incidents

from support.corpus import CORPUS, FILES, Case, built, cases, path_of

#: Codes that no single file and option of the command line can bring about; other tests do.
ELSEWHERE = {
    "the folder of a casebook, its tables, and what hangs between them":
        "BM101 BM102 BM103 BM105 BM106 BM116 BM117 BM118 BM119 BM120 BM121 BM150 BM151 BM161 BM170 BM171 BM172 BM173 "
        "BM174 BM180 BM181 BM182 BM183 BM184 BM185 BM186",
    "places, borders and shapes that are asked for":
        "BM130 BM131 BM132 BM133 BM134 BM135 BM136 BM137 BM138 BM139 BM140 BM141 BM142 BM143 BM144 BM145 BM146 BM147 "
        "BM148 BM149 BM190 BM191",
    "the command line and the installation":
        "BM000 BM100 BM110 BM111 BM200 BM202 BM203 BM204 BM205 BM206 BM207 BM231 BM295 BM311",
    "files of mappings, choices and decisions":
        "BM292 BM293 BM294 BM360 BM361 BM362 BM363 BM364 BM370 BM371 BM372 BM373 BM374 BM375",
    "no file at all, a device, a folder: test_hostile.py": "BM104 BM210 BM211",
    "what no file is known to bring about": "BM241 BM265",
}  # fmt: skip


@pytest.mark.parametrize("case", cases(), ids=str)
def test_check_says_what_is_in_the_file_and_what_is_wrong_with_it(
    case: Case, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rejects = tmp_path / "rejects.csv"
    code = run(["check", str(case.path), "--format", "json", "--rejects", str(rejects), *case.options])
    out, err = capsys.readouterr()
    told = json.loads(out)
    counts = ("rows_read", "rows_used", "rows_rejected", "rows_located")
    found = {name: told[name] for name in counts}
    found |= {name: told[name] for name in ("dialect", "encoding")}
    found["codes"] = tuple(sorted({issue["code"] for issue in told["issues"]}))
    found |= {"exit_code": code, "first_reject": first_reject(rejects)}
    expected = {name: getattr(case, name) for name in found}
    assert found == expected, err
    assert told["rows_read"] == told["rows_used"] + told["rows_rejected"]
    assert "Traceback" not in out + err
    complaints = [line.partition(":")[0] for line in err.splitlines()]
    assert complaints == (["Error", "Hint"] if code == 1 else []), err
    check_rejects(rejects, case)


def first_reject(path: Path) -> str:
    """``record:line:column`` of the first row of the rejects file."""
    first = next(iter(read_rejects(path)), None)
    return ":".join(first[name] for name in ("record", "line", "column")) if first else ""


def read_rejects(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(10_000_000)
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def check_rejects(path: Path, case: Case) -> None:
    """Each rejected record is there, with its file, a code, a reason and what to do."""
    rows = read_rejects(path)
    assert len({(row["file"], row["record"]) for row in rows}) == case.rows_rejected
    for row in rows:
        assert row["file"] and row["record"].isdigit() and row["reason"] and row["cure"]
        assert (
            row["code"] in case.codes and FAULTS[row["code"]].severity == "error"
        ) or "--strict" in case.options
    assert len({tuple(row.items()) for row in rows}) == len(rows), "a fault is told twice"


def test_the_table_has_every_file_and_at_least_a_hundred() -> None:
    committed = {str(path.relative_to(FILES)) for path in FILES.rglob("*") if path.is_file()}
    made = {str(path.relative_to(built())) for path in built().rglob("*") if path.is_file()}
    tabled = {case.file for case in cases()}
    parts = {
        name for name in made - tabled if name.startswith(("shp/", "casebook/")) or name.endswith("-wal")
    }
    folders = {name for name in tabled if (built() / name).is_dir()}
    assert tabled - folders == (committed | made) - parts
    assert len(committed) >= 100
    assert len({(case.file, case.options) for case in cases()}) == len(cases())
    assert (CORPUS / ".gitattributes").read_text(encoding="utf-8") == "* -text\n"


def test_the_table_has_every_fault_that_a_file_can_have() -> None:
    tabled = {code for case in cases() for code in case.codes}
    elsewhere = {code for codes in ELSEWHERE.values() for code in codes.split()}
    # What follows from incidents, and what is made of them, has tests of its own.
    later = {code for code in FAULTS if code.startswith(("BM4", "BM5", "BM6"))}
    assert set(FAULTS) - tabled - later == elsewhere


def test_the_table_has_every_dialect_and_every_exit_code_of_reading() -> None:
    assert {case.dialect for case in cases()} == {
        "acled",
        "ucdp",
        "gtd",
        "gdelt",
        "timemap",
        "bordermap",
        "casebook",
        "generic",
        "",
    }
    assert {case.exit_code for case in cases()} == {0, 1, 3}
    for case in cases():
        assert case.rows_read == case.rows_used + case.rows_rejected
        usable = case.rows_used > 0
        assert case.exit_code == (1 if not usable else 3 if case.rows_rejected else 0), case
        assert bool(case.first_reject) == bool(case.rows_rejected), case


def test_ids_codes_and_notes_come_through_as_they_were_written() -> None:
    namibia = read_incidents(path_of("generic/namibia.csv"))
    assert namibia.incidents["event_id"].tolist() == ["007", "008", "09"]
    assert set(namibia.places["country"]) == {"NAM", "ZAF"}
    notes = read_incidents(path_of("text/multiline-notes.csv")).incidents["notes"]
    assert notes.iloc[0] == 'One line.\nAnother, with "quotes".\n\nAnd a last one.'
    long = read_incidents(path_of("long/notes-300-kb.csv")).incidents["notes"]
    assert long.iloc[1] == ("A report was made. " * 16_000).strip()


def test_a_number_of_dead_is_never_made_from_words() -> None:
    numbers = read_incidents(path_of("generic/casualties.csv")).particulars
    assert set(numbers["best"]) | set(numbers["low"]) <= {"0", ""}


@pytest.mark.parametrize(
    "name",
    [
        "generic/dms.csv",
        "generic/utm.csv",
        "generic/wkt.csv",
        "text/russian-cp1251-semicolon.csv",
        "geojson/old-crs.geojson",
        "shp/utm.shp",
        "kml/points.kml",
    ],
)
def test_a_place_is_the_same_however_it_is_written(name: str) -> None:
    crs = "EPSG:32642" if name == "generic/utm.csv" else ""
    first = read_incidents(path_of(name), source_crs=crs).locations.iloc[0]
    assert float(first["longitude"]) == pytest.approx(67.27833, abs=2e-5)
    assert float(first["latitude"]) == pytest.approx(37.22417, abs=2e-5)
