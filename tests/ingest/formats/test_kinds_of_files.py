"""A text without a telling name is a table when its lines are cut alike, else a note; json is told by what it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import RefusedFileError
from pipeline.ingest.formats.kinds_of_files import read_kind
from tests.ingest import corpus_files as made


@pytest.mark.parametrize(
    ("kind", "text", "form"),
    [
        ("txt", "Texte;Votes\nPlus de bus le soir;3\nUn préau repeint;1\n", "tableau CSV"),
        ("txt", "Plus de bus le soir ; un préau\n\nUne fête des voisins\n", "texte"),
        ("json", made.WHISPER, "transcription Whisper"),
        ("json", made.ETHERPAD, "pad Etherpad"),
        ("json", '{"page": 1, "lignes": [{"texte": "Plus de bus le soir"}, {"texte": "Un préau"}]}', "table JSON"),
    ],
)
def test_kind(tmp_path: Path, kind: str, text: str, form: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    (reading,) = read_kind(path, "a.txt", kind, None)
    assert reading.format == form
    assert list(reading.entries)


def test_a_json_of_no_tool_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"a": 1}', encoding="utf-8")
    with pytest.raises(RefusedFileError, match="aucun outil connu"):
        read_kind(path, "a.json", "json", None)
