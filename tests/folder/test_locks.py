"""One at a time in a run folder, whoever is killed."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipeline.errors import EXIT_USAGE
from pipeline.folder.locks import LOCKS, PAGE, WORK, BusyError, alone, page_open, working

HOLDING = """
import sys, time
from pathlib import Path
from pipeline.folder import locks
with getattr(locks, sys.argv[2])(*[Path(sys.argv[1]), "« rosace synthesize »"][: 1 + (sys.argv[2] != "page_open")]):
    print("held", flush=True)
    time.sleep(600)
"""


def holding(run: Path, kind: str) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLDING, str(run), kind], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_who_comes_second_is_told_who_works_and_a_killed_one_holds_nothing(tmp_path: Path) -> None:
    other = holding(tmp_path, "working")
    with pytest.raises(BusyError) as refused, working(tmp_path, "« rosace draft »", wait_s=0.1):
        raise AssertionError
    assert refused.value.exit_code == EXIT_USAGE
    told = str(refused.value)
    assert "« rosace synthesize » y travaille depuis " in told
    assert f"(processus {other.pid})" in told
    assert "Rien n'a été changé" in told
    kill(other)
    assert (tmp_path / WORK).is_file()
    with working(tmp_path, "« rosace draft »", wait_s=0):
        assert "rosace draft" in (tmp_path / WORK).read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == []


def test_who_comes_second_waits_for_what_is_short(tmp_path: Path) -> None:
    is_held, is_over = threading.Event(), []

    def act() -> None:
        with working(tmp_path, "la page"):
            is_held.set()
            time.sleep(0.2)
            is_over.append(True)

    other = threading.Thread(target=act)
    other.start()
    is_held.wait()
    with working(tmp_path, "un autre", wait_s=20):
        assert is_over == [True]
    other.join()


def test_what_is_erased_waits_until_every_page_is_closed(tmp_path: Path) -> None:
    one, other = holding(tmp_path, "page_open"), holding(tmp_path, "page_open")
    with working(tmp_path, "« rosace draft »"), page_open(tmp_path):
        pass
    for page in (one, other):
        with pytest.raises(BusyError, match=r"la page de relecture.*Fermez la page"), alone(tmp_path, "« retirer »"):
            raise AssertionError
        kill(page)
    with alone(tmp_path, "« retirer »"):
        assert {path.name for path in tmp_path.iterdir()} == LOCKS
    assert not (tmp_path / PAGE).exists()


def test_a_folder_that_is_not_there_is_left_to_who_opens_it(tmp_path: Path) -> None:
    with working(tmp_path / "absent", "« rosace draft »"):
        pass
    assert not (tmp_path / "absent").exists()
