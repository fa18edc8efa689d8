"""Whatever a file holds: read or refused in words, in bounded time, and the file beside it is read as if it were alone.

Files that did harm once, and others that are drawn (`strategies.py`).
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.config import load_config
from pipeline.errors import EXIT_DONE, EXIT_REFUSED, RosaceError
from pipeline.ingest.formats.detection import display_name
from pipeline.ingest.stage import ingest
from tests.fuzz import found
from tests.fuzz.strategies import IS_LONG, NAMES, broken_files, count, drawn

CONFIG = load_config()
SECONDS_MAX = 200.0 if IS_LONG else 20.0  # by night, the machine has others to serve
BESIDE = "Plus de bancs publics"


def verdict(folder: Path, name: str, content: bytes) -> str:
    """What is wrong with how a file was taken; "" when nothing is."""
    (folder / "sain.csv").write_text(f"Texte\n{BESIDE}\n", encoding="utf-8")
    path = folder / name
    path.write_bytes(content)
    start = time.monotonic()
    try:
        result = ingest(folder, CONFIG)
    except Exception as error:
        return f"{name}: {type(error).__name__}: {error}"
    finally:
        path.unlink()
    ledger = result.ledger.set_index("source")
    beside = result.contributions.loc[result.contributions["source"] == "sain.csv", "text"].tolist()
    if time.monotonic() - start > SECONDS_MAX:
        return f"{name}: {time.monotonic() - start:.0f} s"
    if beside != [BESIDE] or ledger.loc["sain.csv", "state"] != "lu":
        return f"{name}: the file beside it was harmed"
    if (
        not (ledger["n_read"] == ledger["n_kept"] + ledger["n_rejected"] + ledger["n_positions"]).all()
        or len(ledger) < 2
    ):
        return f"{name}: the ledger does not add up"
    if (ledger["detail"].str.strip() == "").any():
        return f"{name}: no reason"
    return "" if _are_spans_exact(result) else f"{name}: a span is not exact"


def _are_spans_exact(result: object) -> bool:
    items, contributions = result.items, result.contributions  # type: ignore[attr-defined]
    texts = contributions.set_index("contribution_id")["text"]
    return all(
        texts[of][start:end] == text
        for of, start, end, text in zip(
            items["contribution_id"], items["start"], items["end"], items["text"], strict=True
        )
    )


def _wrong(folder: Path, files: Iterator[tuple[str, bytes]]) -> list[str]:
    return [told for name, content in files if (told := verdict(folder, name, content))]


@pytest.mark.parametrize("kind", found.KINDS, ids=lambda kind: kind.__name__)
def test_what_did_harm_once(tmp_path: Path, kind: object) -> None:
    assert not _wrong(tmp_path, kind())  # type: ignore[operator]


@drawn(200, 1_500)
@given(broken_files())
def test_broken_files(tmp_path: Path, file: tuple[str, bytes]) -> None:
    name, content = file
    count("broken files")
    assert not verdict(tmp_path, f"brise_{name}", content)


@drawn(30, 400)
@example(["\u00ad"])
@example(["LISEZMOI"])
@given(st.lists(NAMES, min_size=1, max_size=6, unique=True))
def test_names_of_files(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    """Whatever files are called, each is in the ledger, and what they hold is read when its name says a table."""
    folder = tmp_path_factory.mktemp("noms")
    texts = {f"{name}.csv": f"Une place de marché {rank}" for rank, name in enumerate(names)}
    for name, text in texts.items():
        (folder / name).write_text(f"Texte\n{text}\n", encoding="utf-8")
    (folder / "sain.csv").write_text(f"Texte\n{BESIDE}\n", encoding="utf-8")
    count("names of files", len(names))
    result = ingest(folder, CONFIG)
    unread = (".", "~$", "lisez-moi", "lisezmoi", "readme")
    seen = [text for name, text in texts.items() if not display_name(name).lower().startswith(unread)]
    assert {BESIDE, *seen} <= {*result.contributions["text"]}
    assert (result.ledger["n_read"] == result.ledger["n_kept"] + result.ledger["n_rejected"]).all()


def test_bombs(tmp_path: Path) -> None:
    assert not _wrong(tmp_path, found.bombs())


def test_healthy_seeds_are_read(tmp_path: Path) -> None:
    for name, content in found.healthy().items():
        (tmp_path / name).write_bytes(content)
    assert set(ingest(tmp_path, CONFIG).ledger["state"]) == {"lu"}


def test_all_at_once_from_the_command_line(tmp_path: Path) -> None:
    """Exit 0 with something to read among them, 3 with nothing; never a traceback."""
    hostiles = chain(found.pdfs(), found.tables(), found.surrogates())
    for name, content in hostiles:
        (tmp_path / name).write_bytes(content)
    command = [sys.executable, "-m", "pipeline.cli", "inspect", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert "Traceback" not in done.stderr + done.stdout
    assert "panicked" not in done.stderr
    assert done.returncode in (EXIT_DONE, EXIT_REFUSED)
    only = tmp_path / "seul"
    only.mkdir()
    (only / "a.docx").write_bytes(found.with_broken_stream(found.docx_bytes(), "word/document.xml"))
    with pytest.raises(RosaceError) as refused:
        ingest(only, CONFIG)
    assert refused.value.exit_code == EXIT_REFUSED
