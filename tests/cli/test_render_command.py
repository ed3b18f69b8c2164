"""`bordermap render` as a user meets it: outcomes, exit codes, and what is left behind when it fails."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from support import Run
from support.packed import details, of_page


def edit(folder: Path, table: str, columns: dict[str, str], *more: dict[str, str]) -> None:
    """Change the first row of a table, and append rows."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0] |= columns
    rows += more
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_without_anything_it_draws_the_bundled_casebook_and_says_where(
    bordermap: Run, tmp_path: Path
) -> None:
    done = bordermap("render")
    assert (done.returncode, done.stdout, done.stderr) == (0, "wrote afghan-borders.html\n", "")
    assert [path.name for path in tmp_path.iterdir()] == ["afghan-borders.html"]
    assert bordermap("render").returncode == 0  # its own page may be replaced


def test_a_folder_gives_a_page_of_its_name(bordermap: Run, own_casebook: Path) -> None:
    done = bordermap("render", "my-case")
    assert (done.returncode, done.stdout) == (0, "wrote my-case.html\n")


def test_standard_output(bordermap: Run, tmp_path: Path) -> None:
    done = bordermap("render", "-o", "-")
    assert done.returncode == 0
    assert done.stdout.startswith("<!DOCTYPE html>")
    assert not list(tmp_path.iterdir())


def test_a_foreign_file_is_kept(bordermap: Run, tmp_path: Path) -> None:
    (tmp_path / "afghan-borders.html").write_text("mine", encoding="utf-8")
    done = bordermap("render")
    assert done.returncode == 4
    assert done.stderr.startswith("Error: afghan-borders.html exists already")
    assert (tmp_path / "afghan-borders.html").read_text(encoding="utf-8") == "mine"
    assert bordermap("render", "--overwrite").returncode == 0


def test_with_o_even_a_page_of_ours_needs_overwrite(bordermap: Run) -> None:
    assert bordermap("render", "-o", "map.html").returncode == 0
    assert bordermap("render", "-o", "map.html").returncode == 4
    assert bordermap("render", "-o", "map.html", "--overwrite").returncode == 0


