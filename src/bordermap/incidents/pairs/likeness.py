"""How much speaks for two reports being of one incident: a sum of points, with the reason for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bordermap.codebook import INCIDENT_TYPES, label
from bordermap.incidents.pairs.pairing import Pairs, shared
from bordermap.incidents.pairs.sightings import Floats, Ints, Sightings

#: What the score is the sum of. It ranks; it is no probability.
POINTS: Final = {
    "same day": 3, "within two days": 2, "dates overlap": 1,
    "same point": 4, "within what is known of both places": 3, "same province": 2, "same country": 1,
    "same type": 2, "types that fit": 1,
    "same number killed": 1, "different numbers killed": -1,
    "actor in common": 2, "same source": 3,
}  # fmt: skip
#: Types that two tellers may give to one incident; "other" fits all.
_FITTING: Final = {
    "cross_border_fire": ("drone_strike", "shooting", "exchange_of_fire", "attack_on_people"),
    "drone_strike": ("attack_on_people",),
    "shooting": ("exchange_of_fire", "crossing_clash", "attack_on_people", "security_operation"),
    "exchange_of_fire": ("crossing_clash", "security_operation"),
    "crossing_clash": ("attack_on_people", "security_operation"),
}
_TYPES: Final = tuple(INCIDENT_TYPES)
_NEARNESS: Final = ("", "same country", "same province", "within what is known of both places", "same point")


@dataclass(frozen=True, eq=False)
class Likeness:
    """What speaks for each pair.

    Attributes:
        score: The sum of :data:`POINTS`.
        fits: Whether nothing speaks against it: types that cannot be one, or two points far apart.
        days_apart: Between the days that are written as their starts.
        same_day: Both known to the day, and it is the same.
        close: At most two days apart.
        same_type: The same, and not "other".
        types_fit: Different types that two tellers may give.
        killed: 1 the same number, -1 numbers that exclude each other, 0 not known.
        same_actor: An actor in common.
        same_source: A source in common.
    """

    score: Ints
    fits: NDArray[np.bool_]
    days_apart: Ints
    same_day: NDArray[np.bool_]
    close: NDArray[np.bool_]
    same_type: NDArray[np.bool_]
    types_fit: NDArray[np.bool_]
    killed: Ints
    same_actor: NDArray[np.bool_]
    same_source: NDArray[np.bool_]


def likeness(seen: Sightings, pairs: Pairs) -> Likeness:
    """What speaks for each pair being one incident.

    Args:
        seen: The incidents.
        pairs: Pairs that may be the same by time and place.

    Returns:
        Arrays as long as the pairs.
    """
    a, b = pairs.one, pairs.other
    apart = np.abs(seen.day[a] - seen.day[b])
    both = seen.is_day[a] & seen.is_day[b]
    same_day, close = both & (apart == 0), both & (apart <= 2)
    same_type, types_fit, excluded = _types(seen.kind[a], seen.kind[b])
    killed = _killed(seen, a, b)
    actor, source = (shared(keys, seen.stride, a, b) for keys in (seen.actors, seen.sources))
    score = np.where(same_day, POINTS["same day"], np.where(close, POINTS["within two days"], 1))
    score = score + np.array([0, *(POINTS[words] for words in _NEARNESS[1:])])[pairs.nearness]
    score = score + 2 * same_type + types_fit + killed + 2 * actor + 3 * source
    located = np.zeros(len(seen), dtype=bool)
    located[seen.owner[np.isfinite(seen.lon)]] = True
    elsewhere = (pairs.nearness == 0) & located[a] & located[b]
    # One country and one day is no reason to take two for one: something more must speak for it.
    vague = (pairs.nearness <= 1) & ~(actor | source)
    fits = ~excluded & ~elsewhere & ~vague
    return Likeness(score, fits, apart, same_day, close, same_type, types_fit, killed, actor, source)


def _types(one: Ints, other: Ints) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    size, vague = len(_TYPES), _TYPES.index("other")
    fit = np.zeros((size, size), dtype=bool)
    for kind, kinds in _FITTING.items():
        for each in kinds:
            fit[_TYPES.index(kind), _TYPES.index(each)] = fit[_TYPES.index(each), _TYPES.index(kind)] = True
    known = (one != vague) & (other != vague)
    same, fits = known & (one == other), known & fit[one, other]
    return same, fits, known & ~same & ~fits


def _killed(seen: Sightings, a: Ints, b: Ints) -> Ints:
    low_a, low_b, high_a, high_b = seen.low[a], seen.low[b], seen.high[a], seen.high[b]
    known = np.isfinite(low_a) & np.isfinite(low_b)
    meet = known & (low_a <= high_b) & (low_b <= high_a)
    # That nobody was killed is said of most incidents: it speaks for nothing.
    return np.where(meet & (high_a + high_b > 0), 1, np.where(known & ~meet, -1, 0)).astype(np.int64)


def reasons(seen: Sightings, pairs: Pairs, like: Likeness, at: int) -> str:
    """What speaks for one pair, in words.

    Args:
        seen: The incidents.
        pairs: The pairs.
        like: Of the pairs.
        at: Which.
    """
    a, b = int(pairs.one[at]), int(pairs.other[at])
    words = [_time(like, at), _place(float(pairs.distance_km[at]), int(pairs.nearness[at]))]
    words.append(_type(seen, a, b, like, at))
    if like.killed[at]:
        words.append(_deaths(seen, a, b, bool(like.killed[at] > 0)))
    words += ["actor in common"] * bool(like.same_actor[at]) + ["same source"] * bool(like.same_source[at])
    return "; ".join(filter(None, words))


def _time(like: Likeness, at: int) -> str:
    if like.same_day[at]:
        return "same day"
    days = int(like.days_apart[at])
    if days and like.close[at]:
        return f"{days} day{'s' if days > 1 else ''} apart"
    return "dates overlap" if not days else f"dates overlap, starts {days} days apart"


def _place(distance_km: float, nearness: int) -> str:
    if nearness >= 3:
        return "same point" if distance_km < 0.05 else f"{max(round(distance_km), 1)} km apart"
    return _NEARNESS[nearness]


def _type(seen: Sightings, a: int, b: int, like: Likeness, at: int) -> str:
    names = [label(INCIDENT_TYPES, _TYPES[int(seen.kind[each])]).lower() for each in (a, b)]
    if like.same_type[at]:
        return f"both {names[0]}"
    return f"{names[0]} and {names[1]}" if like.types_fit[at] else "type of one not known"


def _deaths(seen: Sightings, a: int, b: int, same: bool) -> str:
    if same:
        return "numbers killed agree"
    return f"numbers killed differ: {_range(seen, a)} and {_range(seen, b)}"


def _range(seen: Sightings, at: int) -> str:
    low: Floats = seen.low
    return f"{low[at]:.0f}" if low[at] == seen.high[at] else f"{low[at]:.0f}–{seen.high[at]:.0f}"
