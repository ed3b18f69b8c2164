"""Which groups of a key an incident belongs to: one surely, or several perhaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Membership:
    """The groups of one key that n incidents may belong to.

    Attributes:
        code: Which combination of groups each incident has, shape (n,); -1: none is known.
        start: Where each combination's groups begin in ``member``, shape (k + 1,).
        member: Rows of ``groups``.
        groups: The groups with what they are called: one row a group, one column for each part of the name.
        overlapping: Whether an incident surely belongs to all groups of its combination (parties), and not
            to one of them.
    """

    code: Ints
    start: Ints
    member: Ints
    groups: pd.DataFrame
    overlapping: bool = False

    @property
    def size(self) -> Ints:
        """The number of groups in each combination, shape (k,)."""
        return np.asarray(np.diff(self.start))


def of_sets(texts: pd.Series[Any], name: str, between: str = " ") -> Membership:
    """Members written into one text, as sets of countries or stretches are.

    Args:
        texts: Shape (n,); empty: none.
        name: The column of ``groups``.
        between: What parts them.

    Example:
        >>> found = of_sets(pd.Series(["AFG UZB", "UZB", ""]), "country")
        >>> found.code.tolist(), found.size.tolist(), found.groups["country"].tolist()
        ([0, 1, -1], [2, 1], ['AFG', 'UZB'])
    """
    codes, distinct = coded(texts)
    split = [text.split(between) if text else [] for text in distinct]
    return _of_lists(codes, split, name)


def of_texts(texts: pd.Series[Any], name: str) -> Membership:
    """One member each; an empty text: none."""
    codes, distinct = coded(texts)
    return _of_lists(codes, [[text] if text else [] for text in distinct], name)


def coded(texts: pd.Series[Any]) -> tuple[Ints, list[str]]:
    """Numbers of the distinct texts and these texts, quick for what is categorical."""
    if isinstance(texts.dtype, pd.CategoricalDtype):
        distinct = [str(each) for each in texts.cat.categories]
        codes = texts.cat.codes.to_numpy().astype(np.int64)
        # A gap is a text like any other: the empty one, which stands last.
        return np.where(codes < 0, len(distinct), codes), [*distinct, ""]
    codes, values = pd.factorize(texts)
    return codes.astype(np.int64), [str(each) for each in values]


def _of_lists(codes: Ints, members: Sequence[Sequence[str]], name: str) -> Membership:
    names = sorted({each for one in members for each in one})
    number = {each: at for at, each in enumerate(names)}
    groups = pd.DataFrame({name: pd.Series(names, dtype="str")})
    rows = [np.array([number[each] for each in one], dtype=np.int64) for one in members]
    return of_members(codes, rows, groups)


def of_members(
    codes: Ints, members: Iterable[Ints], groups: pd.DataFrame, *, overlapping: bool = False
) -> Membership:
    """A membership from combinations that may be empty; those become -1.

    Args:
        codes: Which of ``members`` each incident has, shape (n,); -1: none.
        members: Rows of ``groups``, an array each.
        groups: What they are called.
        overlapping: See :class:`Membership`.
    """
    members = list(members)
    sizes = np.array([len(each) for each in members], dtype=np.int64)
    kept = np.cumsum(sizes > 0) - 1
    renumbered = np.append(np.where(sizes > 0, kept, -1), -1)
    start = np.concatenate([[0], np.cumsum(sizes[sizes > 0])]).astype(np.int64)
    flat = np.concatenate([*members, np.zeros(0, dtype=np.int64)]).astype(np.int64)
    return Membership(renumbered[codes].astype(np.int64), start, flat, groups, overlapping)


def runs(low: Ints, high: Ints, known: NDArray[np.bool_]) -> tuple[Ints, list[Ints]]:
    """Combinations of numbers in a row: from one to another.

    Args:
        low: The first, shape (n,).
        high: The last, shape (n,), not below ``low``.
        known: Whether there are any, shape (n,).

    Returns:
        Which combination each has, shape (n,), -1 where not known; and the combinations.

    Example:
        >>> codes, found = runs(np.array([3, 3, 0]), np.array([3, 5, 0]), np.array([True, True, False]))
        >>> codes.tolist(), [each.tolist() for each in found]
        ([0, 1, -1], [[3], [3, 4, 5]])
    """
    first, span = low[known], (high - low)[known]
    numbers, distinct = pd.factorize((first - first.min(initial=0)) * (1 + span.max(initial=0)) + span)
    ends = np.zeros((len(distinct), 2), dtype=np.int64)
    ends[numbers] = np.stack([first, first + span], axis=1)
    codes = np.full(len(low), -1, dtype=np.int64)
    codes[known] = numbers
    return codes, [np.arange(begin, end + 1, dtype=np.int64) for begin, end in ends]
