"""Files made to exhaust or to fool: memory that does not follow their size, time that does not explode."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.config import load_config
from pipeline.errors import RefusedFileError
from pipeline.ingest.assembly import Assembly
from pipeline.ingest.formats.readers import read_file
from pipeline.ingest.preparing import TEXT_MAX, reject_reason
from pipeline.ingest.privacy.marks import find_personal
from pipeline.ingest.segmentation.segment import segment
from pipeline.ingest.stage import ingest

CONFIG = load_config()
HEADINGS = "id;submitdate;lastpage;startlanguage;refurl;Qu'est-ce qui vous freine ?\n"
PADDING = "https://mairie.example/?q=" + "a" * 2_000


def write_wide(path: Path, n_rows: int) -> None:
    """A survey of 2 KB rows, almost all of it dropped on reading."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADINGS)
        for number in range(n_rows):
            file.write(f"{number};2026-03-01 10:00:00;3;fr;{PADDING};Des bus trop rares le soir {number}\n")


PEAKS = """
import sys, tracemalloc
from pathlib import Path
from pipeline.config import load_config
from pipeline.ingest.inspection import inspections
from pipeline.ingest.segmentation.segment import segment

segment("il faut un bus, on n'a rien")  # loads the tables once
for path in sys.argv[1:]:
    tracemalloc.start()
    (inspection,) = inspections(Path(path), load_config().ingest)
    assert inspection.problem is None
    print(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
"""
"""In a process of its own: what other tests left in memory, and give back meanwhile, is no part of it."""


def test_memory_follows_what_is_kept_not_the_size_of_the_file(tmp_path: Path) -> None:
    write_wide(tmp_path / "petit.csv", 700)
    write_wide(tmp_path / "grand.csv", 5_000)
    command = [sys.executable, "-c", PEAKS, str(tmp_path / "petit.csv"), str(tmp_path / "grand.csv")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    small, large = map(int, done.stdout.split())
    grown = (tmp_path / "grand.csv").stat().st_size - (tmp_path / "petit.csv").stat().st_size
    assert large - small < grown / 5  # names of rows and texts already seen, and one batch of entries


def test_a_file_that_changes_while_read_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Texte\n" + "Plus de bus le soir\n" * 5_000, encoding="utf-8")
    readings = read_file(path, "a.csv", None, 1 << 30)
    path.write_text("Texte\n" + "Plus de bus le soir\n" * 6_000, encoding="utf-8")
    assembly = Assembly(CONFIG.ingest)
    with pytest.raises(RefusedFileError, match="a changé pendant la lecture"):
        assembly.add("a.csv", readings, "atelier", None)
    assert len(assembly.contributions) == len(assembly.items) == len(assembly.rejects) == len(assembly.ledger) == 0
    assert assembly.contributions.frame().empty


def test_a_text_of_book_length_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"Texte\nUn bus\n{'un mot ' * (TEXT_MAX // 6)}\n", encoding="utf-8")
    result = ingest(tmp_path, CONFIG)
    assert result.rejects["reason"].tolist() == ["illisible"]
    assert result.ledger.loc[0, ["n_read", "n_kept", "n_rejected"]].tolist() == [2, 1, 1]


@contextmanager
def seconds_at_most(limit: float) -> Iterator[None]:
    """Stops what would run for years."""

    def stop(*_: object) -> None:
        raise TimeoutError

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


RUNS = {
    "question marks, found by fuzzing": "Pas de bus " + "?" * 60 + "mche, ni le soir",
    "assent": "oui " * 80 + "xyz",
    "hesitation": "je dis " + "donc euh et puis " * 40 + "bus",
    "no space": "12" * 20_000,
    "double encoding": "Ã©" * 10_000,
    "brackets": "[a]" * 10_000,
    "blank lines": "a" + "\n \n" * 5_000,
    "pictures": "😀" * 10_000,
    "dots": "a." * 10_000 + "@",
    "quotes": '"a ' * 5_000,
    "digits": "0 " * 5_000,
    "a chain of hyphens": "x-" * 50_000 + "/",
    "a chain of dots": "a." * 50_000 + "/",
}


@pytest.mark.parametrize("text", RUNS.values(), ids=RUNS.keys())
def test_repeated_signs_do_not_explode(text: str) -> None:
    segment("il faut un bus, on n'a rien")
    with seconds_at_most(60):
        spans = segment(text, is_speech=True) + segment(text)
        find_personal(text)
        reject_reason(text)
    assert all(text[start:end].strip() for start, end in spans)
