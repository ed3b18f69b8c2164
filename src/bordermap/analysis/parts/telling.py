"""What a run tells: counts that add up, issues, rights and datasets of all parts together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, Final

from bordermap.analysis.parts.job import Told
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.about import About
from bordermap.incidents.report import Issue, LayerReport, Reading
from bordermap.incidents.stores.abouts import about_of, about_values

#: From the strictest to the freest; an empty text is a maker's own.
_RIGHTS: Final = ("aggregate_only", "unknown", "display_only", "open", "held", "")


def whole_about(told: Sequence[Told], title: str) -> About:
    """What is known of all datasets together: the strictest rights, every attribution once.

    Args:
        told: Of all slices.
        title: Of the whole.

    Example:
        >>> parts = [Told(0, "a", about={"rights": "open"}), Told(1, "b", about={"rights": "display_only"})]
        >>> whole_about(parts, "T").rights
        'display_only'
    """
    abouts = [about_of(each.about) for each in told if each.about]
    if not abouts:
        return About(title=title)
    if len({*map(str, map(about_values, abouts))}) == 1:
        return abouts[0]
    return About(
        title=title,
        licence="; ".join(_each_once(one.licence for one in abouts)),
        attribution=" ".join(_each_once(one.attribution for one in abouts)),
        rights=strictest([one.rights for one in abouts]),
        accessed=next(iter(_each_once(one.accessed for one in abouts)), ""),
        focus=next(iter(_each_once(one.focus for one in abouts)), ""),
    )


def strictest(rights: Sequence[str]) -> str:
    """The strictest of several rights.

    Example:
        >>> strictest(["open", "unknown", ""])
        'unknown'
    """
    return min(rights, key=_RIGHTS.index, default="")


def _each_once(words: Any) -> list[str]:
    return list(dict.fromkeys(word for word in words if word))


def datasets(told: Sequence[Told]) -> list[tuple[str, str]]:
    """Name and kind of each dataset, in the order in which they come up."""
    return list(dict.fromkeys(each for one in told for each in one.datasets))


def member(about: About, named: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What each output file says of itself, so that it is read again as what it is."""
    told: dict[str, Any] = {"casebook": about_values(about)}
    if len(named) == 1:
        told["dataset"] = {"name": named[0][0], "kind": named[0][1]}
    return told


def all_issues(told: Sequence[Told], more: Sequence[Issue] = ()) -> list[Issue]:
    """Each kind once: equal codes and messages of several slices are one."""
    kinds: dict[tuple[str, str], Issue] = {}
    for issue in (*(each for one in told for each in one.issues), *more):
        key = issue.code, issue.message
        if key in kinds:
            before = kinds[key]
            places = (*before.places, *issue.places)[:3]
            kinds[key] = replace(before, count=before.count + issue.count, places=places)
        else:
            kinds[key] = issue
    return sorted(kinds.values(), key=lambda each: (each.severity, each.code))


def reading_of(told: Sequence[Told], more: Sequence[Issue] = ()) -> Reading:
    """The same account that reading in memory gives: one layer a slice."""
    layers = [
        LayerReport(
            file=each.name, rows_read=each.rows_read, rows_used=each.rows_used,
            rows_rejected=each.rows_rejected, rows_located=each.rows_located, notes=each.notes,
            period=each.period,
        )
        for each in told
    ]  # fmt: skip
    return Reading(tuple(layers), tuple(all_issues(told, more)))


def counted(reading: Reading, repeated: Mapping[int, int]) -> Reading:
    """The account with repeated records among the rejected.

    Args:
        reading: One layer a slice.
        repeated: Slice → how many of its records an earlier part holds.
    """
    layers = [
        replace(layer, rows_used=layer.rows_used - again, rows_rejected=layer.rows_rejected + again)
        for at, layer in enumerate(reading.layers)
        for again in [repeated.get(at, 0)]
    ]
    return replace(reading, layers=tuple(layers))


def whole_period(told: Sequence[Told]) -> tuple[str, str]:
    """The first and the last day of all slices; empty where no date is known."""
    known = [each.period for each in told if each.period[0]]
    return (min(each[0] for each in known), max(each[1] for each in known)) if known else ("", "")


def manifest_of(
    told: Sequence[Told],
    outputs: Sequence[Mapping[str, Any]],
    repeated: Mapping[int, int],
    more: Mapping[str, Any],
) -> dict[str, Any]:
    """The manifest: what went in, what came out, and that both are equal.

    Args:
        told: Of all slices, in order.
        outputs: What each output's task told.
        repeated: Slice → how many of its records an earlier part holds.
        more: Added as it is.
    """
    parts = []
    for each in told:
        again = repeated.get(each.number, 0)
        part: dict[str, Any] = {
            "name": each.name,
            "rows_read": each.rows_read,
            "rows_used": each.rows_used - again,
            "rows_rejected": each.rows_rejected + again,
            "rows_located": each.rows_located,
        }
        parts.append(part | ({"error": dict(each.error)} if each.error else {}))
    counts = {name: sum(part[name] for part in parts) for name in COUNTS}
    period = list(whole_period(told))
    written = sum(each["rows"] for each in outputs)
    assert counts["rows_used"] == written, (counts, written)  # a bug of ours must not look like an output
    assert counts["rows_read"] == counts["rows_used"] + counts["rows_rejected"], counts
    return {**counts, "period": period, "parts_read": parts, "parts": list(outputs), **more}


COUNTS: Final = ("rows_read", "rows_used", "rows_rejected", "rows_located")


def options_told(options: ReadOptions) -> dict[str, Any]:
    """The options of reading as plain values."""
    told = asdict(options)
    return told | {name: dict(sorted(told[name].items())) for name in ("columns", "choices")}
