"""Columns of text in Arrow: the few things that every step of the flat path does with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bordermap.incidents.readers.layer import TEXT

Ints = NDArray[np.int64]
#: A number as text: digits with a point, perhaps an exponent.
NUMBER: Final = r"^[+-]?([0-9]{1,12}\.?[0-9]{0,20}|\.[0-9]{1,20})([eE][+-]?[0-9]{1,3})?$"
#: What is written for a number that is none.
INFINITE: Final = r"^[+-]?(?i:nan|inf|infinity)$"


def frame_of(columns: Mapping[str, pa.ChunkedArray | pa.Array]) -> pd.DataFrame:
    """Columns as a frame of text; nothing is copied.

    Example:
        >>> frame_of({"a": blank(2)})["a"].tolist()
        ['', '']
    """
    types = {TEXT: pd.StringDtype(na_value=np.nan)}
    frame: pd.DataFrame = pa.table(dict(columns)).to_pandas(types_mapper=types.get)
    return frame


def table_of(frame: pd.DataFrame) -> pa.Table:
    """A frame of text as columns; what is missing becomes an empty text.

    Example:
        >>> table_of(pd.DataFrame({"a": ["x"]}, dtype="str"))["a"].to_pylist()
        ['x']
    """
    return pa.table({str(name): text_column(frame[name]) for name in frame.columns})


def text_column(values: pd.Series[str]) -> pa.ChunkedArray:
    """One column of a frame as text without nulls."""
    # Through the frame's own array: a series would be turned into Python texts on the way.
    whole = pa.array(values.array)
    column = whole if isinstance(whole, pa.ChunkedArray) else pa.chunked_array([whole])
    column = column.cast(TEXT)
    return pc.fill_null(column, "") if column.null_count else column


@lru_cache(maxsize=4)
def blank(length: int) -> pa.ChunkedArray:
    """A column of empty texts; equal lengths share one.

    Example:
        >>> blank(2).to_pylist()
        ['', '']
    """
    return constant("", length)


def constant(word: str, length: int) -> pa.ChunkedArray:
    """A column of one text.

    Example:
        >>> constant("a", 2).to_pylist()
        ['a', 'a']
    """
    return pa.chunked_array([pa.repeat(pa.scalar(word, type=TEXT), length)], type=TEXT)


def factorize(column: pa.ChunkedArray | pa.Array) -> tuple[Ints, list[str]]:
    """The different texts of a column in the order in which they come up, and each row's as a number.

    Example:
        >>> codes, values = factorize(constant("a", 2))
        >>> codes.tolist(), values
        ([0, 0], ['a'])
    """
    whole = column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])
    codes, dictionary = _encoded(whole)
    return codes, dictionary.to_pylist()


def _encoded(column: pa.ChunkedArray) -> tuple[Ints, pa.Array]:
    if len(column) and is_one_word(column):
        return np.zeros(len(column), dtype=np.int64), pa.array([column[0].as_py()], type=TEXT)
    if not _REMEMBERING:
        return _freshly_encoded(column)
    # The column is kept with what was found of it: as long as it is there, its addresses are its own. Both of
    # them: Arrow lets a column and, say, its lower case share where texts begin.
    key = tuple((*_addresses(chunk), chunk.offset, len(chunk)) for chunk in column.chunks)
    if key not in _ENCODED:
        _ENCODED[key] = column, _whole(column).dictionary_encode()
    return _numbers(_ENCODED[key][1])


def _addresses(chunk: pa.Array) -> list[int]:
    return [buffer.address for buffer in chunk.buffers() if buffer is not None]


def _freshly_encoded(column: pa.ChunkedArray) -> tuple[Ints, pa.Array]:
    return _numbers(_whole(column).dictionary_encode())


def _numbers(encoded: pa.DictionaryArray) -> tuple[Ints, pa.Array]:
    # Arrow numbers in 32 bits, which is what is remembered; products of numbers need 64.
    return encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64), encoded.dictionary


_ENCODED: Final[dict[tuple[Any, ...], tuple[pa.ChunkedArray, pa.DictionaryArray]]] = {}
#: Arrow's memory pool as it was before, once for each reading that is under way.
_REMEMBERING: Final[list[pa.MemoryPool]] = []
_LOCK: Final = Lock()


@contextmanager
def remembering() -> Iterator[None]:
    """Remember the different texts of each column meanwhile: several steps ask for those of the same one.

    Meanwhile, too, Arrow takes its memory from the system: its own allocators keep what they once had, which
    made the peak of a million rows a quarter higher.
    """
    # Threads may read side by side: the pool is one for all, and put back by whoever is done last.
    with _LOCK:
        _REMEMBERING.append(_REMEMBERING[0] if _REMEMBERING else pa.default_memory_pool())
        pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        with _LOCK:
            before = _REMEMBERING.pop()
            if not _REMEMBERING:
                pa.set_memory_pool(before)
                _ENCODED.clear()


def take_text(values: Sequence[str], codes: Ints) -> pa.ChunkedArray:
    """Texts by number: the inverse of :func:`factorize`.

    Example:
        >>> take_text(["a", "b"], np.array([1, 0])).to_pylist()
        ['b', 'a']
    """
    if len(values) == 1:
        return constant(values[0], len(codes))
    return pa.chunked_array([pa.array(values, type=TEXT).take(pa.array(codes))], type=TEXT)


def joined_codes(columns: Sequence[pa.ChunkedArray]) -> tuple[Ints, Ints]:
    """The different combinations of several columns.

    Args:
        columns: Of equal length, at least one.

    Returns:
        Each row's combination as a number, by first appearance, and the first row of each combination.

    Example:
        >>> codes, first = joined_codes([constant("a", 3)])
        >>> codes.tolist(), first.tolist()
        ([0, 0, 0], [0])
    """
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        if is_blank(column):
            continue
        own, values = _encoded(column)
        if len(values) > 1:
            codes, _ = pd.factorize(codes * len(values) + own)
    return codes, first_of(codes)


def first_of(codes: Ints) -> Ints:
    """Where each number comes up first; numbers are given by first appearance, from 0 on.

    Example:
        >>> first_of(np.array([0, 1, 0, 2])).tolist()
        [0, 1, 3]
    """
    first = np.empty(int(codes.max()) + 1 if len(codes) else 0, dtype=np.int64)
    # The last one written stays, so the earliest goes last.
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return first


def empty_mask(column: pa.ChunkedArray | pa.Array) -> NDArray[np.bool_]:
    """Which texts are empty.

    Example:
        >>> empty_mask(blank(1)).tolist()
        [True]
    """
    return np.asarray(pc.equal(column, ""))


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """Do several things on whole columns side by side: Arrow and numpy let go of the interpreter meanwhile.

    Args:
        tasks: None depends on another.

    Returns:
        What each gave, in order; the first error of any is raised.

    Example:
        >>> at_once(lambda: 1, lambda: 2)
        [1, 2]
    """
    with ThreadPoolExecutor(max_workers=2) as pool:
        done = [each.result() for each in [pool.submit(task) for task in tasks]]
    pa.default_memory_pool().release_unused()
    return done


def is_one_word(column: pa.ChunkedArray) -> bool:
    """Whether all texts of a column are equal: quicker to see than to count what differs.

    Example:
        >>> is_one_word(constant("a", 3)), is_one_word(blank(0))
        (True, False)
    """
    return bool(len(column)) and bool(pc.all(pc.equal(column, column[0])).as_py())


def is_blank(column: pa.ChunkedArray) -> bool:
    """Whether a whole column is empty; looks no further than it must.

    Example:
        >>> is_blank(blank(3)), is_blank(constant("a", 1))
        (True, False)
    """
    return column is blank(len(column)) or not pc.any(pc.not_equal(column, "")).as_py()


def among(column: pa.ChunkedArray, words: Sequence[str]) -> NDArray[np.bool_]:
    """Which texts are one of some words.

    Example:
        >>> among(constant("a", 1), ["a", "b"]).tolist()
        [True]
    """
    return np.asarray(pc.is_in(column, value_set=pa.array(words, type=TEXT)))


def all_different(column: pa.ChunkedArray) -> bool:
    """Whether no two texts are equal.

    Example:
        >>> all_different(constant("a", 2)), all_different(constant("a", 1))
        (False, True)
    """
    return int(pc.count_distinct(column).as_py()) == len(column)


def parse_floats(column: pa.ChunkedArray) -> NDArray[np.float64]:
    """Numbers of a column of text, NaN where there is none; written infinities and NaN stay what they are.

    Example:
        >>> parse_floats(pa.chunked_array([pa.array(["1.5", "", "x", "inf"], type=TEXT)])).tolist()
        [1.5, nan, nan, inf]
    """
    if is_blank(column):
        return np.full(len(column), np.nan)
    known = pc.if_else(pc.equal(column, ""), pa.scalar(None, type=TEXT), column)
    try:
        numbers = pc.cast(known, pa.float64())
    except pa.ArrowInvalid:
        plain = pc.match_substring_regex(column, f"{NUMBER}|{INFINITE}")
        numbers = pc.cast(pc.if_else(plain, column, pa.scalar(None, type=TEXT)), pa.float64())
    return np.asarray(pc.fill_null(numbers, np.nan))


def put(column: pa.ChunkedArray, rows: Ints, new: pa.Array | pa.ChunkedArray) -> pa.ChunkedArray:
    """A column with new texts at some rows.

    Example:
        >>> put(blank(2), np.array([1]), pa.array(["a"], type=TEXT)).to_pylist()
        ['', 'a']
    """
    mask = np.zeros(len(column), dtype=bool)
    mask[rows] = True
    return pa.chunked_array([pc.replace_with_mask(_whole(column), pa.array(mask), _whole(new))])


def _whole(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """A column in one piece."""
    if isinstance(column, pa.Array):
        return column
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], type=TEXT)
