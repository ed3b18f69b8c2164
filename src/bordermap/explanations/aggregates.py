"""Faults of drawing counts by cell and border stretch."""

from __future__ import annotations

from typing import Final

from bordermap.explanations.fault import table

FAULTS: Final = table(
    ("BM540", "the counts do not add up to the rows",
     "1,000 rows, of which 900 lie in cells and 50 are said not to be placeable",
     "Count the parts anew with bordermap; a row must be counted once."),
    ("BM541", "a cell that is no rectangle in degrees",
     "west 68.25, east 68",
     "Give each cell west < east within -180 to 180, and south < north within -90 to 90."),
    ("BM542", "a count that is no whole number, or below zero",
     "n -1",
     "Count rows: 0, 1, 2 and so on."),
    ("BM543", "parts without a single row",
     "bordermap render of a folder whose parts hold a header line only",
     "Give a folder whose parts hold incidents."),
    ("BM544", "a table of counts lacks a column",
     "cells without north",
     "Give cells west, south, east, north, n; stretches border_stretch, border_pair, n_certain, n_possible."),
    ("BM545", "more cells than a page can hold",
     "cells of 0.01 degrees over a continent",
     "Draw larger cells, for example --cell 0.5."),
    ("BM546", "counts are drawn of one folder or table at a time",
     "bordermap render parts/ more.csv",
     "Draw them one at a time, or put all parts into one folder."),
    ("BM547", "an input that cannot be counted part by part",
     "bordermap render list.xlsx --aggregate",
     "Give a .csv, .tsv or .parquet file, or a folder of them: `bordermap convert list.xlsx list.parquet`."),
    ("BM548", "an option of counting where no counts are drawn",
     "bordermap render cases.csv --cell 0.5",
     "Leave it out, or add --aggregate."),
)  # fmt: skip
