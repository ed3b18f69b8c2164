"""The page of counts: what ``bordermap render`` writes of a folder of parts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import geopandas as gpd

from bordermap.analysis.parts.folder import is_part
from bordermap.geometry.areas import read_areas
from bordermap.geometry.borders import read_borders, with_land_border
from bordermap.incidents.faults import fault
from bordermap.incidents.tables import TABLES
from bordermap.maps.aggregates import AggregateLayer
from bordermap.maps.ground import GroundLayer, base_for
from bordermap.maps.layers import AreaLayer, BorderLayer, Layer
from bordermap.maps.page import Map

if TYPE_CHECKING:
    from bordermap.analysis.parts.aggregating import Aggregates

TITLE: Final = "Reported incidents by grid cell and border stretch"
#: Counts are seen as a whole first: the base map must hold all of them on a phone too.
_SPARE: Final = 1.1


def holds_parts(path: Path) -> bool:
    """Whether a path is a folder of tables that is no casebook, whole or damaged.

    Example:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> holds_parts(folder), (folder / "part-1.csv").write_text("…"), holds_parts(folder)
        (False, 1, True)
    """
    if not path.is_dir():
        return False
    names = [each.name for each in path.iterdir()]
    tables = {"casebook.toml", *(f"{table}.csv" for table in TABLES)}
    return not tables & set(names) and any(map(is_part, names))


def aggregate_page(
    aggregates: Aggregates,
    *,
    title: str | None = None,
    focus: str | None = None,
    borders: gpd.GeoDataFrame | None = None,
) -> Map:
    """The page that ``bordermap render`` writes of a folder of parts.

    Args:
        aggregates: As :func:`bordermap.analysis.parts.aggregating.aggregate` gives them.
        title: Of the page.
        focus: The country the map is about, ISO 3166-1 alpha-3; when left out the one that all borders
            counted share, if there is one.
        borders: Lines that bordermap does not ship; see :class:`AggregateLayer`.

    Returns:
        The page. The same counts give the same bytes.

    Raises:
        InputError: There is nothing to draw (BM543), or the counts are faulty; see :class:`AggregateLayer`.

    Example:
        page = aggregate_page(aggregate("gdelt-parts/")); page.save("gdelt.html")
    """
    if not aggregates.rows:
        raise fault("BM543")
    layer = AggregateLayer(aggregates, borders=borders)
    about = shared_country(aggregates) if focus is None else focus
    studied: list[Layer] = [AreaLayer(read_areas(about)), BorderLayer(read_borders(about))] if about else []
    base = base_for(layer.view, about, spare=_SPARE)
    if about and isinstance(base, GroundLayer):
        base = replace(base, first_order=False)  # the provinces are drawn over the cells, and once
    return Map([base, layer, *studied], title=title or TITLE)


def shared_country(aggregates: Aggregates) -> str:
    """The country that all borders counted share; empty where there is none, or more than one.

    Example:
        >>> from types import SimpleNamespace
        >>> import pandas as pd
        >>> frame = pd.DataFrame({"border_pair": ["AFG-TJK", "AFG-UZB"], "n_certain": 1, "n_possible": 0})
        >>> shared_country(SimpleNamespace(stretches=frame))
        'AFG'
    """
    frame = aggregates.stretches
    counted = frame[frame["n_certain"] + frame["n_possible"] > 0]
    pairs = {str(pair) for pair in counted["border_pair"] if pair}
    found = Counter(code for pair in sorted(pairs) for code in pair.split("-"))
    shared = sorted(code for code, n in found.items() if n == len(pairs) and code in with_land_border())
    # Of the two countries of a single border, Afghanistan is the one that bordermap ships in full detail.
    return shared[0] if len(shared) == 1 else "AFG" if "AFG" in shared else ""
