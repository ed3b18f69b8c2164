"""Faults of single rows and values of a flat table."""

from __future__ import annotations

from typing import Final

from bordermap.explanations.fault import table, warnings

FAULTS: Final = {
    **table(
        ("BM303", "the coordinates are metres of a projection, not degrees",
         "longitude 361234.5, latitude 4121876.2",
         "Name the coordinate system with --src-crs, for example --src-crs EPSG:32642."),
        ("BM306", "no row could be used",
         "a file with a header line only, or one whose rows are all rejected",
         "See what was rejected with `bordermap check FILE`, and mend it."),
        ("BM308", "the layer holds no incidents",
         "a sheet of prose beside the sheet of data",
         "Choose what to read with --layer, or name its columns with --column."),
        ("BM309", "there is no layer, sheet, folder or list of that name",
         "--layer Data, where the workbook has Sheet1",
         "Give --layer one of the names that are listed, or leave it out to read all."),
        ("BM311", "the dataset may be shown only in aggregate",
         "--rights aggregate_only",
         "Draw its counts with --aggregate, or use `bordermap convert` for your own work; a page of its "
         "single rows is not made."),
    ),
    **warnings(
        ("BM301", "the date lies outside the period that the dataset covers, or in the future",
         "an ACLED row of 1952", "Check the date; it is used as written."),
        ("BM302", "the point does not lie in the country that the row names",
         "country Uzbekistan, latitude 35.3, longitude 69.5",
         "Check coordinates and country; the point is drawn as written."),
        ("BM304", "many rows with different place names lie on one point",
         "40 villages of a district on the coordinates of its centre",
         "Check whether the point is a centroid; state the precision (--column geo_precision=…)."),
        ("BM305", "a number of people that did not parse",
         "fatalities 'about 10'", "Write a whole number; it is left unknown, and never counted."),
        ("BM307", "an address that is neither http nor https",
         "javascript:alert(1), or www.example.org",
         "Write the full address; it is not shown."),
        ("BM312", "an areal place with coordinates",
         "geo_precision admin1, with longitude and latitude",
         "Leave them empty, or state a finer precision; they are kept as a representative point, not drawn."),
        ("BM310", "a column that looks like the name, phone number, address or mail of a person",
         "a column named phone, or full_name", "Take it out unless it is needed; it is never drawn."),
    ),
}  # fmt: skip
