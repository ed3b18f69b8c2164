"""KML: every Placemark of every folder, bad coordinates told and never 0, 0, and XML that cannot harm."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from bordermap.errors import BordermapError, InputError
from bordermap.incidents.options import Limits, ReadOptions
from bordermap.incidents.readers.blob import Blob
from bordermap.incidents.readers.kml import read_kml
from bordermap.incidents.readers.layer import Layer

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n'


def read(text: str | bytes, **options: Any) -> list[Layer]:
    data = text.encode() if isinstance(text, str) else text
    return read_kml(Blob("a.kml", "kml", data), ReadOptions(**options))


def one(text: str | bytes, **options: Any) -> Layer:
    [layer] = read(text, **options)
    return layer


def fault_of(text: str | bytes, **options: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        read(text, **options)
    return caught.value


def shapes(layer: Layer) -> list[str | None]:
    assert layer.geometry is not None
    return [None if wkb is None else shapely.from_wkb(wkb).wkt for wkb in layer.geometry.wkb.to_pylist()]


def placemark(inside: str, name: str = "A") -> str:
    return f"<Placemark><name>{name}</name>{inside}</Placemark>\n"


def point(coordinates: str) -> str:
    return f"<Point><coordinates>{coordinates}</coordinates></Point>"


FOLDERS = (
    HEAD + "<Document><name>All</name>\n"
    "<Folder><name>North</name>\n"
    + placemark(point("67.2,37.2"), "A")
    + "<Folder><name>River</name>\n"
    + placemark(point("67.3,37.3,310"), "B")
    + "</Folder></Folder>\n<Folder><name>South</name>\n"
    + placemark("", "C")
    + "</Folder>\n"
    + placemark(point("67.4,37.4"), "D")
    + "</Document></kml>"
)


def test_every_placemark_of_every_folder_is_a_row() -> None:
    layer = one(FOLDERS)
    assert layer.table.to_pylist() == [
        {"name": "A", "folder": "North"},
        {"name": "B", "folder": "North/River"},
        {"name": "C", "folder": "South"},
        {"name": "D", "folder": ""},
    ]
    assert shapes(layer) == ["POINT (67.2 37.2)", "POINT (67.3 37.3)", None, "POINT (67.4 37.4)"]
    assert layer.geometry is not None and (layer.geometry.crs, layer.geometry.declared) == ("EPSG:4326", True)
    assert layer.facts["folders"] == "North, North/River, South"
    assert layer.facts["heights"] == "dropped from 1 positions"
    assert layer.records.tolist() == [1, 2, 3, 4] and layer.line_of is not None
    assert layer.line_of(np.array([1, 2, 3, 4])).tolist() == [5, 7, 10, 12]


def test_folders_are_chosen_by_name_or_path() -> None:
    north, south = read(FOLDERS, layers=("North", "South"))
    assert (north.name, north.records.tolist()) == ("North", [1, 2])
    assert (south.name, south.records.tolist(), shapes(south)) == ("South", [3], [None])
    assert south.line_of is not None and south.line_of(south.records).tolist() == [10]
    assert one(FOLDERS, layers=("North/River",)).records.tolist() == [2]
    error = fault_of(FOLDERS, layers=("West",))
    assert error.code == "BM309" and "North/River" in str(error)


def test_what_a_placemark_says_becomes_columns() -> None:
    text = HEAD + placemark(
        "<description><![CDATA[<b>Two</b> & more]]></description><address>Example road</address>"
        "<styleUrl>#red</styleUrl><TimeSpan><begin>2022-04-18</begin><end>2022-04-19</end></TimeSpan>"
        '<ExtendedData><Data name="killed"><displayName>Killed</displayName><value>3</value></Data>'
        '<SchemaData schemaUrl="#s"><SimpleData name="type">shelling</SimpleData>'
        '<SimpleData name="name">other</SimpleData></SchemaData><x:note xmlns:x="y">n</x:note></ExtendedData>'
    ) + placemark("<TimeStamp><when>2022-05-07</when></TimeStamp><name>ж &amp; ü</name>", "B") + "</kml>"  # fmt: skip
    assert one(text).table.to_pylist() == [
        {
            "name": "A", "description": "<b>Two</b> & more", "address": "Example road", "when": "",
            "begin": "2022-04-18", "end": "2022-04-19", "killed": "3", "type": "shelling",
            "name (data)": "other", "note": "n",
        },
        {
            "name": "B", "description": "", "address": "", "when": "2022-05-07", "begin": "", "end": "",
            "killed": "", "type": "", "name (data)": "", "note": "",
        },
    ]  # fmt: skip


RING = "<LinearRing><coordinates>{}</coordinates></LinearRing>"
OUTER = f"<outerBoundaryIs>{RING.format('0,0 4,0 4,4 0,0')}</outerBoundaryIs>"
INNER = f"<innerBoundaryIs>{RING.format('1,1 2,1 2,2 1,1')}</innerBoundaryIs>"
LINE = "<LineString><coordinates>0,0,5 1,1,5</coordinates></LineString>"
TRACK = "<gx:Track><when>2022-04-18T10:00:00Z</when><when>2022-04-18T11:00:00Z</when>"
TRACK += "<gx:coord>67 37 300</gx:coord><gx:coord>68 38 300</gx:coord></gx:Track>"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (LINE, "LINESTRING (0 0, 1 1)"),
        (RING.format("0,0 1,0 1,1"), "LINEARRING (0 0, 1 0, 1 1, 0 0)"),
        (f"<Polygon>{OUTER}{INNER}</Polygon>", "POLYGON ((0 0, 4 0, 4 4, 0 0), (1 1, 2 1, 2 2, 1 1))"),
        (f"<Polygon>{INNER}{OUTER}</Polygon>", "POLYGON ((0 0, 4 0, 4 4, 0 0), (1 1, 2 1, 2 2, 1 1))"),
        (f"<MultiGeometry>{point('1,2')}{point('3,4')}</MultiGeometry>", "MULTIPOINT ((1 2), (3 4))"),
        (f"<MultiGeometry>{point('1,2')}{LINE}</MultiGeometry>", "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1))"),
        (f"<MultiGeometry>{point('1,2')}</MultiGeometry>", "POINT (1 2)"),
        (f"<MultiGeometry><Polygon>{OUTER}</Polygon><Polygon>{OUTER}</Polygon></MultiGeometry>",
         "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)), ((0 0, 4 0, 4 4, 0 0)))"),
        (TRACK, "LINESTRING (67 37, 68 38)"),
        (f"<gx:MultiTrack>{TRACK}{TRACK}</gx:MultiTrack>", "MULTILINESTRING ((67 37, 68 38), (67 37, 68 38))"),
        (point("\n 67.2 , 37.2 , 0\n"), "POINT (67.2 37.2)"),
        (point("6.72e1,+37.2,"), "POINT (67.2 37.2)"),
        (point(""), None),
        ("<MultiGeometry/>", None),
        ("<Polygon/>", None),
    ],
)  # fmt: skip
def test_geometries_of_every_kind_are_read(inside: str, expected: str | None) -> None:
    layer = one(HEAD + placemark(inside) + "</kml>")
    [wkt] = shapes(layer)
    # WKB has no ring of its own.
    assert wkt == (expected.replace("LINEARRING", "LINESTRING") if expected else None)
    assert not layer.faults


def test_a_track_gives_when_it_began_and_ended() -> None:
    [row] = one(HEAD + placemark(TRACK) + "</kml>").table.to_pylist()
    assert (row["begin"], row["end"]) == ("2022-04-18T10:00:00Z", "2022-04-18T11:00:00Z")


@pytest.mark.parametrize(
    ("inside", "code", "named"),
    [
        (point("abc,def"), "BM158", "abc,def"),
        (point("67.2"), "BM158", "67.2"),
        (point("67.2 37.2"), "BM158", "67.2"),
        (point("67.2,"), "BM158", "67.2,"),
        (point(",37.2"), "BM158", ",37.2"),
        (point("67,37,1,2"), "BM158", "67,37,1,2"),
        (point("nan,37"), "BM158", "nan,37"),
        (point("1e999,37"), "BM158", "1e999"),
        (point("6_7,37"), "BM158", "6_7"),
        (point("٦٧,٣٧"), "BM158", "٦٧"),
        (point("67,37 68,38"), "BM249", "one position"),
        ("<LineString><coordinates>67,37</coordinates></LineString>", "BM249", "LineString"),
        (RING.format("0,0 1,1 0,0"), "BM249", "LinearRing"),
        (f"<MultiGeometry>{point('1,2')}{point('x')}</MultiGeometry>", "BM158", "x"),
        ("<gx:Track><gx:coord>67 a 5</gx:coord></gx:Track>", "BM158", "67,a,5"),
    ],
)
def test_bad_coordinates_are_a_fault_of_their_row_and_never_a_place(
    inside: str, code: str, named: str
) -> None:
    layer = one(HEAD + placemark(inside) + placemark(point("67,37")) + "</kml>")
    [fault] = layer.faults
    assert (fault.code, fault.rows.tolist(), fault.outside) == (code, [0], False)
    assert named in fault.message
    assert shapes(layer) == [None, "POINT (67 37)"]


def test_a_thousand_bad_placemarks_are_a_handful_of_kinds() -> None:
    text = HEAD + "".join(placemark(point(f"x{at}")) for at in range(1000)) + "</kml>"
    layer = one(text)
    assert len(layer.faults) <= 201
    assert sorted(row for fault in layer.faults for row in fault.rows.tolist()) == list(range(1000))


def test_what_lies_elsewhere_is_said_and_never_fetched() -> None:
    link = "<NetworkLink><name>L</name><Link><href>http://example.org/a.kml</href></Link></NetworkLink>"
    overlay = "<GroundOverlay><name>G</name><Icon><href>//host/x.png</href></Icon></GroundOverlay>"
    layer = one(
        HEAD + "<Folder><name>F</name>" + link + link + overlay + placemark("<Model/>") + "</Folder></kml>"
    )
    assert layer.facts["not_read"] == "1 GroundOverlay, 1 Model, 2 NetworkLink"
    assert layer.table.to_pylist() == [{"name": "A", "folder": "F"}]
    error = fault_of(HEAD + link + "</kml>")
    assert error.code == "BM252" and "1 NetworkLink" in str(error)


HOSTILE = {
    "laughs": '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><kml><Placemark><name>&b;</name></Placemark></kml>',
    "passwd": '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml><Placemark><name>&x;</name></Placemark></kml>',
    "external": '<!DOCTYPE kml SYSTEM "http://example.org/kml.dtd"><kml><Placemark/></kml>',
    "parameter": '<!DOCTYPE kml [<!ENTITY % p SYSTEM "http://example.org/p.dtd"> %p;]><kml><Placemark/></kml>',
    "plain": "<!DOCTYPE kml><kml><Placemark/></kml>",
    "undeclared": "<kml><Placemark><name>&nbsp;</name></Placemark></kml>",
}


@pytest.mark.parametrize("kind", sorted(HOSTILE))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_and_document_types_are_refused(kind: str, encoding: str) -> None:
    error = fault_of(HOSTILE[kind].encode(encoding))
    assert error.code == "BM250" and "root:" not in str(error)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "BM113", None),
        ("\n\n", "BM113", None),
        ("<kml><Placemark>\n</Folder></kml>", "BM251", 2),
        ("<kml><Placemark>\n<name>a", "BM245", 2),
        ("<kml/><kml/>", "BM251", 1),
        ("hello", "BM251", 1),
        ("<kml/>", "BM252", None),
        ("<html><body>log in</body></html>", "BM252", None),
        ("<kml>" + "<Folder>" * 10_000, "BM246", 1),
        (b"<kml><name>\xff</name></kml>", "BM105", 1),
        (b"<?xml version='1.0' encoding='klingon'?><kml/>", "BM226", None),
        (b"<?xml version='1.0' encoding='utf-7'?><kml/>", "BM226", None),
        (b"<?xml version='1.0' encoding='zip'?><kml/>", "BM226", None),
        ("<kml><name>\x00</name></kml>", "BM251", 1),
    ],
)
def test_what_cannot_be_read_is_one_error(text: str | bytes, code: str, line: int | None) -> None:
    error = fault_of(text)
    assert (error.code, error.line) == (code, line), error


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251", "koi8-r", "gb18030", "shift_jis"]
)
def test_every_encoding_that_is_declared_is_read(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\n<kml>{placemark("", "Термез")}</kml>'
    layer = one(text.encode(encoding))
    assert layer.table.to_pylist() == [{"name": "Термез"}]
    assert layer.line_of is not None and layer.line_of(np.array([1])).tolist() == [2]


def test_an_encoding_can_be_named_and_a_wrong_declaration_is_borne_with() -> None:
    text = f'<?xml version="1.0" encoding="utf-16"?><kml>{placemark("", "Термез")}</kml>'
    assert one(text.encode()).table.to_pylist() == [{"name": "Термез"}]
    bare = f"\n\n<?xml version='1.0'?><kml>{placemark('', 'Термез')}</kml>"
    layer = one(bare.encode("cp1251"), encoding="cp1251")
    assert layer.table.to_pylist() == [{"name": "Термез"}]
    assert layer.line_of is not None and layer.line_of(np.array([1])).tolist() == [3]


def test_undeclared_prefixes_and_long_notes_are_no_trouble() -> None:
    note = "ж&amp;" * 150_000
    layer = one(f"<kml:kml><kml:Placemark><kml:name>{note}</kml:name></kml:Placemark></kml:kml>")
    assert layer.table.to_pylist() == [{"name": "ж&" * 150_000}]
    [fault] = one(f"<kml>{placemark('', 'x' * 30)}</kml>", limits=Limits(field_characters=20)).faults
    assert (fault.code, fault.column) == ("BM107", "name")
    many = "".join(f'<Data name="k{at}"><value>1</value></Data>' for at in range(50))
    wide = f"<kml>{placemark(f'<ExtendedData>{many}</ExtendedData>')}</kml>"
    assert fault_of(wide, limits=Limits(columns=20)).code == "BM254"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_kml_cut_anywhere_is_refused(encoding: str) -> None:
    data = FOLDERS.encode(encoding)
    for end in range(len(data)):
        with pytest.raises(InputError) as caught:
            read(data[:end])
        assert caught.value.code in ("BM113", "BM105", "BM245", "BM251"), data[:end]


@given(st.lists(st.sampled_from(
    ["<kml>", "</kml>", "<Placemark>", "</Placemark>", "<Point>", "</Point>", "<coordinates>", "</coordinates>",
     "<MultiGeometry>", "</MultiGeometry>", "<Folder>", "</Folder>", "<name>", "</name>", "1,2 ", "x", "<gx:Track>",
     "</gx:Track>", "<Polygon>", "</Polygon>", "<LinearRing>", "</LinearRing>", "<when>1</when>", "<coord/>"]), max_size=30))  # fmt: skip
def test_any_tags_are_read_or_refused(tags: list[str]) -> None:
    try:
        layer = one("".join(tags))
    except BordermapError:
        return
    assert layer.rows_read == len(layer.records)


@given(st.lists(st.sampled_from(["Placemark", "Folder", "Point", "Polygon", "LinearRing", "MultiGeometry", "Track",
                                 "coordinates", "when", "name", "value", "Data", "Document"]), max_size=12), st.text("0123,. x", max_size=12))  # fmt: skip
def test_elements_nested_in_any_order_are_read_or_refused(names: list[str], text: str) -> None:
    names = ["kml", "Placemark", *names]
    inside = "".join(f"<{name}>" for name in names) + text + "".join(f"</{name}>" for name in reversed(names))
    layer = one(inside)
    assert layer.rows_read == layer.table.num_rows >= 1


def test_a_tag_without_an_end_is_not_waited_for() -> None:
    with pytest.raises(InputError) as caught:
        read_kml(Blob("a.kml", "kml", b'<kml a="' + b"c" * 20_000_000), ReadOptions())
    assert caught.value.code == "BM251"
