"""Faults of looking for duplicates and of decision files."""

from __future__ import annotations

from typing import Final

from bordermap.explanations.fault import table

FAULTS: Final = table(
    ("BM370", "the decision file lacks a column",
     "a pairs.csv without decision",
     "Write it anew with `bordermap duplicates FILE… -o pairs.csv`, and change only decision."),
    ("BM371", "a decision that is neither merge nor keep",
     "decision maybe",
     "Write merge or keep, or leave the cell empty."),
    ("BM372", "a decision names an incident that none of the files holds",
     "event_id_a AFG1234, which was taken out since",
     "Give the same files as when the pairs were found, or find them anew with `bordermap duplicates`."),
    ("BM373", "two decisions contradict each other",
     "merge a and b, merge b and c, keep a and c",
     "Change one of the decisions."),
    ("BM374", "the decision file does not exist",
     "--merge paris.csv",
     "Check its name, or write it with `bordermap duplicates FILE… -o pairs.csv`."),
    ("BM375", "--merge without a place to write to",
     "bordermap duplicates a.csv --merge pairs.csv",
     "Say with -o where the merged incidents go, for example -o merged.gpkg."),
)  # fmt: skip
