"""GPX: waypoints, tracks and routes as rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely

from bordermap.errors import InputError
from bordermap.incidents.options import Limits, ReadOptions
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.gpx import read_gpx
from bordermap.incidents.readers.layer import Layer

WHOLE = """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1" xmlns:o="http://example.org/o">
<metadata><name>File</name><time>2022-01-01T00:00:00Z</time></metadata>
<wpt lat="37.22417" lon="67.27833"><ele>302.5</ele><time>2022-04-18T10:00:00Z</time><name>Ж &amp; B</name>
<desc>Two lines
of text</desc><sym>Flag</sym><type>post</type><cmt>c</cmt><src>s</src><link href="https://example.org/"><text>t</text></link>
<extensions><o:side>north</o:side><o:group><o:count>3</o:count><o:name>n</o:name></o:group></extensions></wpt>
<wpt lat="37.3" lon="67.3"/>
<rte><name>R</name><rtept lat="37" lon="67"><name>no</name></rtept><rtept lat="38" lon="68"/></rte>
<trk><name>T</name><trkseg><trkpt lat="1" lon="2"><ele>5</ele><time>2022-04-18T10:00:00Z</time></trkpt>
<trkpt lat="3" lon="4"><time>2022-04-18T11:00:00Z</time></trkpt></trkseg></trk>
<trk><trkseg><trkpt lat="1" lon="2"/><trkpt lat="3" lon="4"/></trkseg><trkseg><trkpt lat="5" lon="6"/>
<trkpt lat="7" lon="8"/></trkseg></trk>
<trk><name>empty</name></trk>
</gpx>"""


def read(text: str | bytes, **options: Any) -> Layer:
    data = text.encode() if isinstance(text, str) else text
    [layer] = read_gpx(Blob("a.gpx", "gpx", data), ReadOptions(**options))
    return layer


def shapes(layer: Layer) -> list[str | None]:
    assert layer.geometry is not None
    return [None if wkb is None else shapely.from_wkb(wkb).wkt for wkb in layer.geometry.wkb.to_pylist()]


def fault_of(text: str | bytes, **options: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        read(text, **options)
    return caught.value


def test_waypoints_routes_and_tracks_are_rows() -> None:
    layer = read(WHOLE)
    rows = layer.table.to_pylist()
    assert rows[0] == {
        "kind": "waypoint", "name": "Ж & B", "desc": "Two lines\nof text", "cmt": "c", "time": "2022-04-18T10:00:00Z",
        "ele": "302.5", "sym": "Flag", "type": "post", "src": "s", "url": "https://example.org/", "time_end": "",
        "side": "north", "count": "3", "name (extension)": "n",
    }  # fmt: skip
    assert [row["kind"] for row in rows] == ["waypoint", "waypoint", "route", "track", "track", "track"]
    assert (rows[3]["name"], rows[3]["time"], rows[3]["time_end"], rows[3]["ele"]) == (
        "T", "2022-04-18T10:00:00Z", "2022-04-18T11:00:00Z", "",
    )  # fmt: skip
    assert shapes(layer) == [
        "POINT (67.27833 37.22417)",
        "POINT (67.3 37.3)",
        "LINESTRING (67 37, 68 38)",
        "LINESTRING (2 1, 4 3)",
        "MULTILINESTRING ((2 1, 4 3), (6 5, 8 7))",
        None,
    ]
    assert layer.geometry is not None and layer.geometry.crs == "EPSG:4326"
    assert layer.records.tolist() == [1, 2, 3, 4, 5, 6] and layer.line_of is not None
    assert layer.line_of(np.array([1, 2, 6])).tolist() == [4, 8, 14]


def test_gpx_without_namespace_and_of_version_1_0_is_read() -> None:
    layer = read('<gpx version="1.0"><wpt lat="1" lon="2"><url>https://example.org/</url></wpt></gpx>')
    assert layer.table.to_pylist() == [{"kind": "waypoint", "url": "https://example.org/"}]


@pytest.mark.parametrize(
    ("lat", "lon"),
    [("", ""), ("abc", "67"), ("nan", "67"), ("37", "inf"), ("1e999", "67"), ("37,5", "67"), ("3_7", "6")],
)
def test_bad_latitudes_are_a_fault_of_their_row(lat: str, lon: str) -> None:
    layer = read(
        f'<gpx><wpt lat="{lat}" lon="{lon}"/><wpt lat="1" lon="2"/>'
        f'<trk><trkseg><trkpt lat="1" lon="2"/><trkpt lat="{lat}" lon="{lon}"/></trkseg></trk><wpt/></gpx>'
    )
    rows = sorted(row for fault in layer.faults for row in fault.rows.tolist())
    assert rows == [0, 2, 3] and {fault.code for fault in layer.faults} == {"BM158"}
    assert shapes(layer) == [None, "POINT (2 1)", None, None]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "BM113"),
        ("<gpx/>", "BM252"),
        ("<kml/>", "BM252"),
        ("<gpx><wpt></gpx>", "BM251"),
        (
            '<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]><gpx><wpt><name>&x;</name></wpt></gpx>',
            "BM250",
        ),
        ("<gpx>" + "<a>" * 10_000, "BM246"),
        (b"<gpx><wpt><name>\xff</name></wpt></gpx>", "BM105"),
    ],
)
def test_what_cannot_be_read_is_one_error(text: str | bytes, code: str) -> None:
    assert fault_of(text).code == code


def test_limits_hold() -> None:
    leaves = "".join(f"<k{at}>1</k{at}>" for at in range(50))
    wide = f'<gpx><wpt lat="1" lon="2"><extensions>{leaves}</extensions></wpt></gpx>'
    assert fault_of(wide, limits=Limits(columns=20)).code == "BM254"
    [fault] = read(
        '<gpx><wpt lat="1" lon="2"><desc>' + "x" * 30 + "</desc></wpt></gpx>",
        limits=Limits(field_characters=9),
    ).faults
    assert (fault.code, fault.column, fault.rows.tolist()) == ("BM107", "desc", [0])


def test_gpx_cut_anywhere_is_refused() -> None:
    data = WHOLE.encode()
    for end in range(len(data)):
        assert fault_of(data[:end]).code in ("BM113", "BM105", "BM245", "BM251"), data[:end]
