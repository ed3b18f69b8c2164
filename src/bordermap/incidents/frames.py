"""Frames as plain values: the rules work on small tuples, not on frames."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

Row = dict[str, str]


def rows(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[str, ...]]:
    """The rows of a frame as tuples of strings, some columns of it.

    Example:
        >>> list(rows(pd.DataFrame({"a": ["1"], "b": ["2"]}), "b", "a"))
        [('2', '1')]
    """
    return zip(*(frame[column].tolist() for column in columns), strict=True)


def lookup(frame: pd.DataFrame, key: str, value: str) -> dict[str, str]:
    """One column by another.

    Example:
        >>> lookup(pd.DataFrame({"a": ["1"], "b": ["2"]}), "a", "b")
        {'1': '2'}
    """
    return dict(zip(frame[key].tolist(), frame[value].tolist(), strict=True))


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame as dictionaries of text.

    Example:
        >>> records(pd.DataFrame({"a": ["1"], "b": [2]}))
        [{'a': '1', 'b': '2'}]
    """
    names = [str(name) for name in frame.columns]
    # Column by column: a row of an Arrow frame is put together value by value, which takes ten times as long.
    columns = [list(map(str, frame.iloc[:, at].tolist())) for at in range(frame.shape[1])]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
