"""Names of people in headings, in the names of files and of tables: in no output, nor in what an assistant is asked."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.api.exporting import contents_of
from pipeline.assistant.by_hand import begin, requests
from pipeline.cli import app
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.kept import AnswerFiles
from pipeline.ingest.privacy.marks import bare
from pipeline.restitution.exports.formats import FORMATS
from tests.outputs import texts_of

NOTES = """\
# Compte rendu d'Odile Kerzoncuf et de Gaspard Tréhorel

## Rue Odile Kerzoncuf

- Le trottoir est trop étroit pour une poussette devant la boulangerie.
- Il faudrait un banc à mi-pente pour souffler.

## Ce que propose Gaspard Tréhorel

- Ouvrir la salle du port le samedi matin pour les jeunes.
- Le bac du soir ne passe plus depuis l'hiver, on rate le dernier car.

## Ce que demande nelvo

- Qui paie le nettoyage de la cale, la commune ou le port ?
"""
DEBATE = """\
nelvo : Qui nettoie la cale, et quand ?

Gaspard : La cale est glissante dès qu'il pleut, il faudrait la nettoyer.

nelvo : Et la lumière du quai, pourquoi s'éteint-elle si tôt ?

Lucie : Comme le dit nelvo, la lumière du quai s'éteint trop tôt le soir.

Gaspard : On pourrait la laisser allumée jusqu'à minuit.

Lucie : Les horaires affichés au port sont ceux de l'an dernier.
"""


MINUTES = """\
# Assemblée du port

Élection en bloc de Julien Quéméneur, Solène Abgrall et Louise Guirriec au bureau :

Pour : 12
Contre : 3

Élection de Mme Ysaline TANGUYDO comme membre d'honneur :

Pour : 4
Contre : 9
"""


def corpus_in(folder: Path) -> Path:
    (folder / "atelier.toml").write_text('[atelier]\ntitre = "Le port"\n', "utf-8")
    (folder / "2024-notes-gaspard-trehorel.md").write_text(NOTES, "utf-8")
    (folder / "debat.md").write_text(DEBATE, "utf-8")
    (folder / "assemblee.md").write_text(MINUTES, "utf-8")
    return folder


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is for people → all that it says, the request to an assistant included."""
    corpus, beside = corpus_in(tmp_path_factory.mktemp("atelier")), tmp_path_factory.mktemp("sorties")
    run = tmp_path_factory.mktemp("run") / "run"
    done = CliRunner().invoke(app, ["synthesize", str(corpus), "--out", str(run), "--profile", "rapide"])
    assert done.exit_code == 0, done.output
    begin(AnswerFiles(run))
    assert CliRunner().invoke(app, ["draft", str(run)]).exit_code == 0
    for to, write in FORMATS.items():
        for name, content in write(contents_of(RunFolder.open(run))).items():
            (beside / f"{to}-{name}").write_bytes(content)
    found = {"demande": "\n".join(requests(AnswerFiles(run)))}
    for folder in (run, beside):
        for name, text in texts_of(folder):
            if not name.endswith(".parquet") and not name.startswith(("manifest", "assistant", "reponses")):
                found[name] = found.get(name, "") + "\n" + text
    return found


@pytest.mark.parametrize("name", ["Gaspard", "Tréhorel", "trehorel", "nelvo"])
def test_who_is_named_around_ideas_is_in_nothing_that_is_written(told: dict[str, str], name: str) -> None:
    assert {"demande", "restitution.docx", "paroles.docx", "facts.json", "draft.json", "affiche.svg"} <= told.keys()
    assert "cale" in told["demande"] and "[…]" in told["demande"]
    assert [where for where, text in told.items() if bare(name) in bare(text)] == []


@pytest.mark.parametrize("name", ["Quéméneur", "Abgrall", "Guirriec", "Tanguydo"])
def test_who_is_named_in_what_is_voted_is_in_nothing_that_is_written(told: dict[str, str], name: str) -> None:
    assert "Élection en bloc de" in told["restitution.md"]
    assert [where for where, text in told.items() if bare(name) in bare(text)] == []


def test_a_street_keeps_its_name(told: dict[str, str]) -> None:
    assert "Rue Odile Kerzoncuf" in told["demande"]


def test_files_whose_names_are_the_same_without_the_names_stay_apart(told: dict[str, str]) -> None:
    assert "2024-notes-[…]-[…].md" in told["registre.html"]
