"""The columns of flat tables say what is said of their incidents one by one, whatever the table and its rights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import hypothesis
import numpy as np
import pytest

import bordermap as bm
from bordermap.codebook import status_title
from bordermap.incidents.readers.about import About
from bordermap.incidents.rights import permitted, title_of
from bordermap.maps.casebook_page import casebook_page
from bordermap.maps.incident_columns.facts import death_classes
from bordermap.maps.incident_columns.flat import is_flat_table
from bordermap.maps.incident_payload import incident_values
from bordermap.maps.layers import IncidentLayer
from bordermap.maps.manifest import table_checksum

from support.flat_cases import TERMEZ, flat_casebook
from support.flats import flat_casebooks
from support.packed import details, of_payload

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "files"
FLAT = ("ucdp/ged.csv", "ucdp/bad-rows.csv", "acled/current.csv", "gtd/gtd.csv", "text/utf-8.csv")
NAMES = (
    "where", "precision", "distance", "date", "lon", "lat", "shape", "country", "country_label", "type", "status",
    "figures", "role", "notes", "source", "killed_best",
)  # fmt: skip


def _degree(standing: Mapping[str, Any], name: str) -> int | None:
    return round(standing[name] * 100_000) if name in standing else None


def _told(incident: Mapping[str, Any], sources: Mapping[str, Any]) -> dict[str, Any]:
    standing, cited = incident["standing"], incident["claims"][0]["sources"]
    killed = [f["text"] for f in incident["figures"] if (f["what"], f["side"]) == ("killed", "")]
    figures = ["\x1e".join((f["what"], f["side"], f["text"])) for f in incident["figures"]]
    return {
        "where": incident["where"],
        "precision": incident["precision"],
        "distance": incident["distance"],
        "date": incident["dateLabel"],
        "lon": _degree(standing, "lon"),
        "lat": _degree(standing, "lat"),
        "shape": standing.get("shape", ""),
        "country": standing.get("country", ""),
        "country_label": standing.get("label", ""),
        "type": incident["type"],
        "status": incident["status"],
        "figures": "\x1f".join(figures),
        "role": incident["locations"][0]["role"],
        "notes": incident["notes"],
        "source": list(
            dict.fromkeys(sources[each["id"]]["title"] for each in cited if sources[each["id"]]["title"])
        ),
        "killed_best": int(killed[0]) if killed and killed[0].isdigit() else None,
    }


def compare(case: bm.Casebook) -> None:
    """Columns against the values of single incidents."""
    case = permitted(case)
    assert is_flat_table(case)
    values = incident_values(case)
    by_id = {each["id"]: each for each in values["incidents"]}
    payload = IncidentLayer(case).payload()
    found = of_payload(payload)
    assert sorted(found.values("id")) == sorted(by_id)
    for event, title, *columns in found.rows("id", "title", *NAMES):
        expected = _told(by_id[event], values["sources"])
        given = dict(zip(NAMES, columns, strict=True))
        if expected["killed_best"] is None:
            given["killed_best"] = None
        assert given == expected, event
        made = status_title("reported", title_of(given["type"], given["where"]))
        assert title == by_id[event]["title"] or (
            not title and by_id[event]["title"] in (made, "Reported incident")
        )
    told = {each["statusWords"] for each in payload["template"]["datasets"].values()}
    assert {each["statusWords"] for each in values["incidents"]} <= told
    assert set(payload["shapes"]) == {key for key in found.words["shape"] if key}


@pytest.mark.parametrize("rights", ["open", "display_only"])
@pytest.mark.parametrize("name", FLAT)
def test_columns_say_what_is_said_of_each_incident(name: str, rights: str) -> None:
    case = bm.read_incidents(CORPUS / name)
    compare(replace(case, about=replace(case.about, rights=rights)))


@pytest.fixture
def bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Distances of single incidents by the bounds that hold for many: those of few are found more exactly."""
    monkeypatch.setattr("bordermap.analysis.distances._MANY", -1)


