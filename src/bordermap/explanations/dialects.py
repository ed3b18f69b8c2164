"""Faults of the files of known datasets."""

from __future__ import annotations

from typing import Final

from bordermap.explanations.fault import table, warnings

FAULTS: Final = {
    **warnings(
        ("BM320", "a code of the place's precision that the dataset does not have",
         "ACLED geo_precision 9",
         "Correct the code; until then the place counts as known to its province or country only."),
        ("BM321", "a code of the date's precision that the dataset does not have",
         "ACLED time_precision 4",
         "Correct the code; until then the date counts as known to its month or year only."),
        ("BM322", "a type that the dataset's list does not have",
         "ACLED event_type 'Skirmishes'",
         "Correct the type; until then the incident counts as 'other', with the file's own type beside it."),
        ("BM323", "a country that ISO 3166-1 does not have",
         "GTD country_txt 'Soviet Union', or GDELT ActionGeo_CountryCode 'QQ'",
         "Write a present country's name or code where one is meant; the file's own word stays beside."),
    ),
    **table(
        ("BM330", "a column that the dataset needs is missing",
         "--dialect acled, for a table without event_date",
         "Export the column too, or read the table with --dialect generic and --column."),
        ("BM331", "the table has not as many columns as GDELT's event files",
         "--dialect gdelt, for a file of 16 columns without a header",
         "Give an event file ('export'; 57, 58 or 61 columns), not one of mentions or of the graph."),
    ),
}  # fmt: skip
