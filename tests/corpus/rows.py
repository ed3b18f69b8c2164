"""The five made-up rows that every built file of the corpus is made from: real places, nothing that happened."""

from __future__ import annotations

from collections.abc import Iterable

HEADER = ("id", "date", "event_type", "place", "country", "latitude", "longitude", "source", "notes")
ROWS = (
    ("N-001", "2022-04-18", "Shelling", "Termez", "Uzbekistan", "37.22417", "67.27833", "Example Newsroom", "Rounds were reported to have landed in an empty field."),
    ("N-002", "2022-05-07", "Shooting", "Hairatan", "Afghanistan", "37.2214", "67.4241", "Example Agency", "Shots were reported near the rail yard."),
    ("N-003", "2022-07-16", "Shelling", "Sher Khan Bandar", "Afghanistan", "37.15", "68.62", "Example Newsroom", "A loud noise was reported at night."),
    ("N-004", "2023-08-25", "Clash", "Khwaja Ghar", "Afghanistan", "37.06588", "69.42126", "Example Monitor", "Two patrols were said to have fired at each other."),
    ("N-005", "2025-10-25", "Shooting", "Khorog", "Tajikistan", "37.48974", "71.55304", "Example Agency", "Nobody was reported hurt."),
)  # fmt: skip

Row = tuple[str, ...]


def csv_text(rows: Iterable[Row] = ROWS, header: Row = HEADER) -> str:
    """Rows that need no quotation marks as comma-separated text."""
    return "".join(",".join(row) + "\n" for row in (header, *rows))


def changed(position: int, **values: str) -> tuple[Row, ...]:
    """The rows with some values of one of them changed."""
    row = dict(zip(HEADER, ROWS[position], strict=True)) | values
    return (*ROWS[:position], tuple(row[name] for name in HEADER), *ROWS[position + 1 :])
