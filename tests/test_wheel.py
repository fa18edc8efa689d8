"""The package that people install: built, put alone in an empty environment, run in an empty folder."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from pipeline.folder.files import file_sha256
from pipeline.resources import PACKAGE, root
from tests.conftest import run_synthesis
from tests.test_container import copied

pytestmark = pytest.mark.slow
SHIPPED = ("configs", "models", "corpus/demo")
SAID = ("Pas de bus le soir", "Il faudrait un bus le soir", "La salle ferme trop tôt", "Ouvrir la salle le samedi")


def call(*command: object, cwd: Path, exit_code: int = 0) -> str:
    """What a command says when it knows nothing of the repository."""
    known = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=known, capture_output=True, text=True, check=False
    )
    assert done.returncode == exit_code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of what the container is made from, and of nothing else of this source."""
    folder, source = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("source")
    for name in copied():
        if (root() / name).is_dir():
            shutil.copytree(root() / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(root() / name, source / name)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    call(*pip, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, source, cwd=folder)
    (found,) = folder.glob("rosace-*.whl")
    return found


@pytest.fixture(scope="module")
def commands(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment that has the wheel, and the libraries of this one but not its Rosace."""
    place = tmp_path_factory.mktemp("environment") / "venv"
    call(sys.executable, "-m", "venv", "--without-pip", place, cwd=place.parent)
    (site,) = place.glob("lib/python*/site-packages")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", place / "bin" / "python")
    call(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=place.parent)
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return place / "bin"


def test_the_wheel_holds_every_file_of_the_engine_and_what_they_read(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if name.startswith("pipeline/")}
    engine = [path for path in files_of(PACKAGE) if not path.is_relative_to(PACKAGE / "workbench")]
    source = {f"pipeline/{path.relative_to(PACKAGE).as_posix()}" for path in engine}
    shipped = {
        f"pipeline/shipped/{path.relative_to(root()).as_posix()}"
        for folder in SHIPPED
        for path in files_of(root() / folder)
    }
    assert held == source | shipped | {"pipeline/shipped/sbom.cdx.json"}


def test_the_wheel_tells_what_it_is_installed_with(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        bill = json.loads(archive.read("pipeline/shipped/sbom.cdx.json"))
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "rosace")
    told = {component["name"]: component for component in bill["components"]}
    locked = re.findall(r"^([\w.-]+)==(\S+)", (root() / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name: one["version"] for name, one in told.items()} == dict(locked)
    assert all(component["hashes"] for component in told.values())
    assert bill["dependencies"][0]["dependsOn"] == [component["purl"] for component in bill["components"]]


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]


def test_the_code_and_the_models_are_those_of_the_wheel(commands: Path, tmp_path: Path) -> None:
    code = "import pipeline, pipeline.resources as r; print(pipeline.__file__, r.configs(), r.models(), r.corpus())"
    places = call(commands / "python", "-c", code, cwd=tmp_path).split()
    assert len(places) == 4
    assert all(place.startswith(str(commands.parent)) for place in places)
    told = call(commands / "rosace", "doctor", cwd=tmp_path)
    assert str(commands.parent) in told
    assert "Tout est en ordre." in told
    call(commands / "rosace", "nouveau", "essai", "--demo", cwd=tmp_path)
    assert sorted(path.name for path in (tmp_path / "essai").iterdir()) == sorted(
        path.name for path in (root() / "corpus" / "demo").iterdir()
    )


def test_the_api_reads_texts(commands: Path, tmp_path: Path) -> None:
    code = (
        "import rosace; print(rosace.__file__, *rosace.read(['Plus aucun car après 18 h'], profile='rapide')['axis'])"
    )
    place, axis = call(commands / "python", "-c", code, cwd=tmp_path).split()
    assert place.startswith(str(commands.parent))
    assert axis == "est"


def test_a_new_workshop_becomes_a_restitution_equal_to_that_of_the_repository(commands: Path, tmp_path: Path) -> None:
    empty = tmp_path / "ailleurs"
    empty.mkdir()
    assert "rosace synthesize atelier" in call(commands / "rosace", "nouveau", "atelier", cwd=empty)
    rows = [f"{n % 3 + 1};{text} au quartier {n}" for n in range(5) for text in SAID]
    (empty / "atelier" / "postits.csv").write_text("\n".join(["table;texte", *rows]) + "\n", encoding="utf-8")
    call(commands / "rosace", "synthesize", "atelier", "--out", "resultat", "--profile", "precis", cwd=empty)
    assert (empty / "resultat" / "restitution.docx").stat().st_size > 5_000
    run_synthesis(empty / "atelier", tmp_path / "repository", "precis")
    names = sorted(path.name for path in (tmp_path / "repository").iterdir() if path.name != "manifest.json")
    assert "groups.parquet" in names
    assert [
        name for name in names if file_sha256(empty / "resultat" / name) != file_sha256(tmp_path / "repository" / name)
    ] == []
