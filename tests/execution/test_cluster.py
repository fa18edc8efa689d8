"""Partitions on a real Dask cluster: the results of a loop, in order, whoever is lost on the way."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from pipeline.classify.stage import classify, load_axis_model
from pipeline.cluster.pairs import nothing_beside
from pipeline.cluster.stage import AxisTexts, group_axis
from pipeline.config import load_config
from pipeline.embed.stage import embed
from pipeline.errors import EXIT_FAILED, UsageError
from pipeline.execution import DaskExecutor, LocalExecutor, cluster, partition_bounds
from pipeline.execution.cluster import differences, digest, identity
from pipeline.execution.local import WorkerLostError
from pipeline.folder.artifacts import IDEAS, RunFolder
from pipeline.language.models.encoders import load_encoder
from pipeline.place.model import load_place
from pipeline.place.stage import place
from pipeline.place.titles import titles_of

ROOT = Path(__file__).parents[2]


def start_scheduler(folder: Path) -> tuple[str, subprocess.Popen[bytes]]:
    """The address of a real scheduler on loopback, and its process."""
    address_file = folder / "scheduler.json"
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    process = _start([*command, "--no-dashboard", "--scheduler-file", str(address_file)])
    deadline = time.monotonic() + 60
    told = ""
    while not told.endswith("}") and time.monotonic() < deadline:  # there before it is written
        time.sleep(0.1)
        told = address_file.read_text().strip() if address_file.exists() else ""
    return json.loads(told)["address"], process


def start_worker(address: str, source: Path = ROOT) -> subprocess.Popen[bytes]:
    """A worker of one thread whose code is in `source`."""
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny"]
    return _start([*worker, "--no-dashboard", "--host", "127.0.0.1"], source)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A real scheduler and two real workers, as processes on loopback."""
    address, process = start_scheduler(tmp_path_factory.mktemp("dask"))
    workers = [start_worker(address) for _ in range(2)]
    yield address, workers
    for one in [*workers, process]:
        one.kill()
        one.wait()


def _start(command: list[str], source: Path = ROOT) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(source)}
    return subprocess.Popen(command, cwd=source, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


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
        embeddings = embed(items, contributions, load_encoder(), 100, executor)
        tags = classify(items, contributions, embeddings, load_axis_model("rapide"), config, executor).tags
        results.append((embeddings.texts().tobytes(), tags))
    (local_vectors, local_tags), (remote_vectors, remote_tags) = results
    assert local_vectors == remote_vectors
    pd.testing.assert_frame_equal(local_tags, remote_tags, check_exact=True)


@pytest.mark.slow
def test_the_groups_of_a_cluster_are_those_of_a_loop(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]], demo_run: Path
) -> None:
    run = RunFolder.open(demo_run)
    texts, vectors = run.load_table("items")["text"].tolist(), run.embeddings.load().texts()
    batches = []
    for rows in (slice(0, 120), slice(120, 240)):
        part = vectors[rows]
        batches.append(AxisTexts(texts[rows], part, 7, np.arange(len(part)), nothing_beside(part)))
    for one, other in zip(
        LocalExecutor(1).map(group_axis, batches), DaskExecutor(scheduler[0]).map(group_axis, batches), strict=True
    ):
        assert one.n_groups > 3
        assert one.labels.tobytes() == other.labels.tobytes()
        assert one.strengths.tobytes() == other.strengths.tobytes()
        assert one.near is not None
        assert other.near is not None
        assert one.near.chances.tobytes() == other.near.chances.tobytes()


