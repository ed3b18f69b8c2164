"""The tables of codes: each leads into the codebook, and no word of ours is one that codebook §8 forbids."""

from __future__ import annotations

import re

import pytest

from bordermap.codebook import DATE_PRECISIONS, INCIDENT_TYPES, LOCATION_BASES, PRECISIONS
from bordermap.geometry.countries import country_names
from bordermap.incidents import twins
from bordermap.incidents.dialects import acled, gdelt, gtd, ucdp
from bordermap.incidents.dialects.country_tables import ALPHA3
from bordermap.incidents.dialects.fips import ISO3_BY_FIPS, WITHOUT_ISO3, iso3_of_fips
from bordermap.incidents.dialects.gwno import ISO3_BY_GWNO, iso3_of_gwno

TABLES = {
    name: table
    for name in ("ACLED_SUB_EVENTS", "ACLED_EVENTS", "UCDP_EVENTS", "GTD_EVENTS", "CAMEO")
    for table in [getattr(twins, name)]
}
FORBIDDEN = r"terroris|militant|intruder|infiltrat|incursion|regime|martyr|neutrali|attack"


@pytest.mark.parametrize("name", TABLES)
def test_every_twin_is_of_the_codebook_and_neutral(name: str) -> None:
    for code, twin in TABLES[name].items():
        assert twin.incident_type in INCIDENT_TYPES, code
        assert twin.phrase and not re.search(FORBIDDEN, twin.phrase, flags=re.IGNORECASE), code


@pytest.mark.parametrize("name", TABLES)
def test_no_dataset_says_that_anything_crossed_a_border(name: str) -> None:
    assert not {twin.incident_type for twin in TABLES[name].values()} & {
        "cross_border_fire",
        "crossing_clash",
    }


@pytest.mark.parametrize("name", ["ACLED_PLACES", "UCDP_PLACES", "GTD_PLACES", "GDELT_PLACES"])
def test_places_are_of_the_codebook(name: str) -> None:
    assert set(getattr(twins, name).values()) <= set(PRECISIONS)


def test_dates_are_of_the_codebook() -> None:
    assert {*twins.ACLED_DATES.values(), *twins.UCDP_DATES.values()} <= set(DATE_PRECISIONS)
    assert "machine" in LOCATION_BASES


def test_the_codes_are_those_of_the_codebook() -> None:
    assert list(twins.ACLED_PLACES) == ["1", "2", "3"]
    assert list(twins.UCDP_PLACES) == list("1234567")
    assert list(twins.GTD_PLACES) == list("12345")
    assert list(twins.GDELT_PLACES) == list("012345")
    assert list(twins.UCDP_DATES) == list("12345")


def test_fips_codes() -> None:
    assert set(ISO3_BY_FIPS.values()) <= ALPHA3
    # The two that FIPS 10-4 has no code for: Åland, and the islands that were the Netherlands Antilles.
    assert ALPHA3 - set(ISO3_BY_FIPS.values()) == {"ALA", "BES"}
    assert not WITHOUT_ISO3 & set(ISO3_BY_FIPS)
    lookalikes = {"AS": "AUS", "AU": "AUT", "CH": "CHN", "SZ": "CHE", "GM": "DEU", "GA": "GMB", "GB": "GAB",
                  "NI": "NGA", "NG": "NER", "PA": "PRY", "SP": "ESP", "TU": "TUR", "UP": "UKR", "IS": "ISR",
                  "IC": "ISL", "IZ": "IRQ", "TI": "TJK", "TX": "TKM", "KZ": "KAZ", "KG": "KGZ"}  # fmt: skip
    assert {code: iso3_of_fips(code) for code in lookalikes} == lookalikes


def test_numbers_of_gleditsch_and_ward() -> None:
    assert set(ISO3_BY_GWNO.values()) <= set(country_names())
    assert {n: iso3_of_gwno(n) for n in ("2", "365", "700", "701", "702", "703", "704", "705", "710", "770")} == {
        "2": "USA", "365": "RUS", "700": "AFG", "701": "TKM", "702": "TJK", "703": "KGZ", "704": "UZB", "705": "KAZ",
        "710": "CHN", "770": "PAK",
    }  # fmt: skip


@pytest.mark.parametrize("module", [acled, ucdp, gtd, gdelt])
def test_own_words_of_a_dialect_are_neutral(module: object) -> None:
    dialect = module.DIALECT  # type: ignore[attr-defined]
    assert not re.search(
        r"terrorist|militant|regime", dialect.attribution + dialect.licence, flags=re.IGNORECASE
    )
    assert "{accessed}" in dialect.attribution
