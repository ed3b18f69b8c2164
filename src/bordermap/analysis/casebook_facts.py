"""What of a casebook's incidents is counted: its claims brought to one row an incident."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd

from bordermap.analysis.periods import day_intervals
from bordermap.codebook import COUNTRY_NAMES, SIDES
from bordermap.incidents.arrow import Ints, joined_codes, text_column
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.conversion.standing import has_one_report_each
from bordermap.incidents.frames import lookup, rows
from bordermap.incidents.parties import group_names, party_groups
from bordermap.incidents.positions import positions
from bordermap.incidents.status import derive_status

#: Parties that stand for a table, and have no voice.
_TABLES: Final = ("dataset", "machine")
#: Never named in an output: private persons (codebook §8).
_PERSONS: Final = ("witness", "detainee")
OWN: Final = "casebook"
_BOUNDS: Final = ("low", "best", "high")


def casebook_facts(casebook: Casebook) -> pd.DataFrame:
    """What summaries count of each incident, its place aside.

    Figures on which claims differ become an interval: the lowest and the highest that anybody gives. Nothing
    is added up but the parts of one claim by nationality.

    Args:
        casebook: Any.

    Returns:
        One row an incident, in the order of ``casebook.incidents``; columns as in
        :func:`bordermap.analysis.facts.facts_of`.

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> facts = casebook_facts(read_casebook())
        >>> len(facts), sorted(set(facts["status"]))
        (18, ['claimed', 'confirmed', 'corroborated', 'denied', 'disputed', 'reported'])
    """
    incidents = casebook.incidents.reset_index(drop=True)
    first, last = _days(incidents)
    plain = is_table(casebook)
    columns: dict[str, Any] = {
        "first_day": first,
        "last_day": last,
        "incident_type": incidents["incident_type"],
        "status": "reported" if plain else derive_status(casebook)["status"],
        **(_table_parties(casebook) if plain else _parties(casebook)),
        **_killed(casebook),
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(len(incidents)))


def _days(incidents: pd.DataFrame) -> tuple[Any, Any]:
    """First and last days, found once for each different date."""
    names = ("date_start", "date_end", "date_precision", "time_zone")
    codes, at = joined_codes([text_column(incidents[name]) for name in names])
    some = incidents.iloc[at].reset_index(drop=True)
    first, last = day_intervals(
        some["date_start"],
        some["date_end"],
        precision=some["date_precision"],
        time_zone=some["time_zone"],
    )
    return first[codes], last[codes]


def is_table(casebook: Casebook) -> bool:
    """Whether each incident has one report of one dataset: then all of them are reported, and no more.

    Args:
        casebook: Any.

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> is_table(read_casebook())
        False
    """
    return has_one_report_each(casebook) and set(casebook.claims["party_id"].unique()) <= set(
        _tables(casebook)
    )


def _tables(casebook: Casebook) -> dict[str, str]:
    """The parties that are datasets, by their names; a monitor may speak in one, and as a party too."""
    return {
        party: name
        for party, name, kind in rows(casebook.parties, "party_id", "name", "kind")
        if kind in _TABLES or party.startswith("dataset-")
    }


def _table_parties(casebook: Casebook) -> dict[str, Any]:
    names = lookup(casebook.parties, "party_id", "name")
    told = {party: f"attributed_in_dataset\x1e{name}" if name else "" for party, name in names.items()}
    claims = casebook.claims
    return {"dataset": _mapped(claims["party_id"], names), "parties": _mapped(claims["attributed_to"], told)}


def _mapped(keys: pd.Series[str], values: Mapping[str, str]) -> pd.Series[Any]:
    """A value for each key, looked up once for each different one; an empty text where there is none."""
    codes, distinct = pd.factorize(keys)
    found = np.array([values.get(str(each), "") for each in distinct], dtype=object)
    numbers, categories = pd.factorize(found)
    return pd.Series(pd.Categorical.from_codes(numbers[codes], categories=pd.Index(categories, dtype="str")))


def _parties(casebook: Casebook) -> dict[str, Any]:
    """The parties by their part in each incident: who says they did it, who is named, who is affected."""
    groups, names = party_groups(casebook), group_names(casebook)
    kinds = lookup(casebook.parties, "party_id", "kind")
    tables = _tables(casebook)
    found: dict[str, set[str]] = {}
    datasets: dict[str, set[str]] = {}
    for event, party, stance, accused in rows(
        casebook.claims, "event_id", "party_id", "stance", "attributed_to"
    ):
        if party in tables:
            datasets.setdefault(event, set()).add(tables[party])
        naming = "attributed_in_dataset" if party in tables else "attributed"
        for role, named in _parts(party, stance, {accused: naming}, kinds[party]):
            if kinds[named] not in _PERSONS:
                found.setdefault(event, set()).add(f"{role}\x1e{names[groups[named]]}")
    for event, country in _harmed(casebook):
        found.setdefault(event, set()).add(f"affected\x1enationals of {COUNTRY_NAMES.get(country, country)}")
    events = casebook.incidents["event_id"].tolist()
    return {
        "dataset": [" + ".join(sorted(datasets.get(event, ()))) or OWN for event in events],
        "parties": ["\x1f".join(sorted(found.get(event, ()))) for event in events],
    }


def _parts(party: str, stance: str, accused: Mapping[str, str], kind: str) -> Iterator[tuple[str, str]]:
    """The parts in an incident that a claim gives to parties."""
    if stance == "claims_responsibility":
        yield "claims_responsibility", party
    yield from ((role, named) for named, role in accused.items() if named)
    if kind == "company":
        yield "affected", party


def _harmed(casebook: Casebook) -> set[tuple[str, str]]:
    """Events and the countries whose nationals are said to be among the killed or wounded."""
    events = lookup(casebook.claims, "claim_id", "event_id")
    names = ("claim_id", "what", "nationality", "low", "best", "high")
    return {
        (events[claim], nation)
        for claim, what, nation, *numbers in rows(casebook.particulars, *names)
        if nation and what in ("killed", "wounded") and not _none_reported(numbers)
    }


def _none_reported(numbers: list[str]) -> bool:
    return any(numbers) and all(number in ("", "0") for number in numbers)


def _killed(casebook: Casebook) -> dict[str, Any]:
    """Low, best and high by side, of all claims together."""
    killed = (casebook.particulars["what"] == "killed").to_numpy(dtype=bool)
    table = casebook.particulars[killed].reset_index(drop=True)
    numbers = {name: _numbers(table[name]) for name in _BOUNDS}
    claims = figure_claims(casebook)[killed]
    given = pd.DataFrame({"claim": claims, "side": table["side"], **numbers})
    given["part"] = np.where(table["nationality"] != "", -1, np.arange(len(table)))
    given = given[given[list(_BOUNDS)].notna().any(axis=1)]
    exact = given["low"].isna() & given["high"].isna()
    for bound in ("low", "high"):
        given[bound] = given[bound].mask(exact, given["best"])
    return _by_incident(casebook, _with_parts_added(given))


@lru_cache(maxsize=4)
def figure_claims(casebook: Casebook) -> Ints:
    """The row of ``claims`` that each figure belongs to, -1 for none.

    Args:
        casebook: Any.

    Example:
        >>> from bordermap.incidents.casebook import read_casebook
        >>> case = read_casebook()
        >>> len(figure_claims(case)) == len(case.particulars)
        True
    """
    return positions(casebook.particulars["claim_id"], casebook.claims["claim_id"])


def _numbers(texts: pd.Series[str]) -> Any:
    """Text as numbers, each different one read once; not a number where it is empty."""
    codes, distinct = pd.factorize(texts)
    read = pd.to_numeric(pd.Series(distinct, dtype="str"), errors="coerce")
    return np.append(read.to_numpy(dtype=float, na_value=np.nan), np.nan)[codes]


def _with_parts_added(given: pd.DataFrame) -> pd.DataFrame:
    """Rows of one claim and side, each with its nationality, are parts of one figure."""
    parts = given[given["part"] == -1]
    if not parts.duplicated(["claim", "side"]).any():
        return given
    known = parts.groupby(["claim", "side"], sort=False)
    added = known[["low"]].sum(min_count=1)
    for bound in ("best", "high"):
        added[bound] = known[bound].sum().where(known[bound].count() == known.size())
    return pd.concat([given[given["part"] != -1], added.reset_index()], ignore_index=True)


def _by_incident(casebook: Casebook, figures: pd.DataFrame) -> dict[str, Any]:
    claims = casebook.claims
    event = positions(claims["event_id"], casebook.incidents["event_id"])
    at = np.append(event, -1)[figures["claim"].to_numpy(dtype=np.int64)]
    figures = figures.assign(at=at)[at >= 0]
    columns: dict[str, Any] = {}
    for side in ("", *SIDES):
        mine = figures[figures["side"] == side]
        if len(mine):
            columns |= _spread(mine, f"killed_{side or 'total'}", len(casebook.incidents))
    return columns


def _spread(figures: pd.DataFrame, name: str, length: int) -> dict[str, Any]:
    """The figures of one side, one row an incident; what claims give is joined, never added."""
    one = figures
    if figures["at"].duplicated().any():
        grouped = figures.groupby("at", sort=False)
        one = grouped[["low"]].min()
        # How high it may be is open where one account leaves it open; a best number is one that all share.
        one["high"] = grouped["high"].max().where(grouped["high"].count() == grouped.size())
        one["best"] = grouped["best"].max().where(grouped["best"].max() == grouped["best"].min())
        one = one.reset_index()
    columns = {}
    for bound in _BOUNDS:
        values = np.full(length, np.nan)
        values[one["at"].to_numpy()] = one[bound].to_numpy()
        columns[f"{name}_{bound}"] = values
    return columns
