"""The sources of flat rows: their names as sets to choose from, their titles and addresses as texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from bordermap.incidents.arrow import Ints, factorize, take_text, text_column
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.positions import positions
from bordermap.maps.packing.columns import Numbered, TextColumn, set_column
from bordermap.maps.packing.distinct import combined
from bordermap.text import safe_url

#: Between the titles, addresses and dates of several sources of one row.
BETWEEN: Final = "\x1f"
#: More names than these nobody chooses from: then each row has a headline of its own, say.
MOST_NAMES: Final = 5_000
#: Unless so many rows share each of them.
ROWS_EACH: Final = 10


def source_columns(casebook: Casebook) -> tuple[list[Numbered], list[TextColumn]]:
    """The sources of each row.

    Args:
        casebook: A flat one.

    Returns:
        The set ``source``, left out where there are more than :data:`MOST_NAMES`, and more than one for
        :data:`ROWS_EACH` rows; and the texts
        ``source_title``, ``source_url`` and ``source_date``, of several sources in one order; all of them are
        empty where the names of the set are all there is to say.
    """
    sources, carried = casebook.sources, casebook.claim_sources
    codes, ids = factorize(text_column(carried["source_id"]))
    position = pd.Index(sources["source_id"].tolist()).get_indexer(pd.Index(ids))
    owner = positions(carried["claim_id"], casebook.claims["claim_id"])
    kept = owner >= 0
    numbers, lists = combined(owner[kept], position[codes][kept], len(casebook.incidents))
    titles = sources["title"].tolist()
    names = [[titles[number] for number in one] for one in lists]
    most = max(MOST_NAMES, len(casebook.incidents) // ROWS_EACH)
    few = len({name for one in names for name in one}) <= most
    urls, dates = [safe_url(url) for url in sources["url"].tolist()], sources["date"].tolist()
    said = [one if not few or any(urls[at] or dates[at] for at in one) else () for one in lists]
    return (
        [set_column("source", "row", numbers, names)] if few else [],
        [
            _text("source_title", numbers, said, titles),
            _text("source_url", numbers, lists, urls),
            _text("source_date", numbers, lists, dates),
        ],
    )


def _text(name: str, numbers: Ints, lists: Sequence[tuple[int, ...]], values: Sequence[str]) -> TextColumn:
    joined = [BETWEEN.join(values[number] for number in one) for one in lists]
    # Nothing but what parts them is nothing.
    told = [text if text.strip(BETWEEN) else "" for text in joined]
    return TextColumn(name, take_text(told, numbers))
