"""Rows as the known datasets write them, with every column of their layouts; the events are made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bordermap.incidents.dialects.gdelt import LAYOUTS
from bordermap.incidents.readers.layer import Layer, text_table

Row = dict[str, str]

ACLED_ROW: Row = {
    "event_id_cnty": "UZB100",
    "event_date": "2022-04-18",
    "year": "2022",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Shelling/artillery/missile attack",
    "actor1": "Group A (made up)",
    "assoc_actor_1": "",
    "inter1": "Rebel group",
    "actor2": "Civilians (Uzbekistan)",
    "assoc_actor_2": "",
    "inter2": "Civilians",
    "interaction": "Rebel group-Civilians",
    "civilian_targeting": "Civilian targeting",
    "iso": "860",
    "region": "Caucasus and Central Asia",
    "country": "Uzbekistan",
    "admin1": "Surxondaryo",
    "admin2": "Termiz",
    "admin3": "",
    "location": "Termez",
    "latitude": "37.2242",
    "longitude": "67.2783",
    "geo_precision": "1",
    "source": "Example Agency; Example Daily",
    "source_scale": "National",
    "notes": "On 18 April 2022, a made-up event.",
    "fatalities": "2",
    "tags": "",
    "timestamp": "1700000000",
}
#: Columns of the layouts before 2019, upper case, in their order.
ACLED_OLD_ROW: Row = {
    "GWNO": "702",
    "EVENT_ID_CNTY": "12TAJ",
    "EVENT_ID_NO_CNTY": "12",
    "EVENT_DATE": "9-May-20",
    "YEAR": "2020",
    "TIME_PRECISION": "1",
    "EVENT_TYPE": "Battle-No change of territory",
    "ACTOR1": "Group A (made up)",
    "ALLY_ACTOR_1": "",
    "INTER1": "2",
    "ACTOR2": "Group B (made up)",
    "ALLY_ACTOR_2": "",
    "INTER2": "1",
    "INTERACTION": "12",
    "COUNTRY": "Tajikistan",
    "ADMIN1": "Khatlon",
    "ADMIN2": "Panj",
    "ADMIN3": "",
    "LOCATION": "Panji Poyon",
    "LATITUDE": "37.2",
    "LONGITUDE": "68.6",
    "GEO_PRECIS": "1",
    "SOURCE": "Example Agency",
    "NOTES": "A made-up event.",
    "FATALITIES": "0",
}
UCDP_ROW: Row = {
    "id": "400001",
    "relid": "TAJ-2022-1-999-1",
    "year": "2022",
    "active_year": "1",
    "code_status": "Clear",
    "type_of_violence": "1",
    "conflict_dset_id": "999",
    "conflict_new_id": "999",
    "conflict_name": "Made-up conflict",
    "dyad_dset_id": "888",
    "dyad_new_id": "888",
    "dyad_name": "Government of A - Group B",
    "side_a_dset_id": "1",
    "side_a_new_id": "1",
    "side_a": "Government of A",
    "side_b_dset_id": "2",
    "side_b_new_id": "2",
    "side_b": "Group B",
    "number_of_sources": "2",
    "source_article": '"Example Agency,2022-05-17,First; and second";"Example Daily,2022-05-18,Third"',
    "source_office": "Example Agency;Example Daily",
    "source_date": "2022-05-17;2022-05-18",
    "source_headline": "First; and second;Third",
    "source_original": "officials",
    "where_prec": "1",
    "where_coordinates": "Shohin town",
    "where_description": "at a made-up post near Shohin",
    "adm_1": "Khatlon region",
    "adm_2": "Shohin district",
    "latitude": "37.5",
    "longitude": "70.1",
    "geom_wkt": "POINT (70.1 37.5)",
    "priogrid_gid": "183381",
    "country": "Tajikistan",
    "country_id": "702",
    "region": "Asia",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2022-05-16 00:00:00.000",
    "date_end": "2022-05-16 00:00:00.000",
    "deaths_a": "1",
    "deaths_b": "2",
    "deaths_civilians": "0",
    "deaths_unknown": "0",
    "best": "3",
    "high": "5",
    "low": "3",
    "gwnoa": "702",
    "gwnob": "",
}
_GTD_GIVEN: Row = {
    "eventid": "199805140001", "iyear": "1998", "imonth": "5", "iday": "14", "approxdate": "", "extended": "0",
    "resolution": "", "country": "202", "country_txt": "Tajikistan", "region": "7", "region_txt": "Central Asia",
    "provstate": "Khatlon", "city": "Kulob", "latitude": "37.91", "longitude": "69.78", "specificity": "1",
    "vicinity": "0", "location": "", "summary": "A made-up event.", "attacktype1": "3",
    "attacktype1_txt": "Bombing/Explosion", "targtype1": "3", "targtype1_txt": "Police", "gname": "Group A",
    "weaptype1": "6", "weaptype1_txt": "Explosives", "claimed": "0", "nkill": "1", "nwound": "",
    "scite1": '"A headline; and more," Example Agency, May 15, 1998.', "scite2": "", "scite3": "",
    "dbsource": "Example collection", "INT_LOG": "-9", "INT_IDEO": "-9", "INT_MISC": "0", "INT_ANY": "-9",
    "related": "",
}  # fmt: skip
_GTD_NAMES = """
    eventid iyear imonth iday approxdate extended resolution country country_txt region region_txt provstate city
    latitude longitude specificity vicinity location summary crit1 crit2 crit3 doubtterr alternative alternative_txt
    multiple success suicide attacktype1 attacktype1_txt attacktype2 attacktype2_txt attacktype3 attacktype3_txt
    targtype1 targtype1_txt targsubtype1 targsubtype1_txt corp1 target1 natlty1 natlty1_txt targtype2 targtype2_txt
    targsubtype2 targsubtype2_txt corp2 target2 natlty2 natlty2_txt targtype3 targtype3_txt targsubtype3
    targsubtype3_txt corp3 target3 natlty3 natlty3_txt gname gsubname gname2 gsubname2 gname3 gsubname3 motive
    guncertain1 guncertain2 guncertain3 individual nperps nperpcap claimed claimmode claimmode_txt claim2 claimmode2
    claimmode2_txt claim3 claimmode3 claimmode3_txt compclaim weaptype1 weaptype1_txt weapsubtype1 weapsubtype1_txt
    weaptype2 weaptype2_txt weapsubtype2 weapsubtype2_txt weaptype3 weaptype3_txt weapsubtype3 weapsubtype3_txt
    weaptype4 weaptype4_txt weapsubtype4 weapsubtype4_txt weapdetail nkill nkillus nkillter nwound nwoundus nwoundte
    property propextent propextent_txt propvalue propcomment ishostkid nhostkid nhostkidus nhours ndays divert
    kidhijcountry ransom ransomamt ransomamtus ransompaid ransompaidus ransomnote hostkidoutcome hostkidoutcome_txt
    nreleased addnotes scite1 scite2 scite3 dbsource INT_LOG INT_IDEO INT_MISC INT_ANY related
