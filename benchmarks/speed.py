"""Measures how long building, asking and serving take, and how much memory and disk they need.

Usage: python benchmarks/speed.py [--home HOME]

Without ``--home`` an index of ``seeds`` is built in a temporary folder, the embedding model compiled on the way. Every
figure is taken from outside, of processes as a user starts them. Times are wall-clock, for a machine that is idle.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import math
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
SEEDS, QUESTIONS = ROOT / "seeds", ROOT / "tests/questions/seeds.jsonl"
QUESTION = "What did Lavrov say after meeting Pompeo?"
RUNS, REQUESTS = 7, 200


def tell(what: str, figure: str) -> None:
    sys.stdout.write(f"{what:<44}{figure}\n")
    sys.stdout.flush()


def command(name: str, *arguments: object) -> list[str]:
    return [sys.executable, "-m", "qa_service", name, *map(str, arguments)]


def run(*arguments: str) -> tuple[float, float]:
    """Wall-clock and processor seconds of a whole process."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(arguments, cwd=ROOT, check=True, capture_output=True)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure_asking(home: Path) -> None:
    taken = [run(*command("ask", QUESTION, "--home", home)) for _ in range(RUNS)]
    wall, processor = (statistics.median(times) for times in zip(*taken, strict=True))
    tell(f"qa-service ask, median of {RUNS} processes", f"{wall:.2f} s ({processor:.2f} s of processor time)")


@contextmanager
def serving(home: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server process and its port, from the moment on at which it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    started = command("serve", "--home", home, "--port", port)
    with subprocess.Popen(started, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            next(line for line in process.stderr if "answers at" in line)
            yield process, port
        finally:
            process.terminate()


def bodies() -> list[bytes]:
    """The questions of the seeds as requests."""
    asked = map(json.loads, QUESTIONS.read_text(encoding="utf-8").splitlines())
    return [json.dumps({"question": a["question"], "history": a.get("history", [])}).encode() for a in asked]


def ask_all(port: int, requests: Iterable[bytes]) -> list[float]:
    """Milliseconds of each request, one after the other over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    taken = []
    for body in requests:
        began = time.perf_counter()
        connection.request("POST", "/ask", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        response.read()
        taken.append((time.perf_counter() - began) * 1000)
        assert response.status == 200, response.status
    connection.close()
    return taken


def measure_serving(home: Path) -> None:
    with serving(home) as (process, port):
        questions = bodies()
        first = ask_all(port, questions[:1])[0]
        ask_all(port, questions)
        taken = sorted(ask_all(port, itertools.islice(itertools.cycle(questions), REQUESTS)))
        p95 = taken[math.ceil(0.95 * len(taken)) - 1]
        tell("POST /ask, first request", f"{first:.1f} ms")
        tell(f"POST /ask, warm, {REQUESTS} requests", f"median {statistics.median(taken):.1f} ms, p95 {p95:.1f} ms")
        processes = [process.pid, *children(process.pid)]
        pss, rss = (sum(memory(pid, name) for pid in processes) for name in ("Pss", "Rss"))
        tell(f"memory of the server, {len(processes)} processes", f"{pss:.0f} MB PSS, {rss:.0f} MB RSS")


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def memory(pid: int, name: str) -> float:
    """Megabytes of a process: ``Rss``, or ``Pss``, which counts what is shared once over all that share it."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) * 1024 / 1e6


def measure_disk(home: Path) -> None:
    for name in ("models", "snapshots"):
        size = sum(file.stat().st_size for file in (home / name).rglob("*") if file.is_file())
        tell(f"{name} on disk", f"{size / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="measure the index in this folder instead of building one")
    given = parser.parse_args().home
    with tempfile.TemporaryDirectory() as temporary:
        home = given.resolve() if given else Path(temporary, "home")
        if not given:
            wall, processor = run(*command("index", SEEDS, "--home", home))
            tell("index of seeds from nothing", f"{wall:.1f} s ({processor:.1f} s of processor time)")
        measure_asking(home)
        measure_serving(home)
        measure_disk(home)


if __name__ == "__main__":
    main()
