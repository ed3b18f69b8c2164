"""What `enrich.py` measured, as Markdown tables and as a list of what was asked and what is met."""

from __future__ import annotations

import importlib.metadata
import itertools
import math
from dataclasses import dataclass, field
from typing import Any, Final

import pyproj
import shapely

import peer_duckdb
import peer_postgis
from document import circumstances
from enrich_points import SEED, SETS
from enrich_reference import Errors
from enrich_way import WAYS

#: Peer → how many times as fast bordermap is asked to be.
_RATIOS: Final = {"sjoin": 12, "sjoin-edges": None, "tree": 2}
_PACKAGES: Final = ("numpy", "pandas", "geopandas", "shapely", "pyproj", "geographiclib")


@dataclass
class Measured:
    """One way on one set of points.

    Attributes:
        missing: What to install, if the way cannot run; then nothing else is set.
        said: What `enrich_way.py` printed.
        errors: How wrong it is.
    """

    missing: str = ""
    said: dict[str, Any] = field(default_factory=dict)
    errors: Errors | None = None

    def run(self, size: int) -> dict[str, float] | None:
        """The run on so many points."""
        return next((run for run in self.said.get("runs", ()) if run["size"] == size), None)

    def rate(self, size: int) -> float | None:
        """Points a second on so many points."""
        run = self.run(size)
        return run["size"] / run["seconds"] if run else None

    @property
    def megabytes(self) -> float:
        """Above the input: index and work on the most points."""
        most = self.said["runs"][-1]["run_mb"] if self.said["runs"] else 0.0
        return float(self.said["index_mb"] + most)


Results = dict[str, dict[str, Measured]]
Point = tuple[int, float, float]
Curve = list[Point]


def tables(results: Results, sizes: list[int], curve: dict[str, Curve]) -> str:
    """Everything that was measured, as Markdown."""
    parts = [f"{_when()}\n"]
    for kind, ways in results.items():
        parts.append(f"**{kind}**: points {SETS[kind]}\n\n{_table(ways, sizes)}\n")
    parts.append(f"What it costs for each point as the line's vertices grow, µs:\n\n{_curve_table(curve)}\n")
    return "\n".join(parts)


def _table(ways: dict[str, Measured], sizes: list[int]) -> str:
    head = [
        "way", *(f"points/s at {size:,}" for size in sizes), "MB above input", "error: median", "max", "to its place: max",
        "wrong neighbour", "other country · area", "judged",
    ]  # fmt: skip
    lines = [_row(head), _row(["---"] * len(head))]
    for name, measured in ways.items():
        title = WAYS[name][0]
        if measured.missing:
            lines.append(_row([title, measured.missing, *[""] * (len(head) - 2)]))
        else:
            lines.append(_row([title, *_rates(measured, sizes), *_judged(measured)]))
    return "\n".join(lines)


def _rates(measured: Measured, sizes: list[int]) -> list[str]:
    rates = [measured.rate(size) for size in sizes]
    if not measured.said["runs"]:
        return [f"{measured.said['rate']:,.0f} (at {measured.said['answered']})", *["–"] * (len(sizes) - 1)]
    return [f"{rate:,.0f}" if rate else "–" for rate in rates]


def _judged(measured: Measured) -> list[str]:
    errors = measured.errors
    if errors is None:
        return [f"{measured.megabytes:,.0f}", *["–"] * 6]
    return [
        f"{measured.megabytes:,.0f}", _length(errors.median_m), _length(errors.most_m), _length(errors.place_m),
        _share(errors.wrong), f"{_share(errors.other_country)} · {_share(errors.other_area)}", f"{errors.judged}",
    ]  # fmt: skip


def _length(metres: float) -> str:
    """Metres with a unit that can be read."""
    if metres < 1e-6:
        return "0"
    for below, factor, unit in ((0.01, 1000, "mm"), (1, 100, "cm"), (1000, 1, "m")):
        if metres < below:
            number = metres * factor
            return f"{number:.0f} {unit}" if number >= 100 else f"{number:.2g} {unit}"
    return f"{metres / 1000:.2f} km"


