"""The sources that flat rows name, each once, and which row each carries."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from bordermap.incidents.arrow import Ints, constant, frame_of, joined_codes, take_text
from bordermap.incidents.readers.layer import TEXT
from bordermap.incidents.tables import TABLES

#: Title, address and date.
Source = tuple[str, str, str]


def source_rows(rows: pa.Table, datasets: Sequence[str], whose: Ints) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The sources of flat rows.

    Several sources in one cell are parted at ``;``, several addresses at spaces. As many addresses as sources
    belong together in their order; otherwise each address is a source of its own.

    Args:
        rows: The flat table.
        datasets: The names of the datasets: the sources of rows that name none.
        whose: Which dataset each row belongs to, by number.

    Returns:
        The tables ``sources``, in the order in which they come up, and ``claim_sources``.
    """
    own = take_text(list(datasets), whose)
    codes, first = joined_codes([rows[name] for name in ("source", "source_url", "source_date")] + [own])
    texts = [rows[name].take(first).to_pylist() for name in ("source", "source_url", "source_date")]
    names = own.take(pa.array(first)).to_pylist()
    lists = [_parted(*each) or [(name, "", "")] for name, *each in zip(names, *texts, strict=True)]
    numbers: dict[Source, int] = {}
    wanted = [[numbers.setdefault(source, len(numbers)) for source in dict.fromkeys(one)] for one in lists]
    return _sources(list(numbers)), _carried(rows["event_id"], codes, wanted)


def _parted(titles: str, urls: str, date: str) -> list[Source]:
    named = [title.strip() for title in titles.split(";") if title.strip()]
    addresses = urls.split()
    if len(named) == len(addresses):
        return [(title, url, date) for title, url in zip(named, addresses, strict=True)]
    return [(title, "", date) for title in named] + [("", url, date) for url in addresses]


def _sources(found: list[Source]) -> pd.DataFrame:
    length = len(found)
    columns = {
        "source_id": [f"source-{at}" for at in range(1, length + 1)],
        "title": [title for title, _, _ in found],
        "url": [url for _, url, _ in found],
        "date": [date for _, _, date in found],
    }
    blank = [""] * length
    return frame_of({n: pa.array(columns.get(n, blank), type=TEXT) for n in TABLES["sources"].names})


def _carried(events: pa.ChunkedArray, codes: Ints, wanted: list[list[int]]) -> pd.DataFrame:
    """One row for each source of each claim, in the order of the claims."""
    counts = np.array([len(each) for each in wanted], dtype=np.int32)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    all_numbers = np.array([number for each in wanted for number in each], dtype=np.int32)
    repeats = counts[codes] if len(codes) else np.empty(0, dtype=np.int32)
    row = np.repeat(np.arange(len(codes), dtype=np.int32), repeats)
    # The place of each source among those of its row, then among all that are wanted.
    places = np.arange(len(row), dtype=np.int32)
    places -= np.repeat((np.cumsum(repeats) - repeats).astype(np.int32), repeats)
    if len(codes):
        places += np.repeat(starts[codes], repeats)
    numbers = all_numbers[places]
    ids = [f"source-{at}" for at in range(1, int(all_numbers.max()) + 2)] if len(all_numbers) else [""]
    return frame_of(
        {
            "claim_id": events.take(pa.array(row)) if len(row) != len(events) else events,
            "source_id": take_text(ids, numbers.astype(np.int64)),
            "relation": constant("", len(row)),
            "differs": constant("", len(row)),
        }
    )
