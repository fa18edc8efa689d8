"""The help of the parser, its words in French."""

from __future__ import annotations

import pytest

from pipeline.cli.terminal.helping import in_french


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("Usage: rosace draft [OPTIONS] RUN", "Emploi : rosace draft [OPTIONS] RUN"),
        ("  --port INTEGER  [default: 0; x>=0]", "  --port INTEGER  [par défaut : 0; 0 ou plus]"),
        ("  FICHIER <path>  Le fichier.  [required]", "  FICHIER         Le fichier.  [obligatoire]"),
        ("  QUOI <axes|ideas>  Ce qui est mesuré.", "  QUOI               Ce qui est mesuré."),
        ("  devient <nom>_source.", "  devient <nom>_source."),
        ("  --help  Show this message and exit.", "  --help  Affiche cette aide."),
    ],
    ids=["usage", "default", "argument", "choice", "prose", "help"],
)
def test_the_words_of_the_parser(english: str, french: str) -> None:
    assert in_french(english) == french
