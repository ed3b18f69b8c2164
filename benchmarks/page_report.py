"""What `page.py` measured, as Markdown tables, as checks of the answers, and as what was asked and what is met."""

from __future__ import annotations

import importlib.metadata
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from document import circumstances
from page_build import WAYS, missing
from page_packages import VERSIONS

_OURS, _BARE = "bordermap", "bordermap-bare"
_PACKAGES: Final = ("folium", "geopandas", "pandas", "mapclassify", "pydeck", "lonboard", "playwright")
#: Size → seconds to build after reading, megabytes, seconds until drawn.
_ASKED: Final = {100_000: (1.0, 15.0, 1.0), 1_000_000: (6.0, 130.0, 2.5)}
_BARE_MB, _PAN_MS, _BRUSH_MS = 25.0, 60.0, 100.0
_BUNDLED: Final = (2.0, 1.5, 0.5)


@dataclass
class Measured:
    """One way at one size.

    Attributes:
        size: How many incidents.
        built: What `page_build.py` printed.
        opened: What `page_open.py` printed, line by line.
        failed: Why one of them ended before its time.
    """

    size: int = 0
    built: dict[str, Any] = field(default_factory=dict)
    opened: list[dict[str, Any]] = field(default_factory=list)
    failed: str = ""

    def values(self, name: str) -> list[float]:
        """Everything measured under a name, once for each time that the page was opened."""
        return [line[name] for line in self.opened if name in line]

    def median(self, name: str) -> float | None:
        """The median of it, if it was measured."""
        found = self.values(name)
        return statistics.median(found) if found else None


@dataclass(frozen=True)
class Bundled:
    """The bundled casebook.

    Attributes:
        render_s: From the shell.
        megabytes: Of the page.
        drawn_s: On the screen.
    """

    render_s: float
    megabytes: float
    drawn_s: float


Results = dict[str, dict[int, Measured]]


def tables(results: Results, sizes: list[int], budget: float) -> str:
    """Everything that was measured, as Markdown."""
    heads = [f"{size:,}" for size in sizes]
    opened = {name: found for name, found in results.items() if WAYS[name].screen}
    parts = [
        _when(results, budget),
        "Seconds to build, MB → seconds until drawn:",
        _table(["way", *heads], _rows(results, sizes, _made)),
        "Worst frame while the map is dragged, ms (the longest task of the page in it):",
        _table(["way", *heads], _rows(opened, sizes, _panned)),
        "After drawing: MB in JavaScript's heap + in buffers beside it (all of the page's process):",
        _table(["way", *heads], _rows(opened, sizes, _remembered)),
        "bordermap alone:",
        _table(["", *heads, "last, without notes"], _alone(results, sizes)),
    ]
    return "\n\n".join(parts) + "\n"


def _rows(results: Results, sizes: list[int], cell: Callable[[Measured], str]) -> Iterable[list[str]]:
    for name, found in results.items():
        absent = missing(name)
        cells = (
            [absent, *[""] * (len(sizes) - 1)]
            if absent
            else [cell(found.get(size, Measured())) for size in sizes]
        )
        yield [WAYS[name].title, *cells]


def _made(measured: Measured) -> str:
    if not measured.built:
        return "failed" if measured.failed else "–"
    made = f"{_number(measured.built['build_s'])}, {_number(measured.built['bytes'] / 1e6)}"
    if not measured.built["screen"]:
        return made
    drawn = measured.median("drawn_s")
    return f"{made} → {_number(drawn) if drawn is not None else '–'}"


def _panned(measured: Measured) -> str:
    worst = measured.median("pan_ms")
    return "–" if worst is None else f"{worst:,.0f} ({measured.median('pan_task_ms') or 0:,.0f})"


def _remembered(measured: Measured) -> str:
    heap, buffers, process = map(measured.median, ("heap_mb", "buffers_mb", "process_mb"))
    if heap is None or buffers is None or process is None:
        return "–"
    return f"{heap:,.0f} + {buffers:,.0f} ({process:,.0f})"


def _alone(results: Results, sizes: list[int]) -> Iterable[list[str]]:
    found = [results[_OURS].get(size, Measured()) for size in sizes]
    found.append(results[_BARE].get(sizes[-1], Measured()))
    lines: dict[str, Callable[[Measured], float | None]] = {
        "reading the table, s": lambda one: one.built.get("read_s"),
        "enriching, s": lambda one: one.built.get("enrich_s"),
        "building, s": lambda one: one.built.get("build_s"),
        "page, MB": lambda one: one.built["bytes"] / 1e6 if one.built else None,
        "drawn, s": lambda one: one.median("drawn_s"),
        "worst frame, panning, ms": lambda one: one.median("pan_ms"),
        "worst frame, brushing, ms": lambda one: one.median("brush_ms"),
        "longest task, brushing, ms": lambda one: one.median("brush_task_ms"),
        "from key to card, ms": lambda one: one.median("card_ms"),
    }
    for title, read in lines.items():
        values = [read(one) for one in found]
        yield [title, *("–" if value is None else _number(value) for value in values)]


