"""Stems and concepts counted in texts."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.language.text.words import stem
from pipeline.workbench.stem_counts import count_stems


def test_texts_are_counted_once_each(tmp_path: Path) -> None:
    said = ["La grelinette casse", "Une grelinette et des grelinettes", "La grelinette casse", "Le sécateur"]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in said), encoding="utf-8")
    counts = count_stems(tmp_path)
    assert (counts[""], counts[stem("grelinette")]) == (3, 2)
    assert stem("secateur") not in counts  # said once
