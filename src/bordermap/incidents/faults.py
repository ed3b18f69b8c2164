"""Every fault a casebook can have: its code, what causes it, an example, and the cure.

The table is data, so that a message, a list of codes and an explanation of one code never disagree.
Importing it loads nothing heavy.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bordermap.errors import InputError
from bordermap.text import plain


@dataclass(frozen=True)
class Fault:
    """One kind of fault.

    Attributes:
        code: ``BM`` and three digits.
        cause: What is wrong, as a clause without a full stop.
        example: What such a fault looks like in a file.
        cure: What to do.
    """

    code: str
    cause: str
    example: str
    cure: str


def _table(*rows: tuple[str, str, str, str]) -> dict[str, Fault]:
    return {row[0]: Fault(*row) for row in rows}


FAULTS: Final = _table(
    # The folder and its files.
    ("BM101", "the casebook does not exist",
     "bordermap render my-cases, where there is no my-cases",
     "Check the spelling; a casebook is a folder that holds incidents.csv and its sister tables."),
    ("BM102", "a casebook is a folder, and this is a file",
     "bordermap render incidents.csv", "Give the folder that holds incidents.csv."),
    ("BM103", "a table that every casebook needs is missing",
     "a folder without claims.csv",
     "Add the file; a header line alone is enough where there is nothing to say."),
    ("BM104", "the file cannot be read",
     "a file without reading permission",
     "Make it a plain file that you may read, and close it in other programs."),
    ("BM105", "the text is not UTF-8",
     "a file saved as Windows-1251 or UTF-16",
     "Save it as 'CSV UTF-8' (in LibreOffice: character set Unicode UTF-8)."),
    ("BM106", "the file is larger than a casebook's table may be",
     "a claims.csv of 60 MB", "Split the casebook; a table may have 50 MB."),
    ("BM107", "a field is longer than a field may be",
     "a note of two million characters",
     "Shorten it to 1,000,000 characters; a missing closing quotation mark has the same effect."),
    ("BM108", "the file is a Git LFS pointer, not the data",
     "version https://git-lfs.github.com/spec/v1", "Fetch the data with `git lfs pull`."),
    ("BM109", "the content is not what the name says",
     "an HTML login page saved as sources.csv", "Get the file again, or save it as comma-separated text."),
    ("BM112", "the file holds a NUL byte",
     "a damaged or binary file", "Get the file again, or save it anew from the program that made it."),
    ("BM113", "the file is empty",
     "a claims.csv of 0 bytes", "Write at least the line with the column names."),
    ("BM114", "the row has too many or too few fields",
     "a comma in a note without quotation marks round the note",
     "Put quotation marks round a field that holds a comma, and one field for every column."),
    ("BM115", "the quotation marks do not match",
     'a field that starts with " and never ends',
     'Close the quotation mark; inside a quoted field write "" for each ".'),
    ("BM116", "casebook.toml is not valid TOML",
     "title = Border incidents", 'Put text in quotation marks: key = "text".'),
    ("BM117", "an entry of casebook.toml is missing or of the wrong kind",
     "no title, or title = []", 'Write it as text: title = "Incidents on our border".'),
    ("BM118", "casebook.toml has an entry that nobody reads",
     'titel = "…"', "Correct its name, or take it out."),
    ("BM119", "the folder has a table that nobody reads",
     "particular.csv", "Correct its name, or move it elsewhere."),
    # Columns.
    ("BM120", "a column that the table does not have",
     "evnt_id", "Correct its name, or take it out."),
    ("BM121", "a column that the table needs is missing",
     "claims.csv without stance", "Add the column."),
    ("BM122", "two columns have the same name",
     "event_id,title,event_id", "Rename or take out one of them."),
    # Values.
    ("BM150", "a value that every row needs is missing",
     "a claim without a stance", "Fill it in."),
    ("BM151", "a row without an id",
     "a source whose source_id is empty",
     "Give it an id of its own, for example the publisher and the date; take out rows that are empty."),
    ("BM152", "an id that another row has already",
     "two rows with claim_id c7", "Give each row an id of its own."),
    ("BM153", "a value that the codebook does not know",
     "stance = deny", "Use one of the codebook's values."),
    ("BM154", "not a date",
     "18.04.2022, or 2022-02-30",
     "Write 2022-04-18, or 2022-04-18T16:20 with a local clock time; leave it empty where it is unknown."),
    ("BM155", "the end is before the start",
     "date_start 2022-05-16, date_end 2022-05-13", "Swap or correct the two."),
    ("BM156", "not a number",
     "about 3, or 3,5", "Write digits with a point, such as 3 or 3.5; leave it empty where it is unknown."),
    ("BM157", "low, best and high are not in order",
     "low 3, best 2, high 4", "Make low ≤ best ≤ high."),
    ("BM158", "the coordinates are not on the globe, or only one of the two is there",
     "latitude 372.2", "Write decimal degrees: longitude from -180 to 180, latitude from -90 to 90."),
    ("BM159", "the coordinates are 0, 0",
     "longitude 0, latitude 0", "Leave both empty where the place is unknown."),
    ("BM160", "longitude and latitude look swapped",
     "longitude 37.2, latitude 67.3 for Termez", "Swap the two."),
    ("BM161", "not a web address",
     "javascript:alert(1)",
     "Only http:// and https:// addresses without spaces are kept; leave it empty where there is none."),
    ("BM162", "not a country code",
     "UZ, or Uzbekistan", "Use ISO 3166-1 alpha-3, for example UZB."),
    ("BM163", "not a time zone",
     "UTC+5", "Use an IANA name such as Asia/Tashkent; leave it empty where not stated."),
    # What names what.
    ("BM170", "a claim that names no incident",
     "claims.csv: event_id TERMEZ-9, which incidents.csv does not have",
     "Correct the id, or add the incident to incidents.csv or the entry to context.csv."),
    ("BM171", "an id of a claim that claims.csv does not have",
     "locations.csv: claim_id c99", "Correct the id, or add the claim to claims.csv."),
    ("BM172", "an id of a party that parties.csv does not have",
     "party_id uzmod", "Correct the id, or add the party to parties.csv."),
    ("BM173", "an id of a place that places.csv does not have",
     "place_id termes", "Correct the id, or add the place to places.csv."),
    ("BM174", "an id of a source that sources.csv does not have",
     "source_id rferl-1", "Correct the id, or add the source to sources.csv."),
    ("BM180", "an incident without a date",
     "date_start is empty",
     "Fill in date_start, and date_end where it may have been later; a wide interval is better than none."),
    ("BM181", "an incident without a place",
     "no row of locations.csv belongs to one of its claims",
     "Add a location; where only the country or nothing is known, with geo_precision country or unknown."),
    ("BM182", "an incident without a claim",
     "no row of claims.csv names it", "Add the claim of whoever reported it, or take the incident out."),
    ("BM183", "a claim without a source",
     "no row of claim_sources.csv names it",
     "Add a row to claim_sources.csv that says which source carries it."),
    ("BM184", "a place drawn as a point has no coordinates",
     "geo_precision settlement, place without coordinates",
     "Give coordinates, or say admin2 or admin1 with location_basis parent."),
    ("BM185", "places that lie in each other in a circle",
     "a's parent is b, and b's parent is a", "Correct parent_place_id."),
    ("BM186", "the casebook has no incident and no context",
     "an incidents.csv with a header line only", "Add a row to incidents.csv."),
)  # fmt: skip


class CasebookError(InputError):
    """A casebook that cannot be used, with all its faults; the message is that of the first.

    Attributes:
        faults: All of them, in the order of tables and lines.

    Example:
        >>> one, two = fault("BM151", "the row has no source_id"), fault("BM150", "no stance")
        >>> str(CasebookError([one, two])), CasebookError([one]).code
        ('the row has no source_id (and 1 more fault)', 'BM151')
    """

    def __init__(self, faults: Sequence[InputError]) -> None:
        first, others = faults[0], len(faults) - 1
        more = f" (and {others} more fault{'s' if others > 1 else ''})" if others else ""
        super().__init__(first.message + more, hint=first.hint, code=first.code)
        self.file, self.line, self.column = first.file, first.line, first.column
        self.faults = tuple(faults)


def fault(
    code: str,
    message: str = "",
    *,
    hint: str = "",
    file: str | Path | None = None,
    line: int | None = None,
    column: str | None = None,
) -> InputError:
    """An error of one kind, with the table's cause and cure where none is given.

    Example:
        >>> error = fault("BM151", file="sources.csv", line=4, column="source_id")
        >>> str(error), error.hint.split(",")[0]
        ('sources.csv, line 4, column source_id: a row without an id', 'Give it an id of its own')
    """
    kind = FAULTS[code]
    return InputError(
        message or kind.cause,
        hint=hint or kind.cure,
        code=code,
        file=plain(file) if file is not None else None,
        line=line,
        column=plain(column) if column is not None else None,
    )


def quote(text: str) -> str:
    r"""A value as a message shows it: one line, short, without control characters.

    Example:
        >>> quote("deny\x1b[2J"), len(quote("x" * 500))
        ("'deny[2J'", 62)
    """
    bare = plain(text)
    return f"'{bare[:59]}…'" if len(bare) > 60 else f"'{bare}'"


def did_you_mean(word: str, known: Iterable[str], *, at_most: int = 12) -> str:
    """A hint that names the nearest known word, or the known words where they are few, or nothing.

    Args:
        word: What was written.
        known: What could have been.
        at_most: How many known words may be listed where none is near.

    Example:
        >>> did_you_mean("deny", ["denies", "doubts"])
        "Did you mean 'denies'?"
        >>> did_you_mean("qqq", ["full", "part"])
        "Use one of 'full', 'part'."
    """
    choices = list(known)
    exact = [choice for choice in choices if choice.casefold() == word.strip().casefold()]
    # Only the beginning is compared: a pasted page in the place of an id must not take minutes.
    near = exact or difflib.get_close_matches(word[:80], choices[:5000], n=1, cutoff=0.6)
    if near:
        return f"Did you mean {quote(near[0])}?"
    return f"Use one of {', '.join(map(quote, choices))}." if 0 < len(choices) <= at_most else ""
