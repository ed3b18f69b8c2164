"""`bordermap render` of a folder of parts: exact counts, whatever the rights, and what cannot be drawn is said."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bordermap.cli.render import render
from bordermap.errors import OutputError

from support import Run

ACLED = ("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
         "sub_event_type", "actor1", "actor2", "country", "iso", "admin1", "location", "latitude", "longitude",
         "geo_precision", "source", "notes", "fatalities", "timestamp")  # fmt: skip


def acled_row(number: int, **changes: str) -> dict[str, str]:
    row = {
        "event_id_cnty": f"SECRETID{number}", "event_date": "2022-04-18", "year": "2022", "time_precision": "1",
        "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
        "actor1": "SECRET actor", "actor2": "", "country": "Afghanistan", "iso": "4", "admin1": "Balkh",
        "location": "SECRET place", "latitude": "37.2214", "longitude": "67.4214", "geo_precision": "1",
        "source": "SECRET source", "notes": "SECRET notes", "fatalities": "2", "timestamp": "1650326400",
    }  # fmt: skip
    return row | changes


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    """Two parts: three rows at one place, one known to a province, one that cannot be used."""
    folder = tmp_path / "parts"
    folder.mkdir()
    rows = [
        [acled_row(1), acled_row(2), acled_row(3, event_date="2022-05-02")],
        [acled_row(4, geo_precision="3"), acled_row(5, latitude="999")],
    ]
    for number, part in enumerate(rows):
        with (folder / f"part-{number}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, fieldnames=ACLED)
            writer.writeheader()
            writer.writerows(part)
    return folder


def payloads(path: Path) -> dict[str, Any]:
    """What the page holds as data, by kind of layer."""
    html = path.read_text(encoding="utf-8")
    texts = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', html, flags=re.DOTALL)
    return {each["kind"]: each for each in map(json.loads, texts)}


def test_a_folder_of_parts_is_drawn_as_counts_that_hold_no_row(
    bordermap: Run, parts: Path, tmp_path: Path
) -> None:
    done = bordermap("render", "parts")
    assert (done.returncode, done.stdout) == (3, "wrote parts.html\n"), done.stderr
    assert "5 rows read: 4 used, 1 rejected" in done.stderr
    html = (tmp_path / "parts.html").read_text(encoding="utf-8")
    assert "SECRET" not in html
    found = payloads(tmp_path / "parts.html")
    counts = found["aggregates"]
    assert counts["cells"]["n"] == [3] and counts["rows"] == 4
    assert {each["key"]: each["n"] for each in counts["unplaced"]} == {"admin1": 1}
    assert [counts["cells"][edge] for edge in ("west", "south", "east", "north")] == [
        [67.25], [37.0], [67.5], [37.25],
    ]  # fmt: skip
    assert sum(each["certain"] for each in counts["stretches"]) >= 3
    told = {each["label"]: each["text"] for each in found["page"]["coverage"]}
    assert "ACLED" in told["Dataset"] and "counts only" in told["What this page holds"]
    first = (tmp_path / "parts.html").read_bytes()
    assert bordermap("render", "parts").returncode == 3
    assert (tmp_path / "parts.html").read_bytes() == first


def test_one_large_table_is_drawn_so_when_asked_for(bordermap: Run, parts: Path, tmp_path: Path) -> None:
    done = bordermap(
        "render", "parts/part-0.csv", "--aggregate", "--cell", "0.5", "--title", "Mine", "-o", "mine.html"
    )
    assert done.returncode == 0, done.stderr
    found = payloads(tmp_path / "mine.html")
    assert found["aggregates"]["cells"]["east"] == [67.5] and found["aggregates"]["cells"]["west"] == [67.0]
    assert found["page"]["title"] == "Mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.html", "parts"]


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["parts", "parts/part-0.csv"], 2, "BM546"),
        (["--aggregate"], 2, "BM546"),
        (["parts/part-0.csv", "parts/part-1.csv", "--aggregate"], 2, "BM546"),
        (["-", "--aggregate"], 2, "BM547"),
        (["empty", "--aggregate"], 2, "BM547"),
        (["parts/part-0.csv", "--cell", "1"], 2, "BM548"),
        (["parts/part-0.csv", "--engine", "dask"], 2, "BM548"),
        (["parts", "--cell", "0"], 2, ""),
        (["nowhere.csv", "--aggregate"], 1, "BM210"),
    ],
)
def test_what_cannot_be_drawn_as_counts_is_said(
    bordermap: Run, parts: Path, tmp_path: Path, arguments: list[str], status: int, code: str
) -> None:
    (tmp_path / "empty").mkdir()
    done = bordermap("render", *arguments)
    assert done.returncode == status, done.stderr
    assert code in done.stderr and done.stderr.count("Error:") == 1 and "Hint:" in done.stderr
    assert not list(tmp_path.glob("*.html"))


def test_a_table_larger_than_one_file_should_hold_is_drawn_as_counts_unasked(
    parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bordermap.maps.casebook_page.MOST", 2)
    page = tmp_path / "page.html"
    done = CliRunner().invoke(render, [str(parts / "part-0.csv"), "-o", str(page)], standalone_mode=False)
    assert done.exception is None and done.return_value == 0
    assert "these are 3 incidents, and one file should hold at most 2: counts are drawn" in done.stderr
    assert payloads(page)["aggregates"]["cells"]["n"] == [3]
    both = [str(parts / "part-0.csv"), str(parts / "part-1.csv"), "-o", str(page), "--overwrite"]
    refused = CliRunner().invoke(render, both, standalone_mode=False).exception
    assert isinstance(refused, OutputError) and refused.code == "BM409" and "120 MB" in refused.hint
