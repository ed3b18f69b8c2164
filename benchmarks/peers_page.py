"""The peers of `page.py`: from a frame of points in memory to the bytes of a page, as their users would write it.

Each has what a reader of bordermap's page has of an incident: colour by type where that is offered, and type, place,
day, actor, source and note on a click. They draw points only: rows that were reported no more precisely than a province or a
country are not among them.
"""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from pathlib import Path
from typing import Any, Final

import folium
import folium.plugins
import geopandas as gpd
import pandas as pd

_SAID: Final = ["incident_type", "location", "date_start", "actor1", "source", "notes"]
_COLOURS: Final = (
    "#e41a1c", "#377eb8", "#4daf4a", "#984ea3", "#ff7f00", "#a65628", "#f781bf", "#999999", "#66c2a5",
    "#fc8d62", "#8da0cb", "#e78ac3",
)  # fmt: skip
_MIDDLE: Final = (36.0, 67.0)


class Peer:
    """What all peers share: the rows with a point, read with pandas."""

    #: What to install besides.
    needs: tuple[str, ...] = ()

    def load(self, rows: Path) -> None:
        """Read the rows."""
        table = pd.read_csv(rows, keep_default_na=False, dtype=str, engine="pyarrow")
        table = table[table["longitude"] != ""].reset_index(drop=True)
        points = gpd.points_from_xy(table["longitude"].astype(float), table["latitude"].astype(float))
        self.frame = gpd.GeoDataFrame(table[_SAID], geometry=points, crs=4326)

    def enrich(self) -> None:
        """Peers measure nothing."""

    def build(self) -> bytes:
        """The page."""
        raise NotImplementedError

    @property
    def held(self) -> int:
        """How many incidents were given."""
        return len(self.frame)


def _rendered(made: folium.Map) -> bytes:
    return str(made.get_root().render()).encode()


class Markers(Peer):
    """One marker with a popup after another."""

    def build(self) -> bytes:
        """The page."""
        made = folium.Map(_MIDDLE, zoom_start=6)
        points = self.frame.geometry
        for lon, lat, *said in zip(points.x, points.y, *(self.frame[name] for name in _SAID), strict=True):
            popup = folium.Popup("<br>".join(said), parse_html=True)
            folium.Marker([lat, lon], popup=popup).add_to(made)
        return _rendered(made)


class GeoJson(Peer):
    """One layer of GeoJSON on a canvas, coloured by type."""

    def build(self) -> bytes:
        """The page."""
        types = sorted(self.frame["incident_type"].unique())
        colours = {name: _COLOURS[at % len(_COLOURS)] for at, name in enumerate(types)}
        made = folium.Map(_MIDDLE, zoom_start=6, prefer_canvas=True)
        folium.GeoJson(
            self.frame,
            marker=folium.CircleMarker(radius=4, weight=1, fill=True),
            style_function=lambda one: {"color": colours[one["properties"]["incident_type"]]},
            popup=folium.GeoJsonPopup(_SAID),
        ).add_to(made)
        return _rendered(made)


class Explore(Peer):
    """geopandas' own map, coloured by type."""

    needs = ("mapclassify", "matplotlib")

    def build(self) -> bytes:
        """The page."""
        return _rendered(self.frame.explore("incident_type", tooltip=False, popup=_SAID))


class FastCluster(Peer):
    """Clustered markers from bare coordinates: no notes, no popups."""

    def build(self) -> bytes:
        """The page."""
        made = folium.Map(_MIDDLE, zoom_start=6)
        points = self.frame.geometry
        rows = list(zip(points.y.tolist(), points.x.tolist(), strict=True))
        cluster: Any = folium.plugins.FastMarkerCluster
        cluster(rows).add_to(made)
        return _rendered(made)


class Pydeck(Peer):
    """deck.gl by JSON."""

    needs = ("pydeck",)

    def build(self) -> bytes:
        """The page."""
        deck: Any = importlib.import_module("pydeck")
        table = pd.DataFrame(self.frame[_SAID])
        points = self.frame.geometry
        layer = deck.Layer(
            "ScatterplotLayer",
            table.assign(lon=points.x, lat=points.y),
            get_position=["lon", "lat"],
            get_fill_color=[120, 60, 60],
            get_radius=600,
            pickable=True,
        )
        view = deck.ViewState(latitude=_MIDDLE[0], longitude=_MIDDLE[1], zoom=5)
        tooltip = {"text": "\n".join(f"{{{name}}}" for name in _SAID)}
        made = deck.Deck([layer], initial_view_state=view, map_provider=None, tooltip=tooltip)
        return str(made.to_html(as_string=True)).encode()


class Lonboard(Peer):
    """deck.gl by Arrow tables, as a widget's page."""

    needs = ("lonboard",)

    def build(self) -> bytes:
        """The page."""
        board: Any = importlib.import_module("lonboard")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            layer = board.ScatterplotLayer.from_geopandas(self.frame)
            text = board.Map([layer]).to_html()
        return str(text).encode()


def missing(peer: type[Peer]) -> str:
    """What to install for a peer, empty if all is there."""
    absent = [name for name in peer.needs if not importlib.util.find_spec(name)]
    return f"needs {' and '.join(absent)}: benchmarks/requirements.txt" if absent else ""
