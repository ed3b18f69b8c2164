"""Texts in the encodings that the field's files are in come out right, or the doubt is said."""

from __future__ import annotations

import pytest

from bordermap.errors import InputError
from bordermap.incidents.readers.encodings import Encoding, find_encoding, guess, transcoded

TEXTS = {
    "cp1252": [
        "Köln", "Medellín,José", "Besançon;Françoise;1", "place\nÖrebro\nMalmö\nGöteborg",
        "Les tirs ont été signalés à côté de la frontière; un blessé", "Um polícia ferido; não há informações",
        "Schüsse an der Grenze; ein Verletzter, zwei Häuser beschädigt", "São Paulo, Ceará, Goiás", "N'Djaména;Côte d’Ivoire – 3", "DÍA;MÉDICO;AÑO", "é,ü",
    ],
    "cp1251": [
        "Термез", "дата;место;описание\n2022-04-18;Термез;Обстрел", "Хатлонская область", "ТАДЖИКИСТАН",
        "Пограничники сообщили об обстреле у села Чубек", "Душанбе, Куляб", "Київ, Харків, Львів", "н/д;Шуроабад",
    ],
    "koi8-r": ["Термез", "дата;место\n2022-04-18;Термез", "Пограничники сообщили об обстреле", "Душанбе"],
    "cp866": ["Термез", "дата;место\n2022-04-18;Термез", "Пограничники сообщили об обстреле", "Душанбе"],
    "cp1256": ["ترمذ", "تاريخ;مكان\n2022;كابل", "مرز افغانستان و تاجيكستان", "محافظة حلب, قرية"],
    "cp1254": ["Suriye sınırında silahlı saldırı","İstanbul, Şırnak, Diyarbakır", "Ağrı;Iğdır;Hakkâri", "Güneş, köy, sınır", "Şemdinli ilçesi"],
    "cp1250": ["Střelba na hranici; jeden zraněný voják", "Wystrzały na granicy; jeden ranny żołnierz",
        "Łódź, Kraków, Wrocław", "Přeštice; Brno – město", "Székesfehérvár; Győr; Szőny"],
    "gb18030": ["事件,地点\n边境冲突,新疆", "2022年4月18日在边境地区发生枪击事件", "塔什库尔干"],
    "big5": ["事件,地點\n邊境衝突,台北", "2022年在邊境地區發生槍擊事件"],
    "shift_jis": ["国境で銃撃事件が発生した", "場所,日付\n東京,カブール"],
    "euc_kr": ["국경에서 총격 사건이 발생했다", "장소,날짜\n서울,개성시"],
    "cp1253": ["Αθήνα, Έβρος, σύνορα"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("codec", "text"), [(codec, text) for codec, texts in TEXTS.items() for text in texts]
)
def test_legacy_texts_come_out_right(codec: str, text: str) -> None:
    data = text.encode(codec)
    found = find_encoding(lambda: iter([data]), data, "", "a.csv")
    assert data.decode(found.codec) == text
    assert found.basis == "likely"


@pytest.mark.parametrize(
    ("data", "name", "basis"),
    [
        (b"a,b", "utf-8", "valid UTF-8"),
        ("Термез".encode(), "utf-8", "valid UTF-8"),
        ("Термез".encode("utf-8-sig"), "utf-8-sig", "byte order mark"),
        ("a,Термез".encode("utf-16"), "utf-16-le", "byte order mark"),
        (b"\xfe\xff" + "a,Термез".encode("utf-16-be"), "utf-16-be", "byte order mark"),
        ("a,b".encode("utf-32"), "utf-32-le", "byte order mark"),
        ("id,name,place".encode("utf-16-le"), "utf-16-le", "likely"),
        ("id,name,place".encode("utf-16-be"), "utf-16-be", "likely"),
    ],
)
def test_unicode_texts_are_told_by_marks_and_form(data: bytes, name: str, basis: str) -> None:
    found = find_encoding(lambda: iter([data]), data, "", "a.csv")
    assert (found.name, found.basis) == (name, basis)
    text = transcoded(iter([data[:3], data[3:]]), found, "a.csv").decode()
    assert text in ("a,b", "Термез", "a,Термез", "id,name,place")


def test_doubt_is_said() -> None:
    found = guess("Čačak, Miloš".encode("cp1250"), "a.csv")
    assert {"cp1250", "cp1252"} <= {found.name, *found.note.split()} and "--encoding" in found.note


def test_noise_is_no_text() -> None:
    with pytest.raises(InputError) as caught:
        guess(bytes(range(0x80, 0x100)), "a.csv")
    assert caught.value.code == "BM227"


def test_the_option_wins() -> None:
    data = "Köln".encode("cp1252")
    found = find_encoding(lambda: iter([data]), data, "cp1251", "a.csv")
    assert (found.name, found.basis) == ("cp1251", "option")
    for name in ("nosuch", "hex", "idna", "rot13", "a\0b"):
        with pytest.raises(InputError) as caught:
            find_encoding(lambda: iter([data]), data, name, "a.csv")
        assert caught.value.code == "BM226"


def test_a_cut_utf_16_text_names_the_line() -> None:
    data = "a\nb\nc".encode("utf-16-le")[:-1]
    with pytest.raises(InputError) as caught:
        transcoded(iter([data]), Encoding("utf-16-le", "utf-16-le", "option"), "a.csv")
    assert (caught.value.code, caught.value.line) == ("BM225", 3)