def checks(results: Results, sizes: list[int]) -> list[str]:
    """Whether all hold the same incidents, and what they asked for from elsewhere."""
    failed = [
        f"NOT MET: {WAYS[name].title} failed at {one.size:,}: {one.failed}"
        for name, found in results.items()
        for one in found.values()
        if one.failed
    ]
    same = [_same(results, size) for size in sizes if results[_OURS].get(size, Measured()).opened]
    return [*failed, *same] + [line for name, found in results.items() if (line := _asked_for(name, found))]


def _same(results: Results, size: int) -> str:
    at_size = {name: found[size] for name, found in results.items() if size in found and found[size].built}
    points = int(at_size[_OURS].median("points") or 0)
    wrong = []
    for name, one in at_size.items():
        ours = name.startswith(_OURS)
        wanted = {size} if ours else {points}
        held = {int(one.built["held"]), *map(int, one.values("counted" if ours else "points"))}
        if held != wanted:
            wrong.append(f"{name} {sorted(held)}")
    told = f"of {size:,} incidents bordermap's page has all, {points:,} of them as points"
    if wrong:
        return f"NOT MET: {told}, and others differ: {'; '.join(wrong)}"
    return f"met: {told}, as many as each of the {len(at_size)} ways has"


def _asked_for(name: str, found: dict[int, Measured]) -> str:
    """What a page wanted that is not in it, at the largest size for which that is known."""
    for one in reversed(found.values()):
        refused, errors = one.median("refused"), one.median("errors")
        if refused is None or errors is None:
            continue
        told = (
            f"at {one.size:,} {WAYS[name].title} asked for {refused + (one.median('served') or 0):.0f} files"
        )
        if name in (_OURS, _BARE):
            return f"{'NOT MET' if refused or errors else 'met'}: {told}; errors in its scripts: {errors:.0f}"
        return f"{told}, of which {refused:.0f} were refused; errors in its scripts: {errors:.0f}"
    return ""


def verdicts(results: Results, bundled: Bundled) -> list[str]:
    """What was asked, what was measured, and whether it is met."""
    lines = []
    for size, (build, megabytes, drawn) in _ASKED.items():
        one = results[_OURS].get(size, Measured())
        if one.built:
            both = one.built["build_s"] + one.built["enrich_s"]
            lines += [
                _asked(f"s to build {size:,} after reading and enriching", one.built["build_s"], build),
                _asked(f"s to build {size:,} after reading, enriching too", both, build),
                _asked(f"MB at {size:,}", one.built["bytes"] / 1e6, megabytes),
                _asked(f"s until {size:,} are drawn", one.median("drawn_s"), drawn),
            ]
    bare = results[_BARE].get(1_000_000, Measured())
    if bare.built:
        lines.append(_asked("MB at 1,000,000 without notes", bare.built["bytes"] / 1e6, _BARE_MB))
    opened = [one for one in results[_OURS].values() if one.opened]
    most = max(opened, key=lambda one: one.size, default=Measured())
    lines += [
        _asked(f"ms: the worst frame while panning at {most.size:,}", most.median("pan_ms"), _PAN_MS),
        _asked(f"ms: the worst frame while brushing at {most.size:,}", most.median("brush_ms"), _BRUSH_MS),
        _asked("s for `bordermap render` from the shell, bundled casebook", bundled.render_s, _BUNDLED[0]),
        _asked("MB: the bundled casebook's page", bundled.megabytes, _BUNDLED[1]),
        _asked("s until the bundled casebook is on the screen", bundled.drawn_s, _BUNDLED[2]),
    ]
    return lines


def _asked(what: str, value: float | None, asked: float) -> str:
    if value is None:
        return f"NOT MET: not measured: {what} (asked: at most {asked:g})"
    met = "met" if value <= asked else "NOT MET"
    return f"{met}: {_number(value)} {what} (asked: at most {asked:g})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _table(head: list[str], lines: Iterable[list[str]]) -> str:
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _when(results: Results, budget: float) -> str:
    named = {}
    for name in _PACKAGES:
        try:
            named[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    browsers = [
        line["browser"] for one in results[_OURS].values() for line in one.opened if "browser" in line
    ]
    named |= VERSIONS | ({"Chromium": browsers[0]} if browsers else {})
    return circumstances(f"budget {budget:g} s", named, beside=", no graphics processor")
