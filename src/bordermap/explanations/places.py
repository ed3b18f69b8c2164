"""Faults of locating rows by name."""

from __future__ import annotations

from typing import Final

from bordermap.explanations.fault import table, warnings

FAULTS: Final = warnings(
    ("BM350", "several places bear this name, and none was chosen",
     "location Imam Sahib, country AFG, no province",
     "Name the province in the row, or list the candidates with `bordermap locate FILE -o choices.csv`, mark "
     "one, and give the file back with --choices."),
    ("BM351", "no place of this name was found",
     "location Qwrtzp, country AFG",
     "Try another spelling with `bordermap places NAME`, then write the place's key into the file of "
     "`bordermap locate FILE -o choices.csv`."),
    ("BM352", "only places of a similar name were found, and none was taken",
     "location Hyratan, where Hairatan is known",
     "Look at the candidates with `bordermap locate FILE -o choices.csv`, mark the right one, and give the "
     "file back with --choices."),
    ("BM353", "the name is known, but not in the province that the row names",
     "location Termez, admin1 Bukhara",
     "Correct the province, or mark the place in the file of `bordermap locate FILE -o choices.csv`."),
    ("BM354", "a town and the district or province round it bear this name; the larger is drawn",
     "location Kunduz, country AFG",
     "Write 'Kunduz city' or 'Kunduz province', or mark one of the two in the file of "
     "`bordermap locate FILE -o choices.csv`."),
    ("BM355", "the first-order area that the row names is not known",
     "admin1 Northern Front",
     "Correct its spelling (`bordermap places NAME --kind admin1`), or leave it empty."),
    ("BM356", "the place is known, but not its coordinates; the area it lies in is drawn",
     "location Davang, country AFG",
     "Give longitude and latitude where a source prints them; otherwise nothing needs to be done."),
) | table(
    ("BM360", "the choices file lacks a column",
     "a choices.csv without chosen",
     "Write it anew with `bordermap locate FILE -o choices.csv`, and change only place_key and chosen."),
    ("BM361", "the choices file marks two places for one name",
     "an x at both places named Ishkashim",
     "Leave one mark for each name, country and province."),
    ("BM362", "the choices file names a place that does not exist",
     "place_key termes",
     "Find the key with `bordermap places NAME`."),
    ("BM363", "a mark of the choices file that is neither yes nor no",
     "chosen perhaps",
     "Write x where the place is meant, and leave the cell empty elsewhere."),
    ("BM364", "the choices file does not exist",
     "--choices choises.csv",
     "Check its name, or write it with `bordermap locate FILE -o choices.csv`."),
)  # fmt: skip
