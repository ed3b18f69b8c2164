"""Faults of writing."""

from __future__ import annotations

from typing import Final

from bordermap.explanations.fault import table

FAULTS: Final = table(
    ("BM400", "something could not be written",
     "an output that no other code fits",
     "Read its message."),
    ("BM401", "the output is a folder",
     "bordermap render -o maps/",
     "Name a file, for example map.html."),
    ("BM402", "the file exists already",
     "bordermap render -o map.html, twice",
     "Choose another name with -o, or replace it with --overwrite."),
    ("BM403", "the file cannot be written",
     "-o /no/such/folder/map.html",
     "Choose a folder that exists, where you may write and where there is room."),
    ("BM404", "a file that bordermap cannot write",
     "bordermap convert cases.csv map.shp",
     "Name a .csv, .tsv, .xlsx, .gpkg, .geojson, .geojsonl, .parquet, .fgb or .kml file, or a folder."),
    ("BM405", "more rows or columns than the format has room for",
     "two million incidents as .xlsx",
     "Write .csv, .parquet or .gpkg, which have no such limit."),
    ("BM406", "the format cannot hold the table",
     "two thousand columns of one dataset as .gpkg",
     "Write .csv or .parquet, or take columns out first."),
    ("BM407", "the format is not text, and standard output takes text only",
     "bordermap convert cases.csv - --to xlsx",
     "Name a file, or choose --to csv, tsv, geojson, geojsonl or kml."),
    ("BM408", "the casebook's tables inside the file are damaged",
     "a .geojson whose member bordermap was edited by hand",
     "Take the member bordermap out of the file; its features are then read as a flat table."),
    ("BM409", "more incidents than a page can hold",
     "bordermap render of two exports with a million rows each",
     "Draw a part of them: split the file by period or country, or name a --layer. Or draw their counts: "
     "give --aggregate, or a folder of parts; of one table that is too large counts are drawn unasked."),
    ("BM410", "standard output is a terminal",
     "bordermap convert acled.csv -",
     "Send it on, with > FILE or | PROGRAM, or name a file."),
    ("BM411", "a bundled file of the page is missing",
     "an installation without its build step",
     "Install bordermap with pip, which builds it."),
    ("BM412", "an element of the page wants something that is not bundled",
     "a folium plugin added to a page of bordermap",
     "Leave it out, or add the layer to a folium.Map of your own with add_to()."),
    ("BM413", "the page would reach outside itself",
     "an element with an address of its own",
     "Leave out the element that asks for it."),
    ("BM414", "a block of data that a page shall carry holds something else than base64",
     "a layer of one's own whose blocks are plain text",
     "Give blocks as bordermap packs them."),
)  # fmt: skip
