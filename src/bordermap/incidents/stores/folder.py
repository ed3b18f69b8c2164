"""A casebook as a folder: one CSV table a file in its canonical form, and ``casebook.toml``."""

from __future__ import annotations

import pandas as pd

from bordermap.incidents.columns import Table
from bordermap.incidents.extras import EXTRAS_FILE
from bordermap.incidents.readers.about import FILE
from bordermap.incidents.stores.abouts import about_toml
from bordermap.incidents.stores.content import Content, Stored
from bordermap.incidents.stores.delimited import table_text
from bordermap.incidents.stores.names import told_apart
from bordermap.incidents.stores.values import NUL, cleaned, cleaning_notes
from bordermap.incidents.tables import TABLES


def encode_folder(content: Content) -> Stored:
    """The casebook's tables as files by name.

    Args:
        content: The casebook.
    """
    frames = {TABLES[name].file: used_columns(frame, TABLES[name]) for name, frame in content.tables.items()}
    extras = content.casebook.extras
    if extras.shape[1] > 1:
        frames[EXTRAS_FILE] = extras.set_axis(told_apart(map(str, extras.columns)), axis=1)
    files, changed = {}, 0
    for name, frame in frames.items():
        fit, number = cleaned(frame, NUL)
        files[name], changed = table_text(fit).encode(), changed + number
    files[FILE] = about_toml(content.casebook.about).encode()
    return Stored(dict(sorted(files.items())), cleaning_notes(changed, "CSV"))


def used_columns(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """A table without the columns in which nothing stands, but for those that every such table has.

    Args:
        frame: The table's rows.
        table: Its schema.
    """
    names = [column.name for column in table.columns if column.required or frame[column.name].any()]
    return frame[names]