@pytest.mark.slow
def test_the_placings_of_a_cluster_are_those_of_a_loop(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]], demo_run: Path
) -> None:
    run = RunFolder.open(demo_run)
    items, contributions, tags = (run.load_table(name) for name in ("items", "contributions", "tags"))
    titles = titles_of(run.load_table("titles"))
    config = load_config(profil=run.manifest.load()["config"]["profil"], taille_partition=40)
    given = run.embeddings.load(), run.load_matrix(IDEAS), titles, load_place(config.profil), config
    here, there = (
        place(items, contributions, tags, *given, executor).placings
        for executor in (LocalExecutor(1), DaskExecutor(scheduler[0]))
    )
    assert 0 < here["title_id"].notna().sum() < len(here)
    assert here["chance"].to_numpy().tobytes() == there["chance"].to_numpy().tobytes()
    pd.testing.assert_frame_equal(here, there, check_exact=True)


@pytest.mark.slow
@pytest.mark.filterwarnings("error")
def test_a_partition_as_large_as_an_axis_is_sent_without_a_warning(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    assert list(DaskExecutor(scheduler[0]).map(len, [b"0" * 12_000_000])) == [12_000_000]


def _slow_sum(part: tuple[list[int], float]) -> int:
    rows, seconds = part
    time.sleep(seconds)
    return sum(rows)


def test_an_address_where_nobody_answers_is_told_in_french() -> None:
    with pytest.raises(UsageError, match="ordonnanceur"):
        list(DaskExecutor("tcp://127.0.0.1:1").map(len, ["a"]))


@pytest.mark.slow
def test_a_scheduler_that_dies_is_told_and_what_was_answered_stands(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    address, process = start_scheduler(tmp_path)
    worker = start_worker(address)
    results = DaskExecutor(address).map(_slow_sum, [([n], 0.1) for n in range(1_000)])
    assert [next(results), next(results)] == [0, 1]
    process.kill()
    process.wait()
    with pytest.raises(WorkerLostError, match=r"L'ordonnanceur Dask de tcp.* ne répond plus.*elle reprendra") as told:
        list(results)
    assert told.value.exit_code == EXIT_FAILED
    assert "Traceback" not in capfd.readouterr().err
    worker.kill()
    worker.wait()


@pytest.mark.slow
def test_a_worker_with_another_constant_is_refused_before_it_computes(tmp_path: Path) -> None:
    address, process = start_scheduler(tmp_path)
    for folder in ("pipeline", "configs", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "bench"))
    (tmp_path / "models").symlink_to(ROOT / "models")
    changed = tmp_path / "pipeline" / "classify" / "reading" / "calibration.py"
    source = changed.read_text(encoding="utf-8")
    changed.write_text(f"{source}\n_ANOTHER = 1\n", encoding="utf-8")
    workers = [start_worker(address), start_worker(address, tmp_path)]
    try:
        _wait_for_workers(address, 2)
        with pytest.raises(UsageError, match=r"n'a pas le même Rosace.*\(pipeline/classify\)"):
            list(DaskExecutor(address).map(_slow_sum, [([1], 0.0)] * 20))
    finally:
        for one in [*workers, process]:
            one.kill()
            one.wait()


def _wait_for_workers(address: str, n: int) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(n, timeout=60)


def test_a_worker_that_comes_later_with_other_code_computes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cluster._if_same(len, digest(), "abc") == 3
    monkeypatch.setattr("distributed.get_worker", lambda: SimpleNamespace(address="tcp://tard:1"))
    with pytest.raises(UsageError, match="tcp://tard:1"):
        cluster._if_same(len, "another", "abc")


def test_rooms_settings_and_libraries_tell_who_computes() -> None:
    here = identity()
    assert re.fullmatch(r"[0-9a-f]{64}", here["pipeline/classify"])
    assert "configs" in here
    assert here["numpy"] == version("numpy")
    assert not [name for name in here if "__pycache__" in name]
    assert differences(dict(here)) == []


def test_what_differs_is_named_whichever_side_has_it() -> None:
    there = {**identity(), "numpy": "0.1", "pipeline/de_plus.py": "0"}
    del there["pipeline/axes.py"]
    assert differences(there) == ["numpy", "pipeline/axes.py", "pipeline/de_plus.py"]
    assert len(digest()) == 64
