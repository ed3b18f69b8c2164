"""Countries as tables write them: codes with three letters, two letters or a number, and names."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyarrow as pa

from bordermap.geometry.countries import find_country
from bordermap.incidents.dialects.country_tables import ALPHA3, BY_ALPHA2, BY_NUMBER, OTHER_NAMES
from bordermap.incidents.dialects.distinct import Bools, Column, distinct, plain_text, texts
from bordermap.text import fold_name


def country_codes(column: Column, *, numeric: bool = True) -> tuple[pa.Array, Bools]:
    """ISO 3166-1 alpha-3 codes of a text column.

    Args:
        column: Text without nulls.
        numeric: Whether a number is the country's number of ISO 3166-1; False where it may be one of another
            list (Gleditsch and Ward, Correlates of War).

    Returns:
        The codes, empty where the text is empty or no country; and which texts are no country. ``NA`` is
        Namibia.

    Example:
        >>> codes, bad = country_codes(pa.array(["NA", "uzb", "4", "DR Congo (Zaire)", "Atlantis", ""]))
        >>> codes.to_pylist(), bad.tolist()
        (['NAM', 'UZB', 'AFG', 'COD', '', ''], [False, False, False, False, True, False])
    """
    found = distinct(column)
    words = [plain_text(text) for text in found.texts.to_pylist()]
    codes = [country_of_word(word, numeric=numeric) for word in words]
    bad = np.array([bool(word) and not code for word, code in zip(words, codes, strict=True)], dtype=bool)
    return found.spread(texts(codes)), bad[found.at]


@lru_cache(maxsize=4096)
def country_of_word(word: str, *, numeric: bool = True) -> str:
    """The code of one country, from its codes or any of its names; empty if there is none.

    Example:
        >>> country_of_word("Kyrgyz Republic"), country_of_word("Таджикистан"), country_of_word("643.0")
        ('KGZ', 'TJK', 'RUS')
    """
    word = word[:200]
    upper = word.upper()
    if upper in ALPHA3:
        return upper
    if upper in BY_ALPHA2:
        return BY_ALPHA2[upper]
    digits = word.removesuffix(".0")
    if digits.isascii() and digits.isdigit():
        return BY_NUMBER.get(int(digits), "") if numeric and len(digits) <= 3 else ""
    return OTHER_NAMES.get(fold_name(word).removeprefix("the "), "") or find_country(word)
