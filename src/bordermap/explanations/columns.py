"""Faults of a table whose columns must be understood: mapping, dates, coordinate systems."""

from __future__ import annotations

from typing import Final

from bordermap.explanations.fault import table, warnings

FAULTS: Final = table(
    ("BM280", "no column says where anything happened",
     "a table with the columns code, date and text",
     "Name the columns: --column latitude=… --column longitude=…, or --column location=…, or "
     "--column country=…."),
    ("BM281", "the dates can be read in two ways",
     "05/04/2022 in a column where no day is over 12",
     "Say the order with --date-order dmy (5 April) or --date-order mdy (May 4)."),
    ("BM282", "several columns could be the one that is needed",
     "a table with the columns lat and latitude, whose values differ",
     "Say which one with --column, for example --column latitude=LAT_DD."),
    ("BM283", "the table does not have the column that --column names",
     "--column latitude=LAT, where the table has LAT_DD",
     "Correct the name; bordermap check FILE lists the columns."),
    ("BM284", "--column names a column that bordermap does not know",
     "--column latitud=LAT_DD",
     "Write ours=theirs, for example --column latitude=LAT_DD."),
    ("BM285", "the coordinates are not degrees, and their coordinate system is not said",
     "easting 512345, northing 4123456",
     "Say the coordinate system with --src-crs, for example --src-crs EPSG:32642 (UTM zone 42 north)."),
    ("BM286", "not a coordinate system",
     "--src-crs UTM42", "Write it as EPSG and a number, for example --src-crs EPSG:32642."),
    ("BM287", "a column holds both coordinates, and which comes first is not clear",
     "coordinates = 37.2, 67.3",
     "Say it with --column latlon=COLUMN (latitude first) or --column lonlat=COLUMN (longitude first)."),
    ("BM292", "the mapping file cannot be read",
     "--mapping columns.toml, where the file is missing or not TOML",
     'Make it a TOML file with lines such as latitude = "LAT_DD" under [columns].'),
    ("BM293", "the mapping file has an entry that nobody reads",
     'delimeter = ";"', "Correct its name, or take it out."),
    ("BM294", "an entry of the mapping file is of the wrong kind",
     "header_row = \"three\"",
     'Write text in quotation marks and header_row as a whole number.'),
    ("BM295", "no dialect has this name",
     "--dialect acleed",
     "Use one of bordermap, acled, ucdp, gtd, gdelt, timemap, generic, or leave --dialect out."),
) | warnings(
    ("BM291", "a clock time that could not be read was left out, and the day alone is used",
     "time = at night", "Write it as 16:20, or leave it empty."),
    ("BM297", "a row that says neither when nor where anything happened",
     "a spreadsheet's last row: Total, and a number of killed",
     "Take the row out if it is no incident, or add its date or its place."),
    ("BM296", "an event names a source or an association that the file does not have",
     "sources = [\"src12\"], where sources.json has no src12",
     "Give events, sources and associations together, as one file or one zip."),
)  # fmt: skip
