"""Coverage-guided fuzzing of the readers: ``python tests/fuzz/run.py --seconds 60 [--target kml]…``.

Each target starts from files of the corpus and runs in a process of its own. What breaks it is kept under
``tests/fuzz/findings/TARGET/``, where ``test_findings.py`` tries it again on every run of the tests.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
FINDINGS = HERE / "findings"
#: Longer inputs teach nothing new and cost time.
LONGEST = 30_000


def main(arguments: list[str] | None = None) -> int:
    """Fuzz each of the targets for the given time; 1 where something was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--target", action="append", help="only this one; may be given several times")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--findings", type=Path, default=FINDINGS, help="where to keep what breaks a target")
    given = parser.parse_args(arguments)
    sys.path[:0] = [str(HERE.parent)]
    if given.one:
        fuzz_one(given.one, given.seconds, given.findings)
    from fuzz.targets import TARGETS

    broken = [name for name in given.target or TARGETS if not survives(name, given.seconds, given.findings)]
    print("found something in: " + ", ".join(broken) if broken else "nothing found")
    return 1 if broken else 0


def survives(name: str, seconds: int, findings: Path) -> bool:
    """Fuzz one target in a process of its own."""
    command = [
        sys.executable,
        str(HERE / "run.py"),
        "--one",
        name,
        "--seconds",
        str(seconds),
        "--findings",
        str(findings),
    ]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    lines = done.stderr.splitlines()
    counts = [
        line
        for line in lines
        if (line.startswith(("Done ", "#")) and "exec/s" in line) or line.startswith("Done ")
    ]
    print(f"{name}: exit {done.returncode}; {counts[-1] if counts else ''}", flush=True)
    if done.returncode:
        print("\n".join(lines[-40:]), flush=True)
    return done.returncode == 0


def fuzz_one(name: str, seconds: int, findings: Path) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["bordermap"]):
        from fuzz.targets import TARGETS, only_promised

    target = TARGETS[name]
    (findings / name).mkdir(parents=True, exist_ok=True)
    seeds = Path(tempfile.mkdtemp(prefix="seeds-"))
    for number, data in enumerate(seeds_of(name)):
        (seeds / f"{number:04}").write_bytes(data)
    flags = [
        "fuzz", str(seeds), f"-max_total_time={seconds}", "-seed=1", "-timeout=20", "-rss_limit_mb=3000",
        f"-max_len={LONGEST}", f"-artifact_prefix={findings / name}/", "-print_final_stats=0",
    ]  # fmt: skip
    atheris.Setup(flags, lambda data: only_promised(target, data))
    atheris.Fuzz()


def seeds_of(name: str) -> Iterator[bytes]:
    """What to start from: files of the corpus that are short enough, or bytes written for the target."""
    from fuzz.targets import TARGETS, written

    from support.corpus import FILES, built

    for root in (FILES, built()):
        for pattern in TARGETS[name].seeds:
            for path in sorted(root.glob(pattern)):
                if path.stat().st_size <= LONGEST:
                    yield path.read_bytes()
    yield from written(name)


if __name__ == "__main__":
    sys.exit(main())
