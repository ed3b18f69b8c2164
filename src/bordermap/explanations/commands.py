"""Faults of the command line."""

from __future__ import annotations

from typing import Final

from bordermap.explanations.fault import table

FAULTS: Final = table(
    ("BM000", "a fault without a code of its own",
     "an error raised by a program that uses bordermap",
     "Read its message."),
    ("BM100", "something that was read is faulty",
     "an input that no other code fits",
     "Read its message."),
    ("BM110", "the data files of bordermap are missing from this installation",
     "a copied source folder without geodata",
     "Install bordermap again from its wheel or its checkout."),
    ("BM111", "a shipped data file is missing",
     "borders.fgb was deleted",
     "Install bordermap again, or rebuild the data with `make geodata` in a checkout."),
    ("BM200", "the command line does not fit",
     "bordermap render --colour",
     "See the command's --help."),
    ("BM202", "an output that is not a page",
     "bordermap render -o map.png",
     "Give -o a name that ends in .html, or - for standard output."),
    ("BM203", "a column that is not written OURS=THEIRS",
     "--column LAT_DD", "Write our name, =, and the name in the file, for example --column latitude=LAT_DD."),
    ("BM204", "a delimiter that is not one character",
     "--delimiter ;;", "Write one character, or tab."),
    ("BM205", "an access date that is no date", "--accessed yesterday", "Write it as 2026-05-01."),
    ("BM206", "there is no such code",
     "bordermap explain BM999", "Codes are BM and three digits; `bordermap explain` lists them all."),
    ("BM207", "there is not enough memory for the input",
     "a file of 10 GB on a machine with 8", "Split it, or run on a machine with more memory."),
)  # fmt: skip
