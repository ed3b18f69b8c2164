"""Countries as the page names them."""

from __future__ import annotations

from bordermap import codebook
from bordermap.geometry.countries import country_names


def country_label(code: str) -> str:
    """A country's name, or that none is known.

    Example:
        >>> country_label("UZB"), country_label("")
        ('Uzbekistan', 'place unknown')
    """
    return codebook.COUNTRY_NAMES.get(code) or country_names().get(code, code) or "place unknown"
