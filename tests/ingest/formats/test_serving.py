"""The process that reads answers questions until nobody asks, and says nothing else."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from pathlib import Path


def answers_to(*questions: object) -> list[object]:
    asked = b"".join(pickle.dumps(question) for question in questions)
    serve = "from pipeline.ingest.formats.serving import serve; serve()"
    done = subprocess.run([sys.executable, "-c", serve], input=asked, capture_output=True, timeout=120, check=True)
    out, found = io.BytesIO(done.stdout), []
    while out.tell() < len(done.stdout):
        found.append(pickle.load(out))
    return found


def test_questions_are_answered_in_order(tmp_path: Path) -> None:
    for name, text in (("a.md", "# Freins\n\n- Bus rares le soir\n"), ("b.json", "{")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    good = ("open", str(tmp_path / "a.md"), "a.md", "md", None, "note Markdown", (1 << 40, 600.0))
    bad = ("open", str(tmp_path / "b.json"), "b.json", "json", None, "JSON", (1 << 40, 600.0))
    ready, opened, more, refused, again = answers_to(good, ("more", 0), bad, good)
    assert ready == (True, "ready")
    assert opened == again
    assert more[1][0][0][0].text == "Bus rares le soir"  # type: ignore[index]
    assert more[1][3]  # type: ignore[index]
    assert refused[0] is False  # type: ignore[index]
    assert refused[1][0] == "b.json"  # type: ignore[index]
