"""What Windows refuses is refused here, and nothing breaks; see `windows_like.py`."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import output
from pipeline.errors import ArtifactError, os_reason
from pipeline.folder import files

CONSOLE = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "cp1252"}
LONGEST = 60
"""Signs of the longest path in a run: its folder may have two hundred."""
REFUSALS = """
import os, sys
from pathlib import Path
from tests.windows_like import refuse
root = Path(sys.argv[1])
(root / "a").write_text("a"); (root / "b").write_text("b")
refuse(str(root))
held = (root / "a").open()
for act in (
    lambda: (root / "lien").symlink_to(root / "a"),
    lambda: (root / "CON.txt").write_text(""),
    lambda: (root / "fin.").mkdir(),
    lambda: (root / "a:b").write_text(""),
    lambda: (root / ("x" * 255)).write_text(""),
    lambda: (root / "b").replace(root / "a"),
    lambda: (root / "a").unlink(),
):
    try:
        act()
    except OSError:
        continue
    raise SystemExit(1)
held.close()
(root / "b").replace(root / "a")
print("refused")
"""

TWICE = """
import os, sys
from pathlib import Path
import rosace
from pipeline.cli.output import show_anything
from tests.windows_like import refuse
show_anything()
root, corpus, run = map(Path, sys.argv[1:])
refuse(os.path.realpath(root))
print("✓")
for table, text in enumerate(("Plus aucun car après 18 h", "Il n’y a plus de car le soir")):
    (corpus / f"{table}.csv").write_text(f"table;texte\\n1;{text}\\n", encoding="cp1252")
    print(len(rosace.synthesize(corpus, run, profile="rapide").table("items")))
"""


def test_the_system_of_these_tests_refuses(tmp_path: Path) -> None:
    command = [sys.executable, "-c", REFUSALS, os.path.realpath(tmp_path)]
    root = Path(__file__).parents[1]
    assert subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout == "refused\n"


@pytest.mark.skipif(sys.platform != "linux", reason="what is open is known from /proc")
def test_two_runs_of_a_process_in_a_console_of_windows(tmp_path: Path) -> None:
    """The second one replaces what the first read: nothing may have been left open."""
    corpus, run = tmp_path / "Atelier d’été", tmp_path / "résultats"
    corpus.mkdir()
    known = {**os.environ, **CONSOLE, "PYTHONPATH": str(Path(__file__).parents[1])}
    (tmp_path / "twice.py").write_text(TWICE, encoding="utf-8")
    command = [sys.executable, tmp_path / "twice.py", tmp_path, corpus, run]
    done = subprocess.run(command, env=known, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("cp1252")
    assert done.stdout.decode("cp1252").split() == ["+", "1", "2"]
    names = [path.relative_to(run).as_posix() for path in run.rglob("*")]
    assert len(names) > 30
    assert max(map(len, names)) < LONGEST


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "✓ « été » ≥ 3 → œuvre – 1\u202f000"),
        ("cp1252", "+ « été » >= 3 -> œuvre – 1 000"),
        ("ascii", '+ " ete " >= 3 -> oeuvre - 1 000'),
    ],
)
def test_a_console_shows_the_nearest(encoding: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding))
    output.show_anything()
    sys.stdout.write("✓ « été » ≥ 3 → œuvre – 1\u202f000")
    sys.stdout.flush()
    assert written.getvalue().decode(encoding) == shown


class Held:
    """A file that another program keeps open for some tries."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, n_refusals: int) -> None:
        self.left = n_refusals
        replace = Path.replace

        def refused(path: Path, target: Path) -> Path:
            self.left -= 1
            if self.left >= 0:
                error = PermissionError(13, "Access is denied")
                error.winerror = 5  # type: ignore[attr-defined]  # in Windows alone
                raise error
            return replace(path, target)

        monkeypatch.setattr(Path, "replace", refused)
        monkeypatch.setattr(files, "_PAUSES_S", (0.0, 0.0))


def test_a_file_held_for_an_instant_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Held(monkeypatch, 2)
    files.write_inside(tmp_path / "a.docx", lambda file: file.write(b"nouveau"))
    assert (tmp_path / "a.docx").read_bytes() == b"nouveau"


def test_a_file_open_in_word_is_named_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.docx").write_bytes(b"avant")
    Held(monkeypatch, 99)
    with pytest.raises(ArtifactError, match=r"a\.docx \(vous n'avez .* un autre programme l'a ouvert, fermez-le\)"):
        files.write_inside(tmp_path / "a.docx", lambda file: file.write(b"nouveau"))
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]
    assert (tmp_path / "a.docx").read_bytes() == b"avant"


def test_other_refusals_are_said_as_elsewhere() -> None:
    assert os_reason(PermissionError(13, "Permission denied")) == "vous n'avez pas le droit d'y toucher"
