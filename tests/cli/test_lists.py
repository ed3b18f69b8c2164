"""Lists that the command line writes out again, so that --help stays quick, are those of the library."""

from __future__ import annotations

from bordermap.cli import convert, options
from bordermap.cli.reading import _DELIMITERS
from bordermap.incidents import writing
from bordermap.incidents.dialects.recognise import DIALECTS
from bordermap.incidents.options import Limits


def test_the_command_line_offers_every_dialect_and_every_format() -> None:
    assert set(options._DIALECTS) == {dialect.key for dialect in DIALECTS}
    assert set(convert._FORMATS) == set(writing.FORMATS)


def test_the_limits_in_the_help_are_those_that_hold() -> None:
    limits = Limits()
    assert (limits.bytes_read, limits.bytes_unpacked) == (4000 * 10**6,) * 2
    assert (limits.ratio, limits.members, limits.columns) == (200, 10_000, 2_000)
    assert all(len(sign) == 1 for sign in _DELIMITERS.values())
