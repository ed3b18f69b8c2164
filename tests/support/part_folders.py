"""Made-up parts of a folder, and the rows that an output of it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq

PLACES = (
    ("Termez", 67.27, 37.22),
    ("Hairatan", 67.42, 37.21),
    ("Herat", 62.2, 34.34),
    ("Zaranj", 61.86, 30.96),
)
TYPES = ("shelling", "drone", "clash", "arrest")


def rows_of(start: int, count: int, *, areal_too: bool = False) -> pd.DataFrame:
    """Made-up incidents: points, and every seventh known to its province only where asked for; all texts."""
    rows = []
    for at in range(start, start + count):
        name, lon, lat = PLACES[at % len(PLACES)]
        areal = areal_too and at % 7 == 3
        rows.append(
            {
                "id": f"E{at}",
                "date": f"2022-{at % 12 + 1:02}-{at % 27 + 1:02}",
                "type": TYPES[at % len(TYPES)],
                "actor1": f"Group {at % 3}",
                "place": "" if areal else name,
                "admin1": "Takhar" if areal else "",
                "country": "AFG" if areal else "",
                "lat": "" if areal else f"{lat + (at % 50) / 100:.2f}",
                "lon": "" if areal else f"{lon + (at % 31) / 100:.2f}",
                "fatalities": str(at % 4) if at % 5 else "",
                "note": f'said "so", {at}\nand more',
            }
        )
    return pd.DataFrame(rows, dtype="str")


def write_csv(path: Path, rows: pd.DataFrame) -> Path:
    rows.to_csv(path, index=False, lineterminator="\n")
    return path


def write_geoparquet(path: Path, rows: pd.DataFrame, **how: Any) -> Path:
    placed = rows[rows["lat"] != ""].reset_index(drop=True)
    points = gpd.points_from_xy(placed["lon"].astype(float), placed["lat"].astype(float), crs=4326)
    frame = gpd.GeoDataFrame(placed.drop(columns=["lat", "lon"]), geometry=points)
    frame.to_parquet(path, **how)
    return path


def written(output: Path) -> pd.DataFrame:
    """All rows of an output, in the order of its parts; nothing missing is anything but an empty text."""
    parts = sorted(output.glob("part-*.parquet"))
    frames: list[pd.DataFrame] = [pq.read_table(path).to_pandas() for path in parts]
    return pd.concat(frames, ignore_index=True)


def make_folder(made: Path, *, areal_too: bool = False) -> Path:
    """Four parts: CSV and GeoParquet, some rows faulty, one part without rows; and what is no part."""
    made.mkdir()
    faulty = rows_of(0, 40, areal_too=areal_too)
    faulty.loc[5, "lat"] = "97.5"
    faulty.loc[9, "date"] = "2022-02-31"
    write_csv(made / "a.csv", faulty)
    write_geoparquet(made / "b.parquet", rows_of(40, 60))
    write_csv(made / "c.csv", rows_of(100, 0).reindex(columns=faulty.columns))
    write_csv(made / "d.csv", rows_of(200, 30))
    (made / "_SUCCESS").write_text("")
    (made / ".a.csv.crc").write_bytes(b"\x00")
    (made / "README.md").write_text("What this is.")
    return made
