"""The page as a file: one file, the same bytes, nothing from elsewhere, a policy that fits what is inside."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import folium
import folium.plugins
import pytest

import bordermap as bm
from bordermap.errors import BordermapError, OutputError
from bordermap.maps.blocks import Block, block_elements, shell, whole
from bordermap.maps.casebook_page import casebook_page
from bordermap.maps.elements import layer_element
from bordermap.maps.policy import policy_for

from support import Run


@pytest.fixture(scope="module")
def case() -> bm.Casebook:
    return bm.read_casebook()


@pytest.fixture(scope="module")
def html(case: bm.Casebook) -> str:
    return casebook_page(case).html()


def test_the_page_is_small_enough_and_whole(html: str) -> None:
    assert len(html.encode()) <= 1_500_000
    assert html.startswith("<!DOCTYPE html>") and html.rstrip().endswith("</html>")
    assert html.count("<title>") == 1


def test_the_page_carries_a_policy_of_hashes_only(html: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    rules = policy[1].replace("&#x27;", "'")
    assert rules.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in rules and "http" not in rules and "*" not in rules
    assert html.index("Content-Security-Policy") < html.index("<script")
    assert policy_for(html) == rules


def test_the_policy_no_longer_fits_a_changed_page(html: str) -> None:
    changed = html.replace("bordermap.page(", "alert(1);bordermap.page(", 1)
    assert changed != html
    assert policy_for(changed) != policy_for(html)


def test_the_same_input_gives_the_same_bytes_whatever_the_surroundings(
    bordermap: Run, tmp_path: Path
) -> None:
    digests = set()
    for number, around in enumerate(
        (
            {"TZ": "Asia/Kabul", "LC_ALL": "C", "PYTHONHASHSEED": "1", "HOME": str(tmp_path / "a")},
            {
                "TZ": "America/New_York",
                "LC_ALL": "C.UTF-8",
                "PYTHONHASHSEED": "99",
                "HOME": str(tmp_path / "b"),
            },
        )
    ):
        folder = tmp_path / f"run{number}"
        folder.mkdir()
        done = bordermap("render", cwd=folder, **around)
        assert done.returncode == 0, done.stderr
        digests.add(hashlib.sha256((folder / "afghan-borders.html").read_bytes()).hexdigest())
    assert len(digests) == 1


def test_two_pages_in_one_process_are_the_same(case: bm.Casebook, html: str) -> None:
    folium.Map().get_root().render()
    assert casebook_page(case).html() == html


def test_folium_own_lists_are_left_as_they_were(case: bm.Casebook) -> None:
    before = (list(folium.Map.default_js), list(folium.Map.default_css))
    casebook_page(case).html()
    assert (folium.Map.default_js, folium.Map.default_css) == before


def test_an_element_that_wants_something_from_elsewhere_is_refused() -> None:
    page = bm.Map([bm.BaseLayer(), folium.plugins.MarkerCluster()], title="x")  # type: ignore[no-untyped-call]
    with pytest.raises(BordermapError, match="not bundled") as caught:
        page.html()
    assert "add_to" in caught.value.hint


def test_tiles_from_elsewhere_do_not_slip_in() -> None:
    class Picture:
        def add_to(self, parent: Any) -> None:
            parent.get_root().html.add_child(folium.Element('<img src="https://example.org/a.png">'))

    page = bm.Map([bm.BaseLayer(), Picture()], title="x")
    with pytest.raises(BordermapError, match="reach outside"):
        page.html()


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "YW I=", "a\n", "<", "é", "a;", "{{ 1 }}"]
)
def test_a_block_holds_base64_and_nothing_else(text: str) -> None:
    with pytest.raises(BordermapError, match="base64"):
        Block(text)
    page = bm.Map([OwnBlocks(text)], title="x")
    with pytest.raises(BordermapError, match="base64"):
        page.html()


def test_blocks_are_left_out_of_what_is_looked_at_and_the_rest_is_not() -> None:
    pieces = [*block_elements("d", ["YWI=", ""]), '<img src="https://example.org/a.png">']
    assert whole(pieces).startswith(
        '<script type="text/plain" id="d-0">YWI=</script><script type="text/plain" id="d-1">'
    )
    assert "YWI=" not in shell(pieces)
    with pytest.raises(BordermapError, match="reach outside"):
        policy_for(shell(pieces))
    page = bm.Map([OwnBlocks("YWI=")], title="é")
    assert page.encoded() == page.html().encode() and "YWI=" in page.html()


class OwnBlocks:
    """A layer of somebody's own, with a block."""

    def __init__(self, block: str) -> None:
        self.block = block

    def add_to(self, parent: Any) -> None:
        parent.add_child(layer_element({"kind": "own", "blocks": [self.block]}))


def test_a_layer_adds_itself_to_any_folium_map(case: bm.Casebook) -> None:
    mine = folium.Map(location=[37.2, 68.5], tiles=None)
    layers: list[bm.IncidentLayer | bm.BorderLayer | bm.ContextLayer] = [
        bm.IncidentLayer(case), bm.BorderLayer(bm.read_borders("AFG")), bm.ContextLayer(case),
    ]  # fmt: skip
    for layer in layers:
        assert layer.add_to(mine) is layer
    rendered = mine.get_root().render()
    assert rendered.count("bordermap.add(") == 3
    assert rendered.count("var bordermap") + rendered.count("bordermap=") >= 1
    assert "bordermap.page(" not in rendered


def test_a_page_shows_itself_in_a_notebook(case: bm.Casebook) -> None:
    shown = casebook_page(case)._repr_html_()
    assert shown.startswith("<iframe srcdoc=") and "allow-same-origin" not in shown
    assert "<script" not in shown


def test_a_page_replaces_a_page_of_ours_and_nothing_else(case: bm.Casebook, tmp_path: Path) -> None:
    page = casebook_page(case)
    target = page.save(tmp_path / "map.html")
    page.save(target)
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError):
        page.save(target)
    assert target.read_text(encoding="utf-8") == "mine"
