"""Builds what bordermap itself writes: one casebook in every format, and the folder of it packed and damaged."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bordermap.incidents.writing import FORMATS, write_incidents
from corpus.archives import zipped

from support.casebooks import casebook_of, cells, small


def own_files() -> dict[str, bytes]:
    """Every such file by its name in the corpus."""
    tables = small()
    tables["incidents"].append(cells("event_id=E2 incident_type=shooting title=shots date_start=2022-05-07"))
    tables["claims"].append(tables["claims"][0] | {"claim_id": "C2", "event_id": "E2"})
    tables["claim_sources"].append({"claim_id": "C2", "source_id": "S1", "relation": "original"})
    tables["locations"].append(
        tables["locations"][0] | {"location_id": "L3", "claim_id": "C2", "role": "impact"}
    )
    files: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "casebook")
        casebook = casebook_of(tables)
        for each in FORMATS.values():
            target = folder / each.key / f"case{each.suffixes[0] if each.suffixes else ''}"
            target.parent.mkdir(parents=True)
            write_incidents(casebook, target)
        files = {
            str(path.relative_to(name)): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
    parts = {key.rsplit("/", 1)[1]: data for key, data in files.items() if key.startswith("casebook/folder/")}
    bad = parts | {"claims.csv": parts["claims.csv"].replace(b"claims_responsibility", b"says", 1)}
    files |= {f"casebook/bad/case/{key}": data for key, data in bad.items()}
    files["casebook/zip/case.zip"] = zipped({f"case/{key}": data for key, data in parts.items()})
    files["casebook/zip/bad.zip"] = zipped(bad)
    return files
