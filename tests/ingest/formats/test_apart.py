"""Files read in a process apart: the same readings, one process for many files, a limit told, nothing left behind."""

import io
import os
import pickle
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats import apart
from pipeline.ingest.formats.apart import Limits, read_apart
from pipeline.ingest.formats.detection import detect
from pipeline.ingest.formats.readers import read_kind
from tests.ingest import corpus_files as made

OFFICE = Path(__file__).parent / "files"


def one_process() -> apart._Process:
    (process,) = apart._idle
    return process


def read(path: Path, expected: str = "classeur") -> list[str]:
    readings = read_apart(path, path.name, detect(path, path.name), None, expected)
    return [entry.text for reading in readings for entry in reading.entries]


@pytest.fixture(autouse=True)
def _no_process_waits() -> None:
    while apart._idle:
        apart._idle.pop().end()


@pytest.mark.parametrize("path", sorted(OFFICE.iterdir()), ids=lambda path: path.name)
def test_readings_are_those_of_a_reader_here(path: Path) -> None:
    kind = detect(path, path.name)
    here, there = (one(path, path.name, kind, None) for one in (read_kind, lambda *a: read_apart(*a, "classeur")))
    assert here
    for reading, same in zip(here, there, strict=True):
        assert list(reading.entries) == list(same.entries)
        reading.entries = same.entries = ()
        assert reading == same


def test_a_process_that_was_begun_reads_the_first_file() -> None:
    apart.begin()
    begun = one_process()
    assert read(OFFICE / "classeur.xlsx")
    assert one_process() is begun


def test_one_process_reads_many_files_and_another_is_started_when_it_dies(tmp_path: Path) -> None:
    assert read(OFFICE / "classeur.xlsx")
    first = one_process()
    assert read(OFFICE / "note.odt")
    assert one_process() is first
    os.kill(first._popen.pid, signal.SIGKILL)
    first._popen.wait()
    assert read(OFFICE / "classeur.xls")
    assert one_process() is not first


def test_time_is_bounded_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(OFFICE / "classeur.xlsx")  # the process has started
    monkeypatch.setattr(apart, "_SECONDS", 0.02)
    path = tmp_path / "a.md"
    path.write_text("**a " * 100_000, encoding="utf-8")
    with pytest.raises(RefusedFileError, match="arrêtée au bout de 0 secondes") as refused:
        read(path, "note Markdown")
    assert "note Markdown" in refused.value.advice
    assert not apart._idle


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="memory is bounded on Linux alone")
def test_memory_is_bounded_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_MEMORY", 150 << 20)
    monkeypatch.setattr(apart, "_MEMORY_PER_BYTE", 0)
    path = tmp_path / "a.json"
    path.write_text("[" + "[1.5], " * 1_000_000 + "1]", encoding="utf-8")
    with pytest.raises(RefusedFileError, match=r"mémoire|arrêtée net"):
        read(path, "JSON")


def test_what_grows_out_of_reason_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_WEIGHT_MAX", 5)
    monkeypatch.setattr(apart, "RATIO_MAX", 0)
    with pytest.raises(RefusedFileError, match="démesurément"):
        read(OFFICE / "classeur.xlsx")
    assert len(apart._idle) == 1


def test_rows_that_say_the_same_again_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_REPEATS_MAX", 1_000)
    monkeypatch.setattr(apart, "_BYTES_PER_REPEAT", 10**9)
    for n_repeats, name in ((900, "a.xlsx"), (1_100, "b.xlsx")):
        rows: list[list[object]] = [["Texte"], *([f"Un bus numéro {max(0, n - n_repeats)}"] for n in range(3_000))]
        (tmp_path / name).write_bytes(made.workbook_bytes({"A": rows}))
    assert len(read(tmp_path / "a.xlsx")) == 3_000
    with pytest.raises(RefusedFileError, match="démesurément"):
        read(tmp_path / "b.xlsx")


def test_a_failure_is_told_and_the_process_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes((OFFICE / "note.pdf").read_bytes().replace(b"/FlateDecode", b"/Inconnu"))
    with pytest.raises(RefusedFileError, match="attendu : PDF"):
        read(path, "PDF")
    first = one_process()
    assert read(OFFICE / "note.pdf")
    assert one_process() is first


def test_an_answer_holds_readings_alone() -> None:
    with pytest.raises(pickle.UnpicklingError):
        apart._Answers(io.BytesIO(pickle.dumps(os.system))).load()


def test_what_a_library_prints_is_no_answer_and_a_refusal_ends_nothing(tmp_path: Path) -> None:
    """The process by itself: it answers questions in order until nobody asks."""
    for name, text in (("a.md", "# Freins\n\n- Bus rares le soir\n"), ("b.json", "{")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    good, bad = (
        (Limits(600.0, 1 << 40, 1 << 30, 1 << 30), str(tmp_path / name), name, kind, None, kind)
        for name, kind in (("a.md", "md"), ("b.json", "json"))
    )
    code = (
        "from pipeline.ingest.formats import apart, readers; "
        "apart.serve(lambda *told: print('hello') or readers.read_kind(*told))"
    )
    asked = b"".join(map(pickle.dumps, (None, good, bad, good)))
    done = subprocess.run([sys.executable, "-c", code], input=asked, capture_output=True, timeout=120, check=True)
    out = io.BytesIO(done.stdout)
    started, read_once, refused, again = (pickle.load(out) for _ in range(4))
    assert started == (True, None)
    assert read_once == again
    assert [entry.text for entry in read_once[1][0].entries] == ["Bus rares le soir"]
    assert refused[0] is False
    assert refused[1][0] == "b.json"
    assert not out.read()


bounded = pytest.mark.skipif(sys.platform != "linux", reason="bounded on Linux")
START = "import sys; from pipeline.ingest.formats.apart import bound, close_network; "


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", START + code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@bounded
def test_no_network_is_left_not_even_that_of_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as here:
        port = here.getsockname()[1]
        reached = "import socket; socket.create_connection(('127.0.0.1', int(sys.argv[1])), 5)"
        assert run(reached, port).returncode == 0
        done = run(f"sys.exit(3) if not close_network() else None; {reached}", port)
        if done.returncode == 3:
            pytest.skip("this system lets nobody leave its network")
        assert "Network is unreachable" in done.stderr


@bounded
def test_nothing_can_be_written(tmp_path: Path) -> None:
    done = run(
        "bound(1 << 30, 60.0); file = open(sys.argv[1], 'w'); file.write('a' * 10); file.close()", tmp_path / "a"
    )
    assert "File too large" in done.stderr
    assert (tmp_path / "a").read_text(encoding="utf-8") == ""


@bounded
def test_a_process_that_nobody_waits_for_ends() -> None:
    done = run("bound(1 << 30, 0.1)\nwhile True: pass")
    assert done.returncode == -signal.SIGXCPU


@bounded
def test_memory_is_bounded() -> None:
    assert "MemoryError" in run("bound(64 << 20, 60.0); bytearray(200 << 20)").stderr
