"""``--border``: which border is meant, for every command that measures to one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import geopandas as gpd

    from bordermap.geometry.index import BorderIndex

border_option = click.option(
    "--border",
    default="AFG",
    show_default=True,
    metavar="AFG|THA-KHM|world|FILE",
    help="The borders of a country, the border of two, all, or a file with lines of your own.",
)


def read_border(text: str) -> BorderIndex:
    """The border that an option names, made ready for asking.

    Args:
        text: A country, a pair of countries, ``world``, or the path of a file with lines.

    Raises:
        BorderError: No such country, or no land border.
        InputError: The file cannot be used.
    """
    if _is_file(text):
        from bordermap.geometry.index import prepare

        return prepare(border_lines(text))
    from bordermap.geometry.borders import prepared

    return prepared(text)


def border_lines(text: str) -> gpd.GeoDataFrame:
    """The same as a frame, for whoever sends it on.

    Args:
        text: As for :func:`read_border`.
    """
    if _is_file(text):
        from bordermap.analysis.own_lines import read_lines

        return read_lines(Path(text))
    from bordermap.geometry.borders import read_borders

    return read_borders(text)


def _is_file(text: str) -> bool:
    """A name with an ending, or with a folder in it, is a file, whether or not it is there."""
    path = Path(text)
    return bool(path.suffix) or path.name != text or path.is_file()
