"""A small run that tests of whole programs kill, copy, and share."""

from pathlib import Path

import pytest

from tests.conftest import run_synthesis

SAID = ("Pas de bus le soir", "Il faudrait un bus le soir", "La salle ferme trop tôt", "Ouvrir la salle le samedi")


def write_postits(corpus: Path, name: str = "postits.csv", first: int = 0) -> None:
    """A dozen ideas of three tables, about quarters from this number on."""
    rows = [f"{n % 3 + 1};{text} au quartier {first + n}" for n in range(3) for text in SAID]
    (corpus / name).write_text("\n".join(["table;texte", *rows]) + "\n", encoding="utf-8")


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus of a dozen ideas, and its run. Read them; copy them before changing anything."""
    corpus, run = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("runs") / "run"
    write_postits(corpus)
    run_synthesis(corpus, run)
    return corpus, run
