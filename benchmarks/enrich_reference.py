"""How wrong each way of `enrich.py` is: against an oracle built another way, and against each other.

The oracle (`tests/support/nearest_oracle.py`) leaves edges out by exact bounds only and follows the others by
golden section with geographiclib. It is slow, so it is asked of the first points of a set, which are as random
as any, and of those on which a way differs most from bordermap.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bordermap.geometry.nearest import nearest_border
from enrich_points import Answers, afghan_line

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from support.nearest_oracle import Oracle, geodesic_km

#: Nearer than this to the nearest, a border is no wrong answer: a centimetre.
_AS_NEAR_KM = 1e-5


@dataclass(frozen=True)
class Errors:
    """What is wrong with the answers of one way.

    Attributes:
        judged: How many points the oracle judged.
        median_m: Median error of the distance, of the sample.
        most_m: Largest error of the distance, of the sample and of the doubtful points.
        place_m: Largest difference between the distance to the stated place and the true one, the same points.
        wrong: Share of all points for which the border named is farther than the nearest, by a centimetre.
        other_country: Share of all points that bordermap puts into another country.
        other_area: Share of all points that bordermap puts into another first-order area.
        differs_m: The largest difference from bordermap's distance, of all points.
    """

    judged: int
    median_m: float
    most_m: float
    place_m: float
    wrong: float
    other_country: float
    other_area: float
    differs_m: float


class Reference:
    """The truth about one set of points.

    Args:
        points: Lon and lat, shape (n, 2).
        sample: So many of them are always judged.
        doubtful: So many more of each way, where it differs most.
    """

    def __init__(self, points: NDArray[np.float64], sample: int, doubtful: int) -> None:
        self._points, self._sample, self._doubtful = points, sample, doubtful
        self._oracle = Oracle(list(afghan_line().geometry))
        self._known: dict[int, float] = {}

    def judge(self, ours: Answers, theirs: Answers) -> Errors:
        """The errors of a way, beside bordermap's answers to as many points or more."""
        size = min(len(theirs.lon), len(ours.lon))
        differs = np.abs(theirs.distance_km[:size] - ours.distance_km[:size])
        doubtful = np.argsort(differs)[::-1][: self._doubtful]
        sample = np.arange(min(self._sample, size))
        which = np.union1d(sample, doubtful)
        true = np.array([self._truth(int(i)) for i in which])
        wrong_km = np.abs(theirs.distance_km[which] - true)
        place_km = np.abs([self._to_place(int(i), theirs) for i in which] - true)
        return Errors(
            len(which), 1000 * float(np.median(wrong_km[np.isin(which, sample)])), 1000 * float(wrong_km.max()),
            1000 * float(place_km.max()), self._wrong_share(ours, theirs, size),
            float((theirs.country[:size] != ours.country[:size]).mean()),
            float((theirs.admin1[:size] != ours.admin1[:size]).mean()), 1000 * float(differs.max()),
        )  # fmt: skip

    def _truth(self, i: int) -> float:
        if i not in self._known:
            self._known[i] = self._oracle.nearest(*self._points[i].tolist()).distance_km
        return self._known[i]

    def _to_place(self, i: int, answers: Answers) -> float:
        lon, lat = self._points[i].tolist()
        return geodesic_km((lon, lat), (float(answers.lon[i]), float(answers.lat[i])))

    def _wrong_share(self, ours: Answers, theirs: Answers, size: int) -> float:
        """Where the pairs differ, the border named is measured by itself."""
        other = np.flatnonzero(theirs.border_pair[:size] != ours.border_pair[:size])
        line, wrong = afghan_line(), 0
        for pair in sorted(set(theirs.border_pair[other])):
            named = other[theirs.border_pair[other] == pair]
            alone = nearest_border(
                self._points[named, 0], self._points[named, 1], line[line["border_pair"] == pair]
            )
            wrong += int((alone.distance_km > ours.distance_km[named] + _AS_NEAR_KM).sum())
        return wrong / size
