"""Builds what is too long to commit: notes of 300 kB, more fields and columns than a table may have."""

from __future__ import annotations

from corpus.rows import HEADER, ROWS, csv_text


def long_texts() -> dict[str, bytes]:
    """Every such file by its name in the corpus."""
    words = "A report was made. " * 16_000
    noted = [(*row[:8], words if number == 1 else row[8]) for number, row in enumerate(ROWS)]
    lines = '"' + "line\n" * 60_000 + '"'
    multiline = [(*row[:8], lines if number == 1 else row[8]) for number, row in enumerate(ROWS)]
    multiline[3] = (*multiline[3][:5], "97", *multiline[3][6:])
    wide = [(*row, *("x",) * 2500) for row in ROWS]
    return {
        "long/notes-300-kb.csv": csv_text(noted).encode(),
        "long/notes-60000-lines.csv": csv_text(multiline).encode(),
        "long/note-2-mb.csv": csv_text([(*row[:8], words * 7 if n == 1 else row[8]) for n, row in enumerate(ROWS)]).encode(),
        "long/many-columns.csv": csv_text(wide, (*HEADER, *(f"c{n}" for n in range(2500)))).encode(),
        "long/one-line.csv": b"x" * 5_000_000,
        "long/commas.csv": b"," * 5_000_000,
        "long/quotes.csv": b'"' * 3_000_001,
        "long/zero-bytes.bin": b"\0" * 1_000_000,
        "long/late-latin-1.csv": _late(),
        "long/late-bad-rows.csv": _late_bad_rows(),
    }  # fmt: skip


def _many(count: int) -> list[tuple[str, ...]]:
    """Rows along the line between Hairatan and Khwaja Ghar, each at a place of its own."""
    return [
        (f"L-{n:06}", f"2022-{1 + n % 12:02}-{1 + n % 28:02}", "Shooting", "", "", f"{36.4 + n / count / 2:.5f}", f"{67.4 + n / count:.5f}", "Example Agency", "A report was made.")
        for n in range(count)
    ]  # fmt: skip


def _late() -> bytes:
    """A megabyte of ASCII, then one word in a western encoding: what a glance at the beginning does not see."""
    rows = _many(12_000)
    rows[-1] = (*rows[-1][:8], "Un bruit fut signalé près du poste")
    return csv_text(rows).encode("latin-1")


def _late_bad_rows() -> bytes:
    """Faults far behind the beginning, in the midst of notes of several lines."""
    rows = _many(12_000)
    rows[10_000] = (*rows[10_000][:8], '"Two\nlines"')
    rows[11_000] = (*rows[11_000][:5], "97", *rows[11_000][6:])
    lines = csv_text(rows).splitlines()
    lines[-1] += ",one,more"
    return ("\n".join(lines) + "\n").encode()
