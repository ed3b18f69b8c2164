"""Which dialect a layer is of: tried in a fixed order, or forced by the analyst."""

from __future__ import annotations

from typing import Final

from bordermap.incidents.dialects import acled, gdelt, generic, gtd, own, timemap, ucdp
from bordermap.incidents.dialects.dialect import Dialect
from bordermap.incidents.faults import did_you_mean, fault, quote
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.layer import Layer

#: In the order in which they are tried: the most particular first, any table at all last.
DIALECTS: Final[tuple[Dialect, ...]] = (
    own.DIALECT,
    acled.DIALECT,
    ucdp.DIALECT,
    gtd.DIALECT,
    gdelt.DIALECT,
    timemap.DIALECT,
    generic.DIALECT,
)
#: Dialects whose ids mean the same in every file: the same id twice is the same record twice.
SHARED_IDS: Final = ("acled", "ucdp", "gtd", "gdelt")


def dialect_of(key: str) -> Dialect:
    """The dialect of a key.

    Raises:
        InputError: There is none (BM295).

    Example:
        >>> dialect_of("acled").name
        'ACLED'
    """
    known = {dialect.key: dialect for dialect in DIALECTS}
    if key in known:
        return known[key]
    raise fault("BM295", f"no dialect is called {quote(key)}", hint=did_you_mean(key, known))


def recognise(layer: Layer, options: ReadOptions) -> tuple[Dialect, str]:
    """The dialect of a layer, and why.

    Args:
        layer: As it was read.
        options: ``dialect`` forces one.

    Returns:
        The dialect and one clause for the report.

    Raises:
        InputError: No dialect has the name that was given (BM295).

    Example:
        >>> from bordermap.incidents.readers.layer import text_table
        >>> layer = Layer("a.csv", "csv", text_table({"lat": ["37"], "lon": ["67"]}))
        >>> recognise(layer, ReadOptions())[0].key, recognise(layer, ReadOptions(dialect="acled"))[1]
        ('generic', 'as told by --dialect')
    """
    if options.dialect:
        return dialect_of(options.dialect), "as told by --dialect"
    for dialect in DIALECTS:
        if reason := dialect.recognises(layer):
            return dialect, reason
    return DIALECTS[-1], "no known dataset"
