"""Faults of GeoPackage, Shapefile, FlatGeobuf and GeoParquet, and of coordinate systems."""

from __future__ import annotations

from typing import Final

from bordermap.explanations.fault import table, warnings

FAULTS: Final = table(
    ("BM260", "a database that is not a GeoPackage",
     "a SpatiaLite file, or the database of another program, named incidents.gpkg",
     "Export the table as GeoPackage, in QGIS with Export > Save Features As, or as CSV."),
    ("BM261", "the file is damaged or cut short",
     "a download that broke off, or a .shp shorter than its own header says",
     "Get the file again, or save it anew from the program that made it."),
    ("BM262", "a layer that is a view, a virtual table or computed: reading it would run what it holds",
     "CREATE VIEW incidents AS SELECT …, listed as a layer",
     "Save the layer as a table of its own, in QGIS with Export > Save Features As; or name the other"
     " layers with --layer."),
    ("BM263", "the last changes are not in the file yet, but in a file beside it",
     "incidents.gpkg-wal beside incidents.gpkg, while the file is open in QGIS",
     "Close the file in the program that has it open, so that it writes its changes into the file."),
    ("BM264", "the file has no layer that could be read",
     "a GeoPackage that holds tiles only", "Give a file with features or a table."),
    ("BM265", "not as many rows came out of the file as it holds",
     "a layer of 800 rows of which the reader gave 790",
     "Save the layer anew from the program that made it, or export it as CSV."),
    ("BM266", "the parts of the shapefile do not belong together",
     "a .dbf of 40 rows beside a .shp of 42 shapes",
     "Give the .shp, .shx and .dbf of one and the same export."),
    ("BM267", "text that is not in the encoding of the file",
     "a shapefile whose .cpg says UTF-8 and whose text is Windows-1251",
     "Say which encoding the text has, for example --encoding cp1251."),
    ("BM270", "the table is larger than may be read once it is unpacked",
     "a Parquet file of 1 MB that unpacks to 40 GB",
     "If you trust the file, raise the limits with --max-size and --max-ratio; or split it."),
    ("BM271", "the table has more columns than may be read",
     "a Parquet file with 50,000 columns", "Write out only the columns that are needed."),
    ("BM272", "the file is encrypted, or needs what this reader does not have",
     "a Parquet file with an encrypted footer",
     "Save it without encryption, or export it as CSV."),
    ("BM273", "a geometry that cannot be read",
     "well-known binary that breaks off in the middle of a polygon",
     "Repair the geometry in the program that made it, or give latitude and longitude instead."),
    ("BM274", "a coordinate system that nobody knows",
     "--src-crs EPSG:999999, or a .prj with a system that has no definition",
     "Give it as an EPSG code, for example --src-crs EPSG:32642 for UTM zone 42 north."),
    ("BM275", "the coordinates are not degrees, and the file does not say in which system they are",
     "a shapefile without .prj whose points are at 512300, 4121500",
     "Say which system it is, for example --src-crs EPSG:32642 for UTM zone 42 north."),
    ("BM276", "the coordinates do not lie where their coordinate system is used",
     "a point at 68.1, 37.2 in a layer that says it is in metres of UTM zone 42",
     "Say which system the coordinates really have, for example --src-crs EPSG:4326."),
) | warnings(
    ("BM268", "text that ends in the middle of a character, because its field was too short",
     "a note cut after 254 bytes by the shapefile format",
     "Export as GeoPackage, which has no such limit; the broken last character is left out."),
    ("BM277", "an empty geometry: it is read as a row without a place",
     "POINT EMPTY", "Give the row coordinates, or leave it without geometry."),
    ("BM278", "the outline of an area crosses itself: it was repaired",
     "a polygon in the shape of a bow tie",
     "Repair it in the program that made it, in QGIS with Fix Geometries, and look whether it is as meant."),
)  # fmt: skip
