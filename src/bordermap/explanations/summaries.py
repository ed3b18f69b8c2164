"""Faults of summaries, of the strip along the border and of its figure."""

from __future__ import annotations

from typing import Final

from bordermap.explanations.fault import table

FAULTS: Final = table(
    ("BM500", "nothing can be counted by this key, or a key stands twice",
     "bordermap summary --by colour",
     "Use the keys that `bordermap summary --help` lists, each once."),
    ("BM501", "a length that is none",
     "bordermap summary --every-km -5",
     "Give kilometres, for example --every-km 20."),
    ("BM502", "a key needs something that was not given",
     "summarize(incidents, by=[\"every_km\"]) without every_km",
     "Give what the message names: a length, border lines, or a country."),
    ("BM503", "counting by place needs enriched incidents",
     "summarize(read_casebook(), by=[\"border_pair\"])",
     "Give what enrich(incidents, borders) gives."),
    ("BM504", "the incidents have no column that tells of a key",
     "by=[\"month\"] of a table without date_start",
     "Give incidents that have the column, or count by something else."),
    ("BM505", "a border that is not the country's whose neighbours are counted",
     "by=[\"neighbour\"], country=\"AFG\", of an incident at the border IRN-PAK",
     "Count by border_pair instead, or enrich with the borders of that country."),
    ("BM506", "uncertain dates and places would be counted in too many groups",
     "a million incidents dated to the year, by week and kilometre",
     "Count by longer periods or longer parts of the border."),
    ("BM507", "partial summaries that were counted by different keys",
     "combine_partials of one by month and one by year",
     "Count all parts by one plan."),
    ("BM508", "what is to be counted holds no incidents",
     "summarize(\"incidents.csv\")",
     "Give what read_casebook, read_incidents or enrich gave, or a GeoDataFrame of incidents."),
    ("BM509", "a strip has no such period",
     "border_strip(incidents, period=\"day\")",
     "Use week, month or year."),
    ("BM510", "drawing a figure needs matplotlib, which is not installed",
     "bordermap summary --strip strip.svg",
     "Install it with pip install \"bordermap[figures]\", or write the strip as .csv or .json."),
    ("BM511", "a strip is not written in such a format",
     "bordermap summary --strip strip.docx",
     "Give --strip a name that ends in .svg, .png, .pdf, .csv or .json."),
    ("BM512", "a rate or a change needs a key that was not given",
     "bordermap summary --by status --rate",
     "Count by one key of borders for a rate, and by one of week, month and year for a change."),
    ("BM513", "a strip of so many cells is too fine to be read",
     "bordermap summary --strip strip.svg --every-km 0.1 --by week",
     "Give longer parts with --every-km, or count by month or year."),
)  # fmt: skip
