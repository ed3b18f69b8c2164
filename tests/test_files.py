from __future__ import annotations

import os
from pathlib import Path

import pytest

from bordermap.errors import OutputError
from bordermap.files import write_atomically, write_standard_output


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    assert write_atomically(tmp_path / "a.html", b"whole").read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


def test_what_stands_there_is_kept_unless_asked(tmp_path: Path) -> None:
    target = tmp_path / "a.html"
    target.write_bytes(b"theirs")
    with pytest.raises(OutputError, match="exists already") as caught:
        write_atomically(target, b"ours")
    assert "--overwrite" in caught.value.hint and caught.value.exit_code == 4
    assert target.read_bytes() == b"theirs"
    write_atomically(target, b"ours", overwrite=True)
    assert target.read_bytes() == b"ours"
    write_atomically(target, b"again", ours=lambda path: path.read_bytes() == b"ours")
    assert target.read_bytes() == b"again"


def test_a_failed_write_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.html"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write_atomically(target, b"new", overwrite=True)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


@pytest.mark.parametrize("name", ["nowhere/a.html", "."])
def test_an_impossible_place_is_one_clear_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError) as caught:
        write_atomically(tmp_path / name, b"x")
    assert caught.value.hint


def test_the_mode_of_a_replaced_file_stays(tmp_path: Path) -> None:
    target = tmp_path / "a.html"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_atomically(target, b"new", overwrite=True)
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_terminal_gets_no_raw_bytes(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    with pytest.raises(OutputError) as caught:
        write_standard_output(b"\x1b[2J")
    assert caught.value.code == "BM410" and capfdbinary.readouterr().out == b""
