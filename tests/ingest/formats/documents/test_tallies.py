"""Results of votes told in words."""

from __future__ import annotations

import pytest

from pipeline.ingest.formats.documents.tallies import Result, result_of

RESULTS = [
    ("numbers first", "Draguer le chenal cet hiver : 12 pour, 3 contre, 1 abstention", Result(12, 3, "", False)),
    ("numbers last", "Pour : 4, contre : 2", Result(4, 2, "", True)),
    ("agreements", "4 accords", Result(4, None, "", True)),
    ("disagreements", "10 désaccords", Result(None, 10, "", True)),
    ("what was decided", "Proposition rejetée.", Result(None, None, "rejetée", True)),
    ("a report", "Rapport moral approuvé à l'unanimité.", Result(None, None, "adoptée", True)),
    ("who was there", "15 présent·e·s - 1 vote en anticipé", Result(None, None, "", True)),
    ("one number, no vote", "Trois bancs pour les anciens, 3 pour les jeunes", None),
    ("people", "Un banc pour 4 personnes", None),
    ("a refusal", "C'est refusé", None),
    ("a sentence", "Le projet de piscine a été refusé", None),
]


@pytest.mark.parametrize(("text", "result"), [case[1:] for case in RESULTS], ids=[case[0] for case in RESULTS])
def test_result(text: str, result: Result | None) -> None:
    assert result_of(text) == result
