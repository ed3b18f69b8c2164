"""The output folder: whether it may be written to, what of an interrupted run it holds, and its manifest."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from bordermap.analysis.parts.job import as_json
from bordermap.errors import InputError, OutputError
from bordermap.explanations import FAULTS
from bordermap.files import write_atomically
from bordermap.text import plain

MANIFEST: Final = "_manifest.json"
WORK: Final = "_work"
REJECTS: Final = "_rejects"
_PLAN: Final = "plan.json"
_LOCK: Final = "lock"
_MADE_BY: Final = "bordermap"
#: Files of ours, and what a killed process leaves of them.
_OURS: Final = re.compile(
    r"part-\d{5,}\.parquet|\.part-\d{5,}\.parquet\.\w+\.part|\._manifest\.json\.\w+\.part"
)
_PASSING: Final = re.compile(r"\..*\.part")


def output_fault(code: str, message: str = "", *, hint: str = "") -> OutputError:
    """An error about the output folder, with the table's own words where none are given."""
    return OutputError(message or FAULTS[code].cause, hint=hint or FAULTS[code].cure, code=code)


def check_apart(folder: Path, output: Path) -> None:
    """See that the output does not lie in what is read, nor the other way round.

    Raises:
        OutputError: It does (BM524).

    Example:
        >>> check_apart(Path("export"), Path("out"))
    """
    read, written = folder.resolve(), output.resolve()
    if read == written or read in written.parents or written in read.parents:
        raise output_fault("BM524", f"{plain(output)} and {plain(folder)} are the same, or one in the other")


@contextmanager
def output_folder(output: Path, plan: Mapping[str, Any], *, overwrite: bool) -> Iterator[Path]:
    """The folder for one run, which alone may write to it meanwhile.

    Args:
        output: Absent, empty, or ours: an interrupted run of the same plan goes on where it was, one of
            another plan is begun anew, a finished one only where it may be overwritten.
        plan: What is to be done, as plain values.
        overwrite: Whether a finished output of ours may be replaced.

    Yields:
        The folder for the files between the steps, which is kept until :func:`finish`.

    Raises:
        OutputError: Something of somebody else stands there (BM522), it is complete (BM523), another run is
            at work (BM525), or the disk refuses (BM537).
    """
    _check_ours(output)
    if (output / MANIFEST).exists() and not overwrite:
        raise output_fault("BM523", f"{plain(output)} is complete already")
    work = output / WORK
    with writing(output):
        work.mkdir(parents=True, exist_ok=True)
    with _alone(work, output):
        with writing(output):
            if (output / MANIFEST).exists() or _plan_of(work) != json.loads(as_json(plan)):
                _empty(output)
                write_atomically(work / _PLAN, as_json(plan), overwrite=True)
        yield work


@contextmanager
def writing(output: Path) -> Iterator[None]:
    """Turns what the disk says into an error of ours.

    Raises:
        OutputError: It refuses (BM537).
    """
    try:
        yield
    except OSError as error:
        words = f"{plain(output)} could not be written: {error.strerror or error}"
        raise output_fault("BM537", words) from error


def _check_ours(output: Path) -> None:
    if output.is_symlink() and not output.exists():
        raise output_fault("BM522", f"{plain(output)} leads nowhere")
    if not output.exists():
        return
    if not output.is_dir():
        raise output_fault("BM522", f"{plain(output)} is a file")
    names = sorted(each.name for each in output.iterdir())
    if names and not _is_ours(output, names):
        others = [name for name in names if not _is_name_of_ours(name)] or names
        raise output_fault("BM522", f"{plain(output)} holds {plain(others[0])}, which is not ours")


def _is_name_of_ours(name: str) -> bool:
    return name in (MANIFEST, WORK, REJECTS) or bool(_OURS.fullmatch(name))


def _is_ours(output: Path, names: list[str]) -> bool:
    if not all(map(_is_name_of_ours, names)):
        return False
    work = output / WORK
    begun = {each.name for each in work.iterdir()} if work.is_dir() else None
    # A run that was killed before it wrote its plan has left nothing but its lock.
    return (begun is not None and (_PLAN in begun or begun <= {_LOCK})) or bool(read_manifest(output))


def _plan_of(work: Path) -> dict[str, Any]:
    try:
        plan: dict[str, Any] = json.loads((work / _PLAN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return plan


def _empty(output: Path) -> None:
    """Take away what is ours; the manifest first, so that nothing half removed looks complete."""
    (output / MANIFEST).unlink(missing_ok=True)
    for each in output.iterdir():
        if _OURS.fullmatch(each.name):
            each.unlink()
    shutil.rmtree(output / REJECTS, ignore_errors=True)
    for each in (output / WORK).iterdir():
        if each.name != _LOCK:
            each.unlink()


@contextmanager
def _alone(work: Path, output: Path) -> Iterator[None]:
    """Hold a lock that ends with this process, however it ends."""
    try:
        import fcntl
    except ImportError:  # no such locks on this system: equal runs write equal files all the same
        yield
        return
    with (work / _LOCK).open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise output_fault("BM525", f"another run is writing to {plain(output)}") from error
        yield


def read_manifest(output: str | Path) -> dict[str, Any]:
    """The manifest of a finished output; empty where there is none of ours.

    Example:
        >>> read_manifest("no/such/folder")
        {}
    """
    try:
        found = json.loads((Path(output) / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and found.get("made_by") == _MADE_BY else {}


def discard(output: Path) -> None:
    """Take away what a run without any result has left; the folder too, where nothing else stands in it."""
    _empty(output)
    shutil.rmtree(output / WORK, ignore_errors=True)
    if not any(output.iterdir()):
        output.rmdir()


def finished(output: str | Path) -> dict[str, Any]:
    """The manifest of an output that is finished and whole.

    Raises:
        InputError: It is not (BM528).
    """
    manifest, shown = read_manifest(output), plain(output)
    if not manifest:
        raise InputError(f"{shown} is no finished output of enriching", hint=_ANEW, code="BM528")
    for part in manifest["parts"]:
        if not (Path(output) / part["name"]).is_file():
            raise InputError(f"{part['name']} is missing from {shown}", hint=_ANEW, code="BM528")
    return manifest


_ANEW: Final = FAULTS["BM528"].cure


def finish(output: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest, last of all, and take away the files between the steps."""
    write_atomically(output / MANIFEST, as_json({"made_by": _MADE_BY, **manifest}), overwrite=True)
    shutil.rmtree(output / WORK, ignore_errors=True)
    with writing(output):
        for each in output.iterdir():
            if _PASSING.fullmatch(each.name) and _OURS.fullmatch(each.name):
                each.unlink(missing_ok=True)
