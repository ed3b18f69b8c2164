"""What a casebook says of itself, as plain values, as TOML and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from bordermap.incidents.readers.about import About, Coverage


def about_values(about: About) -> dict[str, Any]:
    """A casebook's own words as plain values; what is empty is left out.

    Example:
        >>> about_values(About(title="T", coverage=Coverage(borders=("AFG-UZB",))))
        {'title': 'T', 'coverage': {'borders': ['AFG-UZB']}}
    """
    values = {name: value for name, value in asdict(about).items() if value and name != "coverage"}
    coverage = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(about.coverage).items()
        if value
    }
    return values | ({"coverage": coverage} if coverage else {})


def about_of(values: Mapping[str, Any]) -> About:
    """The inverse; entries that are unknown or of another kind are passed over.

    Args:
        values: As read from a file: anything.

    Example:
        >>> about_of({"title": "T", "coverage": {"borders": ["AFG-UZB"]}, "x": 1}).coverage.borders
        ('AFG-UZB',)
    """
    coverage = values.get("coverage")
    covered = _known(Coverage, coverage if isinstance(coverage, Mapping) else {})
    own = _known(About, {name: value for name, value in values.items() if name != "coverage"})
    return About(**({"title": "Casebook"} | own), coverage=Coverage(**covered))


def _known(kind: type[About] | type[Coverage], values: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in fields(kind):
        value = values.get(each.name)
        if str(each.type) == "str" and isinstance(value, str):
            found[each.name] = value
        elif (
            str(each.type).startswith("tuple") and isinstance(value, Sequence) and not isinstance(value, str)
        ):
            found[each.name] = tuple(str(one) for one in value)
    return found


def about_toml(about: About) -> str:
    r"""A casebook's own words as ``casebook.toml``.

    Example:
        >>> about_toml(About(title='A "B"', coverage=Coverage(borders=("AFG-UZB",)))).splitlines()
        ['title = "A \\"B\\""', '', '[coverage]', 'borders = ["AFG-UZB"]']
    """
    values = about_values(about)
    coverage = values.pop("coverage", {})
    lines = [f"{name} = {_quoted(value)}" for name, value in values.items()]
    lines += ["", "[coverage]"] if coverage else []
    lines += [f"{name} = {_value(value)}" for name, value in coverage.items()]
    return "\n".join(lines) + "\n"


def _value(value: str | list[str]) -> str:
    return _quoted(value) if isinstance(value, str) else f"[{', '.join(map(_quoted, value))}]"


def _quoted(text: str) -> str:
    # JSON's strings are TOML's basic strings, but for the one control character that JSON lets stand.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def about_rows(about: About) -> list[tuple[str, str]]:
    """A casebook's own words as key and value, for formats that hold tables only; lists are JSON.

    Example:
        >>> about_rows(About(title="T", coverage=Coverage(borders=("AFG-UZB",))))
        [('title', 'T'), ('coverage.borders', '["AFG-UZB"]')]
    """
    values = about_values(about)
    coverage = values.pop("coverage", {})
    rows = [(name, str(value)) for name, value in values.items()]
    for name, value in coverage.items():
        rows.append(
            (f"coverage.{name}", value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        )
    return rows


def about_of_rows(rows: Mapping[str, str]) -> About:
    """The inverse of :func:`about_rows`.

    Example:
        >>> about_of_rows({"title": "T", "coverage.borders": '["AFG-UZB"]'}).coverage.borders
        ('AFG-UZB',)
    """
    values: dict[str, Any] = {name: value for name, value in rows.items() if "." not in name}
    values["coverage"] = {
        name.removeprefix("coverage."): _list_or_text(value)
        for name, value in rows.items()
        if name.startswith("coverage.")
    }
    return about_of(values)


def _list_or_text(text: str) -> Any:
    try:
        value = json.loads(text) if text.startswith("[") else text
    except (ValueError, RecursionError):
        return text
    return value if isinstance(value, list) else text
