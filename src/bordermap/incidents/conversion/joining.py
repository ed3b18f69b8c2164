"""Rows of several layers as one dataset: every id once, one party for each dataset, one account of rights."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bordermap.geometry.borders import with_land_border
from bordermap.incidents.arrow import constant, frame_of
from bordermap.incidents.casebook import Casebook
from bordermap.incidents.conversion.assembling import Party, assemble
from bordermap.incidents.dialects.dialect import Dialect
from bordermap.incidents.dialects.own import about_of_layer, dataset_of_layer
from bordermap.incidents.dialects.recognise import SHARED_IDS
from bordermap.incidents.options import ReadOptions
from bordermap.incidents.readers.about import About
from bordermap.incidents.readers.layer import TEXT, CellFault
from bordermap.incidents.rows.layer_rows import LayerRows
from bordermap.incidents.rows.rejects import issues_of, rejects_of

#: From the strictest to the freest; what is unknown is treated as display only.
RIGHTS: Final = ("aggregate_only", "unknown", "display_only", "open")


def with_ids_once(found: Sequence[LayerRows]) -> list[LayerRows]:
    """The same layers with every id once.

    A record that an earlier file of the same dataset holds already is rejected (BM152); ids that only happen
    to be equal get the name of their file or layer in front.

    Args:
        found: In the order in which they were read.

    Returns:
        New layers.
    """
    seen: dict[str, pd.Index] = {}
    done: list[LayerRows] = []
    for each in found:
        mine = each.dialect.key if each.dialect.key in SHARED_IDS else f"file {len(done)}"
        if mine in seen:
            each = _without_known(each, seen[mine])
        ids = pd.Index(each.rows["event_id"].to_pandas())
        if any(ids.isin(other).any() for key, other in seen.items() if key != mine):
            each = _prefixed(each, len(done))
            ids = pd.Index(each.rows["event_id"].to_pandas())
        seen[mine] = seen[mine].append(ids) if mine in seen else ids
        done.append(each)
    return done


def _without_known(each: LayerRows, known: pd.Index) -> LayerRows:
    again = pd.Index(each.rows["event_id"].to_pandas()).isin(known)
    if not again.any():
        return each
    fault = CellFault("BM152", each.positions[again], "event_id", "an earlier file has this id already")
    kept = pa.array(np.flatnonzero(~again))
    report = replace(
        each.report,
        rows_used=len(kept),
        rows_rejected=each.report.rows_read - len(kept),
    )
    return replace(
        each,
        positions=each.positions[~again],
        rows=each.rows.take(kept),
        extras=each.extras.take(kept),
        rejects=pd.concat([each.rejects, rejects_of(each.layer, [fault], strict=False)], ignore_index=True),
        issues=[*each.issues, *issues_of(each.layer, [fault], strict=False)],
        report=report,
    )


def _prefixed(each: LayerRows, number: int) -> LayerRows:
    words = each.layer.name or each.layer.member or Path(each.layer.file).stem
    slug = re.sub(r"[^0-9A-Za-z]+", "-", words).strip("-") or "layer"
    ids = pc.binary_join_element_wise(
        pa.scalar(f"{slug}-{number + 1}", type=TEXT), each.rows["event_id"], pa.scalar(":", type=TEXT)
    )
    at = each.rows.column_names.index("event_id")
    note = f"ids that another layer has too were made different: {slug}-{number + 1}: stands in front"
    report = replace(each.report, notes=(*each.report.notes, note))
    return replace(each, rows=each.rows.set_column(at, "event_id", ids), report=report)


def joined(found: Sequence[LayerRows], title: str, options: ReadOptions) -> Casebook:
    """A casebook of all rows.

    Args:
        found: With every id once.
        title: What the whole is called.
        options: What the analyst says of rights.

    Returns:
        The casebook; its rejects and reading are still empty.
    """
    dialects = {each.dialect.key: each.dialect for each in found}
    order = {key: number for number, key in enumerate(dialects)}
    whose = np.concatenate([np.full(each.rows.num_rows, order[each.dialect.key]) for each in found])
    flat = pa.concat_tables([each.rows for each in found])
    about = _about(title, list(dialects.values()), found, options)
    parties = [_party(dialect, title, found) for dialect in dialects.values()]
    return assemble(flat, _extras(found), about, *parties, whose=whose if len(dialects) > 1 else None)


def _columns(table: pa.Table) -> Mapping[str, pa.ChunkedArray]:
    return dict(zip(table.column_names, table.columns, strict=True))


def _party(dialect: Dialect, title: str, found: Sequence[LayerRows]) -> Party:
    told = {dataset_of_layer(each.layer) for each in found if each.dialect.key == dialect.key}
    # A file of ours says whose rows it holds; files that say different things are a dataset of their own.
    if dialect.key == "bordermap" and len(told) == 1 and (only := told.pop()):
        return f"dataset-{dialect.key}", *only
    name = title if dialect.party_kind == "dataset" else dialect.name
    return f"dataset-{dialect.key}", name, dialect.party_kind


def _extras(found: Sequence[LayerRows]) -> pd.DataFrame:
    """The other columns of all layers, an empty text where a layer does not have one."""
    names = list(dict.fromkeys(name for each in found for name in each.extras.column_names))
    return frame_of(_columns(pa.concat_tables([_extra_columns(each, names) for each in found])))


def _extra_columns(each: LayerRows, names: Sequence[str]) -> pa.Table:
    own, length = each.extras.column_names, each.rows.num_rows
    columns = {name: each.extras[name] if name in own else constant("", length) for name in names}
    return pa.table(
        {"event_id": each.rows["event_id"]} | {k: v for k, v in columns.items() if k != "event_id"}
    )


def _about(
    title: str, dialects: Sequence[Dialect], found: Sequence[LayerRows], options: ReadOptions
) -> About:
    carried = [about for each in found if (about := about_of_layer(each.layer)) is not None]
    if len(carried) == len(found):
        return _told(carried[0], options)
    rights = options.rights or min((dialect.rights for dialect in dialects), key=RIGHTS.index)
    accessed = options.accessed or "on a date not stated"
    words = [dialect.attribution.format(accessed=accessed) for dialect in dialects if dialect.attribution]
    return About(
        title=title,
        licence="; ".join(dict.fromkeys(dialect.licence for dialect in dialects if dialect.licence)),
        attribution=" ".join(dict.fromkeys(words)),
        rights="held" if options.hold_rights else rights,
        accessed=options.accessed,
        focus=_focus(found),
    )


def _told(about: About, options: ReadOptions) -> About:
    """What a file of ours says of itself; the analyst's word goes before."""
    rights = "held" if options.hold_rights else options.rights or about.rights
    return replace(about, rights=rights, accessed=options.accessed or about.accessed)


def _focus(found: Sequence[LayerRows]) -> str:
    """The country most rows are about, of those that have a land border."""
    counts: dict[str, int] = {}
    for each in found:
        for country, count in each.report.countries.items():
            counts[country] = counts.get(country, 0) + count
    bordering = [country for country in counts if country in with_land_border()]
    return min(bordering, key=lambda country: (-counts[country], country), default="")
