"""What the rights of a dataset forbid is not in the page, hidden data included."""

from __future__ import annotations

import pytest

from bordermap.errors import InputError, OutputError
from bordermap.incidents.readers.about import About
from bordermap.incidents.rights import permitted
from bordermap.maps.casebook_page import casebook_page

from support.flat_cases import TERMEZ, flat_casebook
from support.packed import opened

SECRET = {
    "event_id": "SECRET-ID", "title": "SECRET title", "notes": "SECRET note", "actor1": "SECRET actor",
    "actor2": "SECRET other", "source": "SECRET source", "source_url": "https://secret.example/",
    "event_type": "SECRET type", "fatalities_best": "987654",
}  # fmt: skip
ROW = SECRET | TERMEZ | {
    "location": "Termez", "country": "UZB", "geo_precision": "settlement", "location_basis": "given",
    "date_start": "2022-04-18", "incident_type": "shooting",
}  # fmt: skip


@pytest.mark.parametrize("rights", ["display_only", "unknown"])
def test_a_page_holds_date_type_place_and_status_and_nothing_else(rights: str) -> None:
    about = About(
        title="A table", rights=rights, attribution="Data by its makers, accessed on 1 May.", focus="UZB"
    )
    html = opened(casebook_page(flat_casebook(ROW, about=about)).html())
    assert "SECRET" not in html and "secret.example" not in html and "987654" not in html
    for words in ("shooting", "Termez", "18 April 2022", "Data by its makers", "no notes, ids, actors"):
        assert words.casefold() in html.casefold()


@pytest.mark.parametrize("rights", ["open", "held"])
def test_what_may_be_shown_is_shown_and_held_rights_are_recorded(rights: str) -> None:
    about = About(title="A table", rights=rights, focus="UZB")
    html = opened(casebook_page(flat_casebook(ROW, about=about)).html())
    assert "SECRET title" in html and "SECRET note" in html
    assert ("states that they hold the rights" in html) == (rights == "held")


def test_aggregates_only_is_no_page() -> None:
    with pytest.raises(InputError) as caught:
        permitted(flat_casebook(ROW, about=About(title="A table", rights="aggregate_only")))
    assert caught.value.code == "BM311"


def test_the_status_stays_what_it_was() -> None:
    case = permitted(flat_casebook(ROW, about=About(title="A table", rights="display_only")))
    assert case.incidents["event_id"].tolist() == ["1"] == case.claims["event_id"].tolist()
    assert case.claims["stance"].tolist() == ["reports"]
    assert case.sources["title"].tolist() == ["A table"]


def test_a_page_says_when_it_cannot_hold_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bordermap.maps.casebook_page.MOST", 1)
    with pytest.raises(OutputError) as caught:
        casebook_page(flat_casebook(ROW, {"title": "another"}))
    assert caught.value.code == "BM409" and "2" in str(caught.value)
