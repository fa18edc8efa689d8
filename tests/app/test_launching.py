"""A run in a process of its own: what it tells, how it is stopped, what is said when it ends badly."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.api.runs import draft
from pipeline.app.launching import Launch, Launches, Looking
from pipeline.app.places import Place, Places, document_options
from pipeline.config import load_config
from pipeline.errors import UsageError


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Places(tmp_path / "Rosace", tmp_path / "runs").create("Eau")


def ended(launches: Launches, place: Place) -> Launch:
    launch = launches.of(place)
    assert launch is not None
    deadline = time.monotonic() + 60
    while not launch.is_over and time.monotonic() < deadline:
        time.sleep(0.05)
    assert launch.is_over
    return launch


def test_there_must_be_something_to_read(place: Place) -> None:
    with pytest.raises(UsageError, match="au moins un fichier"):
        Launches().start(place, "rapide")


def test_a_refusal_of_the_engine_is_told_as_the_engine_tells_it(place: Place) -> None:
    (place.files / "notes.xlsx").write_bytes(b"pas un classeur")
    launches = Launches()
    launches.start(place, "rapide")
    assert "notes.xlsx" in ended(launches, place).problem


@pytest.mark.parametrize("heard", [signal.default_int_handler, signal.SIG_IGN], ids=["in front", "in the background"])
def test_a_run_that_is_stopped_says_so(heard: Any, place: Place) -> None:
    (place.files / "notes.txt").write_text("- Un car le soir\n" * 50, encoding="utf-8")
    launches = Launches()
    before = signal.signal(signal.SIGINT, heard)
    try:
        launches.start(place, "rapide")
    finally:
        signal.signal(signal.SIGINT, before)
    assert launches.is_under_way(place)
    launches.stop(place)
    assert "Vous avez arrêté" in ended(launches, place).problem
    assert not place.is_done


def test_a_look_stops_inside_a_long_file(place: Place) -> None:
    class Stopping(Looking):
        def watch(self, n_said: int) -> None:
            self.is_stopped = n_said == 100
            super().watch(n_said)

    file = place.files / "long.txt"
    file.write_text("".join(f"- Planter la haie {n}\n" for n in range(300)), encoding="utf-8")
    settings, files = load_config().ingest, [("long.txt", file)]
    stopped = Stopping(["long.txt"], ())
    stopped.read(files, settings)
    assert (stopped.is_over, stopped.n_said, stopped.n_done, stopped.found) == (True, 100, 0, [])
    whole = Looking(["long.txt"], ())
    whole.read(files, settings)
    assert (whole.n_done, [one.n_kept for one in whole.found]) == (1, [300])


DEAF_ONCE = """
import signal, time
signal.signal(signal.SIGINT, lambda *_: signal.signal(signal.SIGINT, signal.default_int_handler))
while True:
    print('{"kind": "advance", "n": 1}', flush=True)
    time.sleep(0.05)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process at once")
def test_a_process_that_missed_an_interruption_is_interrupted_again(place: Place) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", DEAF_ONCE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    launch = Launch(place, process)
    follower = threading.Thread(target=launch.follow, daemon=True)
    follower.start()
    launch.hear({"kind": "start", "stage": "ingest", "total": 9})
    while launch.stages["ingest"].n == 0:
        time.sleep(0.01)
    launch.interrupt()
    process.wait(30)
    follower.join(30)
    assert launch.is_over
    assert "Vous avez arrêté" in launch.problem


def test_what_the_process_tells_is_what_is_shown(place: Place) -> None:
    (place.files / "notes.xlsx").write_bytes(b"pas un classeur")
    launches = Launches()
    launches.start(place, "rapide")
    launch = ended(launches, place)
    for said in (
        {"kind": "start", "stage": "embed", "total": 9},
        {"kind": "advance", "n": 4},
        {"kind": "advance", "n": 2},
    ):
        assert not launch.hear(said)
    assert launch.current is launch.stages["embed"]
    assert (launch.current.n, launch.current.total) == (6, 9)
    launch.hear({"kind": "finish", "stage": "embed", "is_fresh": True, "seconds": 0.0})
    assert launch.stages["embed"].state == "inchange"
    assert launch.hear({"kind": "done", "warnings": ["un"], "refused": [["a", "b"]]})
    assert (launch.warnings, launch.refused) == (("un",), (("a", "b"),))
    assert all(stage.state != "attente" for stage in launch.stages.values())


def test_documents_that_were_asked_without_marks_stay_so_when_files_are_read_again(place: Place) -> None:
    (place.files / "notes.txt").write_text("- Un car le soir\n", encoding="utf-8")
    launches = Launches()
    launches.start(place, "rapide")
    assert not ended(launches, place).problem
    assert document_options(place.run).get("reperes", True)
    draft(place.run, marks=False)
    (place.files / "notes.txt").write_text("- Un car le soir\n- Planter une haie\n", encoding="utf-8")
    launches.start(place, "rapide")
    assert not ended(launches, place).problem
    assert not document_options(place.run)["reperes"]
