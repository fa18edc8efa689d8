"""The command line with a language model: whatever its server does, the text is there, the exit code is 0, and the next
run goes on from the answers that were kept."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from model_server import Reply, Serve, playing, saying, send

from pipeline.cli import app
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.kept import ANSWERED

NOTES = """- Pas de bus le soir pour rentrer du travail
- Plus aucun bus le soir après le travail
- Le soir, sans bus, on ne rentre pas du travail
- Ouvrir la salle des fêtes le dimanche
- Il faudrait ouvrir la salle des fêtes le dimanche aux jeunes
- Merci aux bénévoles de la bibliothèque
"""


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run without any model. Copy it before changing anything."""
    place = tmp_path_factory.mktemp("modele")
    (place / "atelier").mkdir()
    (place / "atelier" / "post-its.txt").write_text(NOTES, encoding="utf-8")
    found = CliRunner().invoke(
        app, ["synthesize", str(place / "atelier"), "--out", str(place / "run"), "--profile", "rapide"]
    )
    assert found.exit_code == 0, found.output
    return place / "run"


@pytest.fixture
def run(done: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(done, tmp_path / "run"))


def draft(run: Path, url: str, **model: Any) -> Any:
    """`rosace draft RUN --modele URL`, impatient."""
    config = run.parent / "impatient.toml"
    values = {"delai_s": 0.5} | model
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items())
    config.write_text(f'profil = "rapide"\n[modele]\n{lines}', encoding="utf-8")
    return CliRunner().invoke(app, ["draft", str(run), "--modele", url, "--config", str(config)])


def text_of(run: Path) -> str:
    return (run / "restitution.txt").read_text(encoding="utf-8")


BROKEN: list[tuple[str, Reply]] = [
    ("prose", saying("Avec plaisir ! Voici une belle synthèse.")),
    ("half an answer", saying('{"texte": "Le soir', "length")),
    ("500", lambda handler, _: send(handler, b"oups", 500)),
    ("redirects elsewhere", lambda handler, _: send(handler, b"", 307, Location="http://192.0.2.1/v1")),
    ("huge", lambda handler, _: send(handler, b"x" * 2_000_000)),
]


@pytest.mark.parametrize("reply", [one[1] for one in BROKEN], ids=[one[0] for one in BROKEN])
def test_a_broken_server_costs_one_line(serve: Serve, run: Path, reply: Reply) -> None:
    before = text_of(run)
    found = draft(run, serve(reply).url)
    assert found.exit_code == 0, found.output
    assert text_of(run) == before
    lines = [line for line in found.output.splitlines() if "sans réponse" in line]
    assert lines
    assert all("la prochaine exécution reprendra là" in line for line in lines)
    assert "Traceback" not in found.output


def test_nobody_there_costs_one_line(run: Path) -> None:
    before = text_of(run)
    found = draft(run, "http://127.0.0.1:9/v1")
    assert (found.exit_code, text_of(run)) == (0, before)
    assert "injoignable" in found.output


def test_an_address_elsewhere_is_refused_before_anything_leaves(run: Path) -> None:
    from pipeline.errors import UsageError

    found = draft(run, "http://192.0.2.1:11434/v1")
    assert isinstance(found.exception, UsageError)
    assert "n'est pas cette machine" in str(found.exception)


def _faithful(data: dict[str, Any]) -> Any:
    mark = data["paroles"][0]["lignes"][0].partition(" ")[0]
    said = {"texte": "Il n’y a pas de bus le soir pour rentrer du travail", "appuis": [mark]}
    return {"parties": [{"sous": "essentiel", "phrases": [said]}]}


def test_the_next_run_goes_on_and_then_nothing_needs_the_server(serve: Serve, run: Path) -> None:
    assert draft(run, "http://127.0.0.1:9/v1", nom="essai").exit_code == 0
    server = serve(playing(parties=_faithful))
    assert draft(run, server.url, nom="essai").exit_code == 0
    written, kept = text_of(run), sorted((run / ANSWERED).iterdir())
    assert kept
    assert "methode.html" in {path.name for path in run.iterdir()}
    server.close()
    (run / "restitution.txt").unlink()
    again = draft(run, server.url, nom="essai")
    assert again.exit_code == 0, again.output
    assert text_of(run) == written
    assert sorted((run / ANSWERED).iterdir()) == kept


def test_the_manifest_says_which_model_and_which_prompts(serve: Serve, run: Path) -> None:
    draft(run, serve(playing(parties=_faithful)).url)
    models = RunFolder.open(run).manifest.load()["stages"]["restitution"]["models"]
    assert len(models["consignes"]) == 64
    assert models["modele de langue"] == "essai"
