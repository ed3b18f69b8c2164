"""``bordermap embed``: lines for a host, and what is wrong with a page or an address."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

import bordermap as bm
from bordermap.cli import run

from support.bombs import BOMBS


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return bm.Map([bm.BaseLayer()], title=f"A map {BOMBS[0]}").save(tmp_path / "map.html")


class Seen(HTMLParser):
    """The elements of some lines with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: dict[str, dict[str, str | None]] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] = dict(attrs)


def test_the_lines_frame_the_page_and_name_what_the_host_needs(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["embed", str(page), "--url", "https://maps.example.org:8443/a/map.html?v=1&w=2"]) == 0
    out, err = capsys.readouterr()
    frame = Seen(out).elements["iframe"]
    assert frame["src"] == "https://maps.example.org:8443/a/map.html?v=1&w=2"
    assert frame["title"] == f"A map {BOMBS[0]}"
    assert set(str(frame["sandbox"]).split()) == {
        "allow-scripts",
        "allow-popups",
        "allow-popups-to-escape-sandbox",
    }
    assert "frame-src https://maps.example.org:8443\n" in err
    assert set(Seen(out).elements) == {"figure", "iframe", "a", "figcaption"}


def test_a_picture_stands_where_no_frame_does(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    image = "https://maps.example.org/map.png"
    assert (
        run(["embed", str(page), "--url", "https://maps.example.org/m", "--image", image, "--format", "json"])
        == 0
    )
    (told,) = json.loads(capsys.readouterr().out)
    assert Seen(told["html"]).elements["img"] == {
        "src": image, "alt": f"A map {BOMBS[0]}", "style": "max-width:100%;height:auto",
    }  # fmt: skip
    assert told["policy"] == "frame-src https://maps.example.org"


@pytest.mark.parametrize(
    "url",
    ["map.html", "javascript:alert(1)", "https://", "ftp://example.org/a", 'https://a.org/"><script>', "https://u:p@a.org/",
     "https://a.org/ b", "https://a.org:99999/", "https://a.org/;frame-src *", ""],
)  # fmt: skip
def test_an_address_that_is_none_is_one_error(
    page: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["embed", str(page), "--url", url]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("Error: ") and "\nHint: Give the whole address" in err


def test_a_file_that_is_no_page_of_ours_is_one_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.html").write_text("<title>bordermap 1</title>", encoding="utf-8")
    for name in ("other.html", "none.html"):
        assert run(["embed", str(tmp_path / name), "--url", "https://example.org/m.html"]) == 1
        assert capsys.readouterr().err.startswith("Error: ")