@pytest.mark.usefixtures("bounded")
@hypothesis.settings(
    max_examples=10, deadline=None, derandomize=True, phases=[hypothesis.Phase.generate],
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)  # fmt: skip
@hypothesis.given(flat_casebooks())
def test_columns_of_any_flat_casebook(case: bm.Casebook) -> None:
    compare(replace(case, about=replace(case.about, rights="display_only", focus="AFG")))


def test_several_datasets_together_are_flat_and_each_says_what_it_is() -> None:
    case = bm.read_incidents([CORPUS / "ucdp/ged.csv", CORPUS / "gtd/gtd.csv"])
    payload = IncidentLayer(replace(case, about=replace(case.about, rights="open"))).payload()
    assert set(payload["template"]["datasets"]) == {"UCDP", "GTD"}
    assert set(of_payload(payload).values("dataset")) == {"UCDP", "GTD"}


def test_a_casebook_with_claims_goes_whole_into_the_texts() -> None:
    case = bm.read_casebook()
    payload = IncidentLayer(case).payload()
    assert list(details(payload)) == [each["id"] for each in incident_values(case)["incidents"]]
    assert list(details(payload).values()) == incident_values(case)["incidents"]
    assert "template" not in payload and payload["sources"]


def test_intervals_of_place_and_of_number_keep_all_that_may_be() -> None:
    for low, best, high, classes in (
        (np.nan, 0, np.nan, ["0"]), (3, np.nan, np.nan, ["1-4", "5-24", "25-99", "100+"]),
        (np.nan, np.nan, 3, ["0", "1-4"]), (4, 5, 25, ["1-4", "5-24", "25-99"]), (100, 100, 100, ["100+"]),
        (np.nan, np.nan, np.nan, []),
    ):  # fmt: skip
        column = death_classes(*(np.array([number], float) for number in (low, best, high)))
        assert [column.words[word] for word in column.sets[column.codes[0]]] == classes
    place = TERMEZ | {"geo_precision": "near", "location_basis": "given", "date_start": "2022-04-18"}
    case = flat_casebook(place, about=About(title="A table", rights="open", focus="AFG"))
    found = of_payload(IncidentLayer(case).payload())
    enriched = bm.enrich(case, bm.read_borders("AFG")).enriched.iloc[0]
    for name, told in (("along", "border_along"), ("distance", "border_distance")):
        (low,), (high,) = found.values(f"{name}_low"), found.values(f"{name}_high")
        assert low / 10 <= enriched[f"{told}_low_km"] and high / 10 >= enriched[f"{told}_high_km"]
    assert sorted(found.values("stretch")[0]) == sorted(enriched["border_stretches"].split())


def test_what_is_enriched_already_is_not_measured_again(monkeypatch: pytest.MonkeyPatch) -> None:
    case = bm.enrich(
        flat_casebook(TERMEZ | {"geo_precision": "exact", "location_basis": "given"}), bm.read_borders("AFG")
    )
    expected = IncidentLayer(case).payload()["blocks"]
    monkeypatch.setattr("bordermap.maps.incident_columns.measured.enrich", None)
    assert IncidentLayer(case).payload()["blocks"] == expected


def test_a_table_without_rows_is_a_page_too() -> None:
    case = bm.read_incidents(CORPUS / "gtd/gtd.csv")
    none = {
        name: getattr(case, name).iloc[:0]
        for name in ("incidents", "claims", "claim_sources", "locations", "particulars")
    }
    html = casebook_page(replace(case, **none)).html()
    assert '"n":0' in html


def test_the_checksum_of_a_table_is_that_of_its_text() -> None:
    case = flat_casebook({"title": "a\x1fb"}, {"title": "é"})
    assert table_checksum(case.incidents) != table_checksum(case.incidents.iloc[:1])
    assert table_checksum(case.incidents.iloc[::-1]) != table_checksum(case.incidents)
    assert table_checksum(case.incidents.iloc[1:]) == table_checksum(
        case.incidents.iloc[1:].reset_index(drop=True)
    )