def test_a_title_of_ones_own(bordermap: Run, tmp_path: Path) -> None:
    assert bordermap("render", "--title", "Mine & <yours>", "-o", "t.html").returncode == 0
    assert "<title>Mine &amp; &lt;yours&gt;</title>" in (tmp_path / "t.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["render", "nowhere"], 1, "nowhere"),
        (["render", "-o", "a.png"], 2, "a.png"),
        (["render", "a", "b"], 1, "'a'"),
        (["render", "--frobnicate"], 2, "frobnicate"),
        (["frobnicate"], 2, "frobnicate"),
        (["render", "-o", "no/such/folder.html"], 4, "no/such/folder.html"),
    ],
)
def test_a_wrong_call_is_one_error_and_one_hint(
    bordermap: Run, tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    done = bordermap(*arguments)
    assert done.returncode == code
    lines = done.stderr.splitlines()
    assert [line.split(":")[0] for line in lines] == ["Error", "Hint"]
    assert said in lines[0] and done.stdout == ""
    assert not list(tmp_path.iterdir())


#: The data elements of a page.

FAULTS = [
    ("claims", {"event_id": "NOT-THERE"}, "NOT-THERE", "claims.csv"),
    ("incidents", {"date_start": ""}, "date_start", "incidents.csv"),
    ("sources", {"source_id": ""}, "source_id", "sources.csv"),
    ("incidents", {"incident_type": "raid"}, "raid", "incidents.csv"),
    ("locations", {"geo_precision": "pinpoint"}, "pinpoint", "locations.csv"),
]


@pytest.mark.parametrize(("table", "columns", "said", "file"), FAULTS)
def test_a_faulty_casebook_is_one_error_with_file_line_and_cure_and_keeps_the_old_page(
    bordermap: Run, own_casebook: Path, table: str, columns: dict[str, str], said: str, file: str
) -> None:
    page = own_casebook.parent / "my-case.html"
    assert bordermap("render", "my-case").returncode == 0
    before = page.read_bytes()
    edit(own_casebook, table, columns)
    done = bordermap("render", "my-case")
    assert done.returncode == 1
    error, hint = done.stderr.splitlines()
    assert error.startswith("Error: ") and hint.startswith("Hint: ")
    assert file in error and "line 2" in error and said in error
    assert page.read_bytes() == before
    assert {path.name for path in own_casebook.parent.iterdir()} == {"my-case", "my-case.html"}


def test_an_unknown_column_is_named(bordermap: Run, own_casebook: Path) -> None:
    path = own_casebook / "incidents.csv"
    header, rest = path.read_text(encoding="utf-8").split("\n", 1)
    path.write_text(header.replace("incident_type", "incident_typ") + "\n" + rest, encoding="utf-8")
    done = bordermap("render", "my-case")
    assert done.returncode == 1
    assert "incident_typ" in done.stderr and "incident_type" in done.stderr.splitlines()[1]


def test_an_incident_without_a_place_is_named(bordermap: Run, own_casebook: Path) -> None:
    with (own_casebook / "incidents.csv").open(encoding="utf-8", newline="") as stream:
        row = next(csv.DictReader(stream))
    edit(own_casebook, "incidents", {}, row | {"event_id": "NEW-1"})
    done = bordermap("render", "my-case")
    assert done.returncode == 1
    assert "NEW-1" in done.stderr.splitlines()[0]


def test_a_missing_table_is_named(bordermap: Run, own_casebook: Path) -> None:
    (own_casebook / "claims.csv").unlink()
    done = bordermap("render", "my-case")
    assert done.returncode == 1 and "claims.csv" in done.stderr


def test_an_empty_folder_is_one_error(bordermap: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = bordermap("render", "empty")
    assert done.returncode == 1 and done.stderr.count("\n") == 2


def test_a_new_claim_changes_status_card_and_legend(bordermap: Run, own_casebook: Path) -> None:
    from bordermap.incidents.casebook import read_casebook
    from bordermap.incidents.frames import lookup
    from bordermap.incidents.status import derive_status

    before = lookup(derive_status(read_casebook(own_casebook)), "event_id", "status")
    event = next(event for event, status in before.items() if status == "claimed")
    claim = {"claim_id": "new-denial", "event_id": event, "party_id": "new-party"}
    said = {
        "stance": "denies",
        "about": "event",
        "date_start": "2026-05-01",
        "summary": "Said that none of it was so.",
    }
    source = str(read_casebook(own_casebook).sources["source_id"].iloc[0])
    edit(own_casebook, "parties", {}, {"party_id": "new-party", "name": "A monitor", "kind": "monitor"})
    edit(own_casebook, "claims", {}, claim | said)
    edit(own_casebook, "claim_sources", {}, {"claim_id": "new-denial", "source_id": source})
    assert lookup(derive_status(read_casebook(own_casebook)), "event_id", "status")[event] == "disputed"
    done = bordermap("render", "my-case")
    assert done.returncode == 0, done.stderr
    page = (own_casebook.parent / "my-case.html").read_text(encoding="utf-8")
    incident = details(of_page(page))[event]
    assert incident["status"] == "disputed" and incident["title"].startswith("Disputed report of ")
    assert said["summary"] in [claim["summary"] for claim in incident["claims"]]


def test_the_casebook_is_only_read(bordermap: Run, own_casebook: Path) -> None:
    before = {path.name: path.read_bytes() for path in own_casebook.iterdir()}
    own_casebook.chmod(0o555)
    assert bordermap("render", "my-case").returncode == 0
    own_casebook.chmod(0o755)
    assert {path.name: path.read_bytes() for path in own_casebook.iterdir()} == before
    shutil.rmtree(own_casebook)
