"""Small folders of parts."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest

import bordermap as bm

from support.part_folders import make_folder


@pytest.fixture(scope="session")
def borders() -> gpd.GeoDataFrame:
    return bm.read_borders("AFG")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "export")


@pytest.fixture
def areal_folder(tmp_path: Path) -> Path:
    """The same, with incidents that are known to their province only."""
    return make_folder(tmp_path / "export", areal_too=True)
