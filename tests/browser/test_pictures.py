"""Pictures of pages against those that somebody looked at: on a desk, on a phone, on paper.

After a change that is meant to be seen: `make goldens`, and look at each of the pictures before they are committed.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

import bordermap as bm
from bordermap.maps.casebook_page import casebook_page

from support.page_rows import write
from support.pictures import PICTURES, Picture, golden, is_alike, small, taken, unlike
from support.visits import Open

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("pictures")]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pictures")
    casebook = casebook_page(bm.read_casebook())
    rows = bm.read_incidents(write(folder / "rows.csv", 10_000), rights="open")
    return {
        "casebook": casebook.save(folder / "casebook.html"),
        "rtl": replace(casebook, dir="rtl").save(folder / "rtl.html"),
        "rows": casebook_page(rows, title="Ten thousand made-up incidents").save(folder / "rows.html"),
    }


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_page_looks_as_it_did(
    picture: Picture, open_page: Open, pages: dict[str, Path], tmp_path: Path
) -> None:
    visit = open_page(pages[picture.page], width=picture.width, height=picture.height, **picture.options)
    now = small(taken(picture, visit.page))
    visit.page.context.close()
    if os.environ.get("BORDERMAP_GOLDENS") == "write":
        now.save(golden(picture.name), optimize=True)
    assert golden(picture.name).is_file(), (
        "there is no picture to compare with: run `make goldens` and look at it"
    )
    now.save(tmp_path / f"{picture.name}.png")
    before = Image.open(golden(picture.name))
    assert is_alike(now, before), f"{unlike(now, before):.1f} ‰ differ: {tmp_path / picture.name}.png"


def test_pictures_that_differ_are_told_apart() -> None:
    """The comparison can fail: a symbol that moved, a panel of another colour, another size."""
    before = Image.open(golden("casebook-desk")).convert("RGB")
    assert is_alike(before, before.copy())
    moved = before.copy()
    moved.paste(before.crop((333, 0, 1280, 600)), (345, 8))
    assert not is_alike(before, moved)
    other = before.copy()
    other.paste((200, 210, 240), (0, 0, 332, 300))
    assert not is_alike(before, other)
    assert not is_alike(before, before.resize((1279, 800)))