def _share(share: float) -> str:
    return "0" if share == 0 else f"{100 * share:.2g} %"


def _curve_table(curve: dict[str, Curve]) -> str:
    counts = [count for count, _, _ in next(iter(curve.values()))]
    lines = [_row(["vertices", *(f"{count:,}" for count in counts)]), _row(["---"] * (len(counts) + 1))]
    for kind, points in curve.items():
        lines.append(_row([kind, *(f"{each:.2f}" for _, _, each in points)]))
    lines.append(_row(["prepare, s", *(f"{seconds:.2f}" for _, seconds, _ in next(iter(curve.values())))]))
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _when() -> str:
    named = {name: importlib.metadata.version(name) for name in _PACKAGES}
    named |= {"GEOS": shapely.geos_version_string, "PROJ": pyproj.proj_version_str}
    named |= peer_postgis.versions() | peer_duckdb.versions()
    return circumstances(f"seed {SEED}", named)


def verdicts(results: Results, sizes: list[int], curve: dict[str, Curve]) -> list[str]:
    """What was asked, what was measured, and whether it is met; the worse of the sets counts."""
    most = sizes[-1]
    ours = [ways["bordermap"] for ways in results.values()]
    lines = [
        *(_ratio(results, peer, most, asked) for peer, asked in _RATIOS.items() if peer in next(iter(results.values()))),
        _asked(f"points/s on one core at {most:,}", min(_rate(each, most) for each in ours), 500_000),
        _asked(f"points/s with workers=2 at {most:,}", min(_rate(ways["bordermap-2"], most) for ways in results.values()), 1_000_000),
        _asked(f"MB above the input at {most:,}", max(each.megabytes for each in ours), 500, least=False),
        _asked("ms for 1,000 points, prepared", 1000 * max(_seconds(each, 1000) for each in ours), 30, least=False),
        _asked("s for 10,000 points", max(_seconds(each, 10_000) for each in ours), 0.1, least=False),
        _asked("of that speed with the world's borders", min(_of_world(ways, most) for ways in results.values()), 0.5),
        _asked("cm: the largest error", 100 * max(_worst_m(ways) for ways in results.values()), 1, least=False),
    ]  # fmt: skip
    first = max(float(each.said["first_seconds"]) for each in ours)
    lines.append(f"the first call after `prepare` takes {first:.2f} s: it reads the areas round the points")
    for kind, points in curve.items():
        told = [_doubling(first, second) for first, second in itertools.pairwise(points)]
        lines.append(
            f"{kind}: each doubling of the vertices adds {min(told):.2f} to {max(told):.2f} µs a point"
        )
    return lines


def _doubling(first: Point, second: Point) -> float:
    """Microseconds that one doubling adds, between two numbers of vertices."""
    return (second[2] - first[2]) / math.log2(second[0] / first[0])


def _ratio(results: Results, peer: str, size: int, asked: float | None) -> str:
    ratios = [_rate(ways["bordermap"], size) / ways[peer].said["rate"] for ways in results.values()]
    names = ", ".join(f"{ratio:.1f} ({kind})" for ratio, kind in zip(ratios, results, strict=True))
    told = f"times {WAYS[peer][0]}"
    if asked is None:
        return f"{names} {told}"
    return f"{_asked(told, min(ratios), asked)}: {names}"


def _asked(what: str, value: float, asked: float, least: bool = True) -> str:
    met = value >= asked if least else value <= asked
    number = f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
    return f"{'met' if met else 'NOT MET'}: {number} {what} (asked: {'at least' if least else 'at most'} {asked:,})"


def _rate(measured: Measured, size: int) -> float:
    return measured.rate(size) or float(measured.said["rate"])


def _seconds(measured: Measured, size: int) -> float:
    run = measured.run(size)
    return run["seconds"] if run else size / float(measured.said["rate"])


def _of_world(ways: dict[str, Measured], size: int) -> float:
    return _rate(ways["bordermap-world"], size) / _rate(ways["bordermap"], size)


def _worst_m(ways: dict[str, Measured]) -> float:
    errors = ways["bordermap"].errors
    assert errors
    return max(errors.most_m, errors.place_m)
