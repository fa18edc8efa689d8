"""Two programs on one run folder, as real processes: one waits or refuses, in French, and nothing interleaves."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import openpyxl
import pytest

from pipeline.app.places import Place
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.integrity import MANIFEST
from pipeline.folder.locks import LOCKS, WORK, alone

pytestmark = pytest.mark.slow
ROSACE = (sys.executable, "-m", "pipeline.cli")


@pytest.fixture
def run(finished: tuple[Path, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished[1], tmp_path / "run"))


def rosace(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*ROSACE, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120)


def refused(*arguments: object) -> str:
    done = rosace(*arguments)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert "Rien n'a été changé" in done.stderr
    return done.stderr


@contextmanager
def page_of(run: Path) -> Iterator[httpx.Client]:
    """A page of review in a process of its own, and a browser on the run; it is killed at the end."""
    command = [*ROSACE, "review", str(run), "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    address = process.stdout.readline().split()[-1]
    origin = re.match(r"http://[^/]+", address)
    assert origin is not None
    try:
        with httpx.Client(headers={"origin": origin[0]}, follow_redirects=True, timeout=60) as client:
            assert client.get(address).status_code == 200
            client.base_url = httpx.URL(f"{origin[0]}{Place.of_run(run).address}")
            yield client
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()


def state_of(run: Path) -> dict[str, bytes]:
    return {name: (run / name).read_bytes() for name in RunFolder(run).files()}


def test_two_runs_on_one_folder(finished: tuple[Path, Path], tmp_path: Path) -> None:
    corpus, whole = finished
    run = tmp_path / "run"
    command = [*ROSACE, "synthesize", str(corpus), "--out", str(run), "--profile", "rapide"]
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while not (run / MANIFEST).exists():
        assert first.poll() is None
        time.sleep(0.02)
    os.kill(first.pid, signal.SIGSTOP)  # in the middle of its stages, for as long as it takes
    told = refused("synthesize", corpus, "--out", run, "--profile", "rapide")
    assert f"« rosace synthesize » y travaille depuis {time.strftime('%H')} h" in told
    assert f"processus {first.pid}" in told
    assert "synthesize" in refused("review", run, "--no-browser")
    os.kill(first.pid, signal.SIGCONT)
    _, errors = first.communicate(timeout=300)
    assert first.returncode == 0, errors
    names = sorted({*state_of(run)} - {MANIFEST})
    assert [name for name in names if (run / name).read_bytes() != (whole / name).read_bytes()] == []
    assert not LOCKS & {path.name for path in run.iterdir()}


def test_what_an_open_page_lets_others_do(finished: tuple[Path, Path], run: Path, tmp_path: Path) -> None:
    corpus = Path(shutil.copytree(finished[0], tmp_path / "corpus"))  # it is added to
    group = str(RunFolder.open(run).load_table("reviewed_groups")["group_id"].iloc[0])
    contribution = str(RunFolder.open(run).load_table("contributions")["contribution_id"].iloc[0])
    with page_of(run) as page:
        before = state_of(run)
        assert "Fermez la page" in refused("retirer", run, contribution)
        assert "Fermez la page" in refused("clean", run)
        assert state_of(run) == before
        # an import goes in, and the page takes it in
        page.post("/acte", data={"op": "rename", "group": group, "title": "Un premier titre"})
        sent = tmp_path / "sent.xlsx"
        assert rosace("review", "export", run, sent).returncode == 0
        book = openpyxl.load_workbook(sent)
        cells = (cell for row in book["Groupes"].iter_rows() for cell in row)
        next(cell for cell in cells if cell.value == "Un premier titre").value = "Un second titre"
        book.save(sent)
        done = rosace("review", "import", run, sent)
        assert done.returncode == 0, done.stderr
        assert "Un second titre" in page.get(f"/groupe/{group}").text
        # during a run, what is decided on the page waits; what the run wrote is shown once it is over
        (corpus / "autres.csv").write_text("table;texte\n1;Le lavoir fuit depuis deux ans\n", encoding="utf-8")
        other = subprocess.Popen([*ROSACE, "synthesize", str(corpus), "--out", str(run), "--profile", "rapide"])
        while not ((run / WORK).exists() and (run / WORK).stat().st_size):  # it has said who it is
            time.sleep(0.01)
        os.kill(other.pid, signal.SIGSTOP)
        lines = RunFolder.open(run).decisions.lines()
        with ThreadPoolExecutor(1) as pool:
            act = pool.submit(page.post, "/acte", data={"op": "accept", "group": group}, timeout=300)
            time.sleep(2)
            assert not act.done()
            assert RunFolder.open(run).decisions.lines() == lines
            os.kill(other.pid, signal.SIGCONT)
            assert other.wait(300) == 0
            assert act.result(300).status_code == 200
        lines = RunFolder.open(run).decisions.lines()
        (corpus / "autres.csv").unlink()
        items = RunFolder.open(run).load_table("items").set_index("text")["item_id"]
        assert page.get(f"/parole/{items['Le lavoir fuit depuis deux ans']}").status_code == 200
        group = str(RunFolder.open(run).load_table("reviewed_groups")["group_id"].iloc[0])
        page.post("/acte", data={"op": "accept", "group": group})
        assert len(RunFolder.open(run).decisions.lines()) == len(lines) + 1
    with alone(run, "« rosace retirer »"):  # the page is gone, however it went
        pass
