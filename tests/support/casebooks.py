"""Small casebooks for tests: one valid one as plain rows, which a test changes, writes to a folder or reads."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from bordermap.incidents.casebook import Casebook, read_casebook
from bordermap.incidents.readers.about import About
from bordermap.incidents.tables import TABLES

Rows = list[dict[str, str]]
Tables = dict[str, Rows]


def cells(text: str) -> dict[str, str]:
    """``a=1 b=two_words`` as a row."""
    return {name: value.replace("_", " ") if name in ("name", "title") else value
            for name, value in (word.split("=", 1) for word in text.split())}  # fmt: skip


def small() -> Tables:
    """One incident, claimed by an armed group and located in two countries; parties of every sort stand ready."""
    return {
        "incidents": [cells("event_id=E1 incident_type=cross_border_fire title=rocket_fire date_start=2022-04-18")],
        "claims": [claim("C1", "iskp", "claims_responsibility")],
        "claim_sources": [cells("claim_id=C1 source_id=S1 relation=original")],
        "sources": [cells("source_id=S1 title=A_report url=https://example.org/a")],
        "parties": [
            cells("party_id=uz-mfa name=Uzbek_foreign_ministry group=uzbekistan kind=state authority_of=UZB"),
            cells("party_id=uz-mod name=Uzbek_defence_ministry group=uzbekistan kind=state authority_of=UZB"),
            cells("party_id=uz-court name=Court_in_Termez group=uz-court kind=court authority_of=UZB"),
            cells("party_id=tal-mfa name=Taliban_foreign_ministry group=taliban kind=de_facto_authority authority_of=AFG"),
            cells("party_id=tal-sp name=Taliban_spokesman group=taliban kind=de_facto_authority authority_of=AFG"),
            cells("party_id=cn-mfa name=Chinese_foreign_ministry group=china kind=state authority_of=CHN"),
            cells("party_id=iskp name=ISKP group=iskp kind=armed_group"),
            cells("party_id=nrf name=NRF group=nrf kind=armed_group"),
            cells("party_id=rferl name=RFE/RL group=rferl kind=newsroom"),
            cells("party_id=amu name=Amu_TV group=amu kind=newsroom"),
            cells("party_id=isw name=ISW group=isw kind=analyst"),
            cells("party_id=posts name=Posts group=posts kind=social_media"),
            cells("party_id=held name=A_detainee group=held kind=detainee"),
        ],
        "locations": [
            cells("location_id=L1 claim_id=C1 role=target geo_precision=settlement location_basis=gazetteer place_id=termez"),
            cells("location_id=L2 claim_id=C1 role=origin geo_precision=settlement location_basis=gazetteer place_id=hairatan"),
        ],
        "places": [
            cells("place_id=termez name=Termez kind=settlement country=UZB longitude=67.278 latitude=37.224"),
            cells("place_id=hairatan name=Hairatan kind=settlement country=AFG longitude=67.417 latitude=37.216"),
            cells("place_id=balkh name=Balkh kind=admin1 country=AFG admin1_code=AF.30 shape=admin1:AF.30"),
            cells("place_id=line name=Line kind=border_stretch shape=stretch:AFG-UZB:balkh-surxondaryo"),
            cells("place_id=kaldar name=Kaldar kind=admin2 country=AFG parent_place_id=balkh"),
            cells("place_id=uzb name=Uzbekistan kind=country country=UZB"),
            cells("place_id=afg name=Afghanistan kind=country country=AFG"),
            cells("place_id=north name=northern_Afghanistan kind=area country=AFG"),
        ],
        "particulars": [],
        "context": [],
    }  # fmt: skip


def claim(
    claim_id: str, party: str, stance: str, about: str = "event", when: str = "2022-04-19", **more: str
) -> dict[str, str]:
    """A row of claims."""
    row = {"claim_id": claim_id, "event_id": "E1", "party_id": party, "stance": stance, "about": about}
    return row | {"date_start": when, "summary": "Said so."} | more


def with_claims(*claims: dict[str, str], tables: Tables | None = None) -> Tables:
    """The small casebook with claims in the place of its own, each with the source that all share.

    Its locations hang on the first of them.
    """
    tables = tables or small()
    carried = [{"claim_id": row["claim_id"], "source_id": "S1", "relation": "original"} for row in claims]
    placed = [row | {"claim_id": claims[0]["claim_id"]} for row in tables["locations"]]
    return tables | {"claims": list(claims), "claim_sources": carried, "locations": placed}


def write(folder: Path, tables: Tables, about: str = 'title = "Test"\n') -> Path:
    """Write a casebook; every table with the columns of its rows, at least the required ones."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        used = {column for row in rows for column in row}
        header = [c.name for c in TABLES[name].columns if c.required or c.name in used]
        header += sorted(used - set(header))
        write_csv(folder / f"{name}.csv", header, rows)
    (folder / "casebook.toml").write_text(about, encoding="utf-8")
    return folder


def write_csv(path: Path, header: list[str], rows: Iterable[dict[str, str]]) -> None:
    """One table."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(
            stream, fieldnames=header, restval="", lineterminator="\n", quoting=csv.QUOTE_ALL
        )
        writer.writeheader()
        writer.writerows(rows)


def read_csv(path: Path) -> Rows:
    """One table, by the standard library alone."""
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def in_memory(tables: Tables) -> Casebook:
    """The same casebook without a folder and without checks, for properties that try many."""
    frames = {
        name: pd.DataFrame(
            {column: [row.get(column, "") for row in rows] for column in TABLES[name].names}, dtype="str"
        )
        for name, rows in tables.items()
    }
    return Casebook(**frames, about=About(title="Test"))  # type: ignore[arg-type]


def casebook_of(tables: Tables) -> Casebook:
    """Write and read."""
    with tempfile.TemporaryDirectory() as folder:
        return read_casebook(write(Path(folder) / "case", tables))
