"""A run and a page killed at any moment: nothing is half written, nothing decided is lost, the next run is the same.

Ten kills; a hundred with `ROSACE_LONG=1`, five or ten a test.
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from pipeline.app.places import Place
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.integrity import MANIFEST
from pipeline.folder.locks import LOCKS
from tests.conftest import run_synthesis

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")]
ROSACE = (sys.executable, "-m", "pipeline.cli")
N_RUNS, N_ROUNDS, N_PAGES = (10, 5, 10) if os.environ.get("ROSACE_LONG") else (1, 1, 5)
N_IN_A_ROW = 5


def content_of(run: Path) -> dict[str, bytes]:
    return {name: (run / name).read_bytes() for name in RunFolder(run).files() if name != MANIFEST}


def stages_done(run: Path) -> int:
    path = run / MANIFEST
    return len(json.loads(path.read_bytes())["stages"]) if path.is_file() else 0


def killed_run(corpus: Path, run: Path, lot: random.Random) -> int:
    """Start a run and kill it after one more of its stages, or on the way to it; the signal that ended it."""
    command = [*ROSACE, "synthesize", str(corpus), "--out", str(run), "--profile", "rapide", "--workers", "1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    wanted = stages_done(run) + lot.choice((0, 0, 1))
    while process.poll() is None and (stages_done(run) < wanted or not (run / ".travail.verrou").exists()):
        time.sleep(0.005)
    time.sleep(lot.uniform(0.0, 0.5))  # well before the end of a run on a fast machine
    process.kill()
    _, errors = process.communicate()
    assert b"Traceback" not in errors
    return -process.returncode


@pytest.mark.parametrize("rank", range(N_RUNS))
def test_a_run_killed_at_any_moment_goes_on_and_ends_the_same(
    rank: int, finished: tuple[Path, Path], tmp_path: Path
) -> None:
    (corpus, whole), run, lot = finished, tmp_path / "run", random.Random(22 + rank)
    n_killed = sum(killed_run(corpus, run, lot) == 9 for _ in range(N_IN_A_ROW))
    run_synthesis(corpus, run)
    assert content_of(run) == content_of(whole)
    assert [path.name for path in run.glob(".*") if path.name not in LOCKS] == []
    assert n_killed >= 0.6 * N_IN_A_ROW


@pytest.mark.parametrize("rank", range(N_ROUNDS))
def test_a_page_killed_while_it_writes_loses_no_act_that_it_told_of(
    rank: int, finished: tuple[Path, Path], tmp_path: Path
) -> None:
    corpus, run = finished[0], Path(shutil.copytree(finished[1], tmp_path / "run"))
    group = str(RunFolder.open(run).load_table("reviewed_groups")["group_id"].iloc[0])
    lot, told = random.Random(23 + rank), list[str]()
    for n in range(N_PAGES):
        command = [*ROSACE, "review", str(run), "--no-browser"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        origin = re.sub(r"(?<=\d)/.*", "", address)
        acts = f"{Place.of_run(run).address}/acte"
        deadline = time.monotonic() + lot.uniform(0.1, 0.8)
        with httpx.Client(base_url=origin, headers={"origin": origin}, timeout=60) as client:
            assert client.get(address).status_code in (200, 303)
            while time.monotonic() < deadline:
                title = f"Titre {n} {len(told)}"
                client.post(acts, data={"op": "rename", "group": group, "title": title})
                told.append(title)
            last = f"Titre {n} en route"
            sent = client.build_request("POST", acts, data={"op": "rename", "group": group, "title": last})
            process.kill() if lot.random() < 0.5 else None
            try:
                client.send(sent)
                told.append(last)
            except httpx.TransportError:
                pass  # nobody was told
            process.kill()
            process.communicate()
    lines = RunFolder.open(run).decisions.lines()
    written = [json.loads(line)["after"]["title"] for line in lines]
    assert [title for title in written if title in set(told)] == told
    assert len(written) - len(told) <= N_PAGES
    run_synthesis(corpus, run)
    assert set(RunFolder.open(run).load_table("decision_states")["state"]) == {"rejouee"}
