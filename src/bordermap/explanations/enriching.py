"""Faults of enriching incidents, and of border lines of one's own."""

from __future__ import annotations

from typing import Final

from bordermap.explanations.fault import table

FAULTS: Final = table(
    ("BM560", "no incident has a geometry, or there is none at all",
     "enrich(frame_without_geometry, borders)",
     "Give points, lines or polygons; rows with names only can be located with read_incidents."),
    ("BM561", "the incidents are in another coordinate system than the borders",
     "a frame in EPSG:32642",
     "Bring them to longitude and latitude with incidents.to_crs(4326)."),
    ("BM562", "the incidents have some of the columns that enriching adds, but not all",
     "a frame with a column border_distance_km of its own",
     "Rename the column, for example to my_border_distance_km."),
    ("BM563", "a file of border lines without a line in it",
     "bordermap enrich incidents.csv out.csv --border notes.csv",
     "Give a file with lines (GeoPackage, GeoJSON, Shapefile, a table with a column wkt), or a country."),
    ("BM564", "a file of border lines with something else in it",
     "--border districts.gpkg with polygons",
     "Give lines; the outline of a polygon can be made a line in any GIS."),
    ("BM565", "a folder of parts is enriched into a folder, one at a time",
     "bordermap enrich parts/ - --engine dask",
     "Give one folder of parts and the name of a folder to write."),
)  # fmt: skip