"""
GTD_ROW: Row = {name: _GTD_GIVEN.get(name, "") for name in _GTD_NAMES.split()}

_GDELT_GIVEN: Row = {
    "GLOBALEVENTID": "1040000001", "SQLDATE": "20220418", "MonthYear": "202204", "Year": "2022",
    "FractionDate": "2022.2932", "Actor1Code": "AFGREB", "Actor1Name": "AFGHANISTAN", "Actor1CountryCode": "AFG",
    "Actor2Code": "UZB", "Actor2Name": "UZBEKISTAN", "Actor2CountryCode": "UZB", "IsRootEvent": "1",
    "EventCode": "190", "EventBaseCode": "190", "EventRootCode": "19", "QuadClass": "4", "GoldsteinScale": "-10",
    "NumMentions": "6", "NumSources": "1", "NumArticles": "6", "AvgTone": "-5.5", "Actor1Geo_Type": "1",
    "ActionGeo_Type": "4", "ActionGeo_FullName": "Termez, Surxondaryo, Uzbekistan", "ActionGeo_CountryCode": "UZ",
    "ActionGeo_ADM1Code": "UZ12", "ActionGeo_ADM2Code": "25870", "ActionGeo_Lat": "37.2242",
    "ActionGeo_Long": "67.2783", "ActionGeo_FeatureID": "-2601", "DATEADDED": "20220419",
    "SOURCEURL": "https://www.example.org/news/a-made-up-article",
}  # fmt: skip


def gdelt_row(columns: int = 61, **changes: str) -> Row:
    """A row of GDELT's layout of 57, 58 or 61 columns, under GDELT's names."""
    return {name: (_GDELT_GIVEN | changes).get(name, "") for name in LAYOUTS[columns]}


def rows_of(row: Row, *changes: Mapping[str, str]) -> list[Row]:
    """One row for each set of changes, with an id of its own under the row's first column."""
    first = next(iter(row))
    return [row | {first: f"{row[first]}{at}"} | dict(each) for at, each in enumerate(changes)]


def layer_of(rows: Sequence[Mapping[str, str]], *, file: str = "made-up.csv", **more: Any) -> Layer:
    """Rows as a layer that a reader of CSV would give: text, records from 2."""
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    return Layer(file, "csv", text_table(columns), **more)


def headless(rows: Sequence[Mapping[str, str]]) -> Layer:
    """Rows as a layer without a header: columns c1, c2, …"""
    plain = [{f"c{at}": text for at, text in enumerate(row.values(), start=1)} for row in rows]
    return layer_of(plain, facts={"header_row": "none", "delimiter": "\t"})
