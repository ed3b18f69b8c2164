"""How long the command line takes to start, beside the bare interpreter and an eager import of what it uses.

Run: python benchmarks/start.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

PEERS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import click": [sys.executable, "-c", "import click"],
    "bordermap --help": [sys.executable, "-m", "bordermap", "--help"],
    "import geopandas, folium": [sys.executable, "-c", "import geopandas, folium"],
}
ROUNDS = 11


def seconds(command: list[str]) -> float:
    """One run of a command in a new process."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Run the peers in turn and print medians and the ratio."""
    taken: dict[str, list[float]] = {name: [] for name in PEERS}
    for _ in range(ROUNDS):
        for name, command in PEERS.items():
            taken[name].append(seconds(command))
    medians = {name: statistics.median(values) * 1000 for name, values in taken.items()}
    bare = medians["python -c pass"]
    for name, median in medians.items():
        print(f"{name:28} {median:7.0f} ms   {median - bare:+7.0f} ms beyond the interpreter")
    beyond = medians["bordermap --help"] - bare
    eager = medians["import geopandas, folium"] - bare
    print(
        f"bordermap --help takes {beyond / eager:.2f} of an eager start; wanted: at most 60 ms beyond ({beyond:.0f} ms)"
    )


if __name__ == "__main__":
    main()
