"""The same function over the same partitions gives the same results in order, in a loop and on processes."""

import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from pipeline.classify.stage import classify, load_axis_model
from pipeline.config import load_config
from pipeline.embed.stage import embed
from pipeline.execution import LocalExecutor, partition_bounds
from pipeline.execution.local import WorkerLostError
from pipeline.folder.artifacts import RunFolder
from pipeline.language.models.encoders import load_encoder
from pipeline.metering import GC_THRESHOLD

ROOT = Path(__file__).parents[2]


@given(n=st.integers(0, 10_000), size=st.integers(1, 5000))
def test_partitions_cover_every_row_once(n: int, size: int) -> None:
    bounds = partition_bounds(n, size)
    assert [row for start, end in bounds for row in range(start, end)] == list(range(n))
    assert all(end - start == size for start, end in bounds[:-1])


def test_other_processes_seldom_look_for_cycles() -> None:
    asked = "__import__('gc').get_threshold()[0]"
    with LocalExecutor(2).kept({"here": 1, "there": 1}) as hands:
        assert hands.map(eval, [("here", asked), ("there", asked)])["there"] == GC_THRESHOLD


def test_parts_are_asked_for_as_they_go() -> None:
    asked: list[int] = []

    def parts() -> Iterator[str]:
        for n in range(40):
            asked.append(n)
            yield "a" * n

    results = LocalExecutor(2).map(len, parts())
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    assert len(asked) < 10
    assert list(results) == list(range(3, 40))


def test_a_lost_process_is_told_and_what_it_answered_before_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (
        "import os, signal, time",
        "from multiprocessing import parent_process",
        "def work(n):",
        "    time.sleep(0.05)",
        "    if n >= 7 and parent_process() is not None: os.kill(os.getpid(), signal.SIGKILL)",
        "    return n",
    )
    (tmp_path / "dying_at_seven.py").write_text("\n".join(lines))
    monkeypatch.syspath_prepend(tmp_path)  # where the processes will find it too
    results = LocalExecutor(2).map(importlib.import_module("dying_at_seven").work, range(200))
    received = [next(results)]
    with pytest.raises(WorkerLostError, match=r"mémoire.*reprendra"):
        received.extend(results)
    assert received == list(range(len(received)))


@pytest.mark.skipif(sys.platform == "win32", reason="needs process groups")
def test_ctrl_c_stops_every_process_and_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "work.py").write_text("import os, time\ndef work(n): time.sleep(0.2); return os.getpid()\n")
    # a test run in the background of a shell inherits that Ctrl-C is ignored
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    code += "from work import work; from pipeline.execution import LocalExecutor as L\n"
    code += "for who in L(2).map(work, range(900)): print(who)"
    process = subprocess.Popen(
        [sys.executable, "-uc", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
    )  # fmt: skip
    assert process.stdout is not None
    workers: set[str] = set()
    while len(workers) < 2:
        workers.add(process.stdout.readline())
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode != 0
    assert told.count("\nKeyboardInterrupt") == 1


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["rapide", "precis"])
def test_the_size_of_partitions_moves_no_digit(demo_run: Path, profile: str) -> None:
    run = RunFolder.open(demo_run)
    items, contributions = run.load_table("items").head(60), run.load_table("contributions")
    model = load_axis_model(profile)
    results = []
    for size in (1024, 7):
        embeddings = embed(items, contributions, load_encoder(), size)
        config = load_config(profil=profile, taille_partition=size)
        results.append((embeddings.texts(), classify(items, contributions, embeddings, model, config)))
    (vectors, found), (other_vectors, other) = results
    np.testing.assert_array_equal(vectors, other_vectors)
    pd.testing.assert_frame_equal(found.tags, other.tags, check_exact=True)
    np.testing.assert_array_equal(found.ideas, other.ideas)


SHARED_OUT = """
import os, time

def who_squares(number):
    time.sleep(0.05)
    return os.getpid(), number * number

TOLD = {}


def told_before(name):
    TOLD[name] = TOLD.get(name, 0) + 1
    return os.getpid(), TOLD[name]


def begins(part):
    folder, name = part
    if name == "here":
        while len(os.listdir(folder)) < 2:
            time.sleep(0.01)
        raise KeyboardInterrupt
    open(os.path.join(folder, name), "w").close()
    while len(os.listdir(folder)) < 2:
        time.sleep(0.01)
    time.sleep(0.5)


def inverse(number):
    return 1 / number

def n_blas_threads(_):
    from threadpoolctl import threadpool_info
    return max(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas")
"""


@pytest.fixture
def shared_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Functions that processes find too, wherever the tests were started from."""
    (tmp_path / "shared_out.py").write_text(SHARED_OUT)
    monkeypatch.syspath_prepend(tmp_path)
    sys.modules.pop("shared_out", None)
    return importlib.import_module("shared_out")


def test_this_process_works_beside_the_others_and_answers_stay_in_order(shared_out: ModuleType) -> None:
    answers = list(LocalExecutor(2).map(shared_out.who_squares, iter(range(120))))
    assert [square for _, square in answers] == [number * number for number in range(120)]
    workers = {worker for worker, _ in answers}
    assert os.getpid() in workers
    assert len(workers) == 2
    with pytest.raises(ZeroDivisionError):
        list(LocalExecutor(2).map(shared_out.inverse, iter([1, 2, 4, 0, 5, 6, 7])))


@pytest.mark.parametrize("n_workers", [1, 2, 8])
def test_the_heaviest_name_is_done_here_and_each_where_it_was_before(n_workers: int, shared_out: ModuleType) -> None:
    with LocalExecutor(n_workers).kept({"a": 1, "b": 5, "c": 3}) as hands:
        first, second = (hands.map(shared_out.told_before, [(name, name) for name in "abc"]) for _ in range(2))
    assert list(first) == list(second) == ["a", "b", "c"]
    assert first["b"] == (os.getpid(), 1)
    assert len({process for process, _ in first.values()}) == min(n_workers, 3)
    assert second == {name: (process, 2) for name, (process, _) in first.items()}


def test_names_are_shared_by_their_weights() -> None:
    with LocalExecutor(2).kept({"a": 5, "b": 4, "c": 4, "d": 2}) as hands:
        assert hands.places == {"a": 0, "b": 1, "c": 1, "d": 0}


def test_once_this_process_is_stopped_no_other_begins_a_part(tmp_path: Path, shared_out: ModuleType) -> None:
    (folder := tmp_path / "begun").mkdir()
    names = {"here": 9, "a": 4, "b": 4, "c": 2, "d": 2}
    with pytest.raises(KeyboardInterrupt), LocalExecutor(3).kept(names) as hands:
        hands.map(shared_out.begins, [(name, (folder, name)) for name in names])
    assert sorted(one.name for one in folder.iterdir()) == ["a", "b"]


def test_what_fails_beside_fails_here() -> None:
    with pytest.raises(TypeError), LocalExecutor(2).kept({"a": 1, "b": 1}) as hands:
        hands.map(len, [("a", "it"), ("b", 3)])  # type: ignore[arg-type]


def test_products_have_one_thread_wherever_a_part_is_done(shared_out: ModuleType) -> None:
    with threadpool_limits(limits=2):
        here, *elsewhere = LocalExecutor(2).map(shared_out.n_blas_threads, range(4))
    assert {here, *elsewhere} == {1}
