"""Folders of parts on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

from bordermap.cli import engine
from bordermap.cli.engine import EngineArguments, chosen_engine, enrich_folder, exit_code, summarize_folder
from bordermap.cli.options import ReadingArguments
from bordermap.errors import UsageError

from support.part_folders import written


def arguments(**given: Any) -> ReadingArguments:
    names = ReadingArguments.__dataclass_fields__
    empty: dict[str, Any] = dict.fromkeys(names, None)
    empty |= {"columns": (), "layers": (), "locate": True, "strict": False, "hold_rights": False}
    return ReadingArguments(**{**empty, "quiet": False, "verbose": False, **given})


def test_a_folder_is_enriched_and_counted(
    folder: Path, tmp_path: Path, borders: gpd.GeoDataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out"
    (folder / "e.csv").write_text("")
    code = enrich_folder(folder, output, borders, EngineArguments(), arguments(verbose=True))
    told = capsys.readouterr()
    assert code == 3 and told.out == f"wrote {output}: 3 parts\n"
    lines = told.err.splitlines()
    assert lines[0] == f"130 rows read: 128 used, 2 rejected (see {output / '_rejects'})"
    assert lines[1] == "1 part could not be read"
    assert any(line.startswith("error BM154") for line in lines) and "a.csv: 38 of 40 rows used" in lines
    assert len(written(output)) == 128
    summary = summarize_folder(output, ["year"], EngineArguments(), arguments(quiet=True))
    assert summary.table["n_certain"].max() == 128
    assert exit_code(summary.reading, summary.failed) == 3


@pytest.mark.parametrize("given", [{"memory": "4GB"}, {"scheduler": "tcp://h:1"}])
def test_options_of_dask_want_dask(given: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as raised:
        chosen_engine(EngineArguments(**given))
    assert raised.value.code == "BM534"
    assert chosen_engine(EngineArguments("dask", **given)).kind == "dask"


@pytest.mark.parametrize("name", ["rejects", "save_mapping"])
def test_options_of_one_file(folder: Path, tmp_path: Path, borders: gpd.GeoDataFrame, name: str) -> None:
    given = arguments(**{name: tmp_path / "x"})
    with pytest.raises(UsageError) as raised:
        enrich_folder(folder, tmp_path / "out", borders, EngineArguments(), given)
    assert raised.value.code == "BM539" and not (tmp_path / "out").exists()


def test_what_is_a_folder_of_parts(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case/casebook.toml").write_text("")
    told = [engine.is_folder_of_parts(each) for each in (folder, tmp_path / "case", folder / "a.csv")]
    assert told == [True, False, False]
