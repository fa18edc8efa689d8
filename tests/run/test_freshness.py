"""A stage is stale when what decides in it has changed, and then alone."""

import ast
import inspect
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import grimp
import pytest

from pipeline.config import load_config
from pipeline.resources import PACKAGE, configs
from pipeline.run import synthesis
from pipeline.run.stages import STAGES
from tests.conftest import run_synthesis
from tests.run.conftest import write_postits

NEUTRAL = ("errors", "metering", "resources", "extras", "config", "folder")
"""Those that decide nothing of what a stage finds; the values of the configuration count key by key."""
ALL = tuple(stage.name for stage in STAGES)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source; what is beside it is its root."""
    place = tmp_path_factory.mktemp("source")
    shutil.copytree(PACKAGE, place / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PACKAGE.parent / "configs", place / "configs")
    return place


@pytest.fixture
def tree(monkeypatch: pytest.MonkeyPatch, copied: Path) -> Path:
    """That copy as what is hashed, to be changed and put back."""
    monkeypatch.setattr(synthesis, "PACKAGE", copied / "pipeline")
    monkeypatch.setattr(synthesis, "configs", lambda: copied / "configs")
    return copied


def hashes() -> dict[str, str]:
    synthesis.room_sha256.cache_clear()
    return {stage.name: synthesis.code_sha256(stage.run, stage.rooms) for stage in STAGES}


@pytest.mark.parametrize(
    ("changed", "stale"),
    [
        ("pipeline/workbench/**/*.py", ()),
        ("pipeline/cli/*.py", ()),
        ("pipeline/errors.py", ()),
        ("pipeline/metering.py", ()),
        ("pipeline/config.py", ()),
        ("pipeline/run/*.py", ()),
        ("configs/default.toml", ()),
        ("configs/axes.toml", ALL),
        ("pipeline/ingest/segmentation/segment.py", ("ingest",)),
        ("pipeline/embed/stage.py", ("embed",)),
        ("pipeline/classify/reading/calibration.py", ("classify", "place")),
        ("pipeline/cluster/naming/titles.py", ("cluster", "review")),
        ("pipeline/language/text/**/*stop*", ALL),
        ("pipeline/review/log/state.py", ("review",)),
        ("pipeline/restitution/templates/page.css", ("restitution",)),
        ("pipeline/__init__.py", ALL),
    ],
)
def test_a_change_makes_stale_the_stages_that_it_decides_in(tree: Path, changed: str, stale: tuple[str, ...]) -> None:
    kept = {path: path.read_bytes() for path in tree.glob(changed) if path.is_file()}
    assert kept
    before = hashes()
    for path, content in kept.items():
        path.write_bytes(content + b"\n")
    after = hashes()
    for path, content in kept.items():
        path.write_bytes(content)
    assert tuple(name for name in ALL if before[name] != after[name]) == stale


def test_an_installed_model_of_another_version_makes_all_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    before = hashes()
    monkeypatch.setattr(synthesis, "version", lambda name: f"another {name}")
    assert all(before[name] != sha for name, sha in hashes().items())


def test_all_of_it_takes_no_time() -> None:
    started = time.process_time()  # others may be at work on the machine
    hashes()
    assert time.process_time() - started < 1.0  # a tenth of a second on a machine at rest


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_what_a_stage_imports_is_in_its_rooms(stage) -> None:  # type: ignore[no-untyped-def]
    modules = grimp.build_graph("pipeline", exclude_type_checking_imports=True)
    called = ast.walk(ast.parse(inspect.getsource(stage.run)))
    reached = {
        f"{node.module}.{name.name}" if f"{node.module}.{name.name}" in modules.modules else str(node.module)
        for node in called
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    assert reached
    for module in tuple(reached):
        reached |= modules.find_upstream_modules(module)
    declared = {Path(name).stem for name in (*synthesis.SHARED, *NEUTRAL, *stage.rooms)}
    assert {module.split(".")[1] for module in reached} <= declared


# what Python loads and opens -------------------------------------------------------------------------------------

MODELS_TOLD = {
    "classify": ("axes", "worth"),
    "place": ("place", "axes", "stances"),
    "cluster": ("alone", "axes", "ideas", "pairs", "stances", "titles"),
    "restitution": ("alone",),
}
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
    write_postits(corpus)
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
    declared = (*synthesis.SHARED, *NEUTRAL, *stage.rooms, "__init__.py", "run")
    assert found["loaded"]
    assert {name.split(".")[1] for name in found["loaded"] if "." in name} <= {Path(name).stem for name in declared}
    read = {Path(path) for path in found["read"]} - set(configs().rglob("*"))
    assert {path.relative_to(PACKAGE).parts[0] for path in read} <= set(declared)
    assert found["read"] or stage.name not in ("ingest", "cluster", "restitution")
    assert set(found["keys"]) - {"taille_partition"} <= set(stage.config_keys)
    assert set(found["models"]) <= set(MODELS_TOLD.get(stage.name, ()))


def test_the_keys_of_stages_are_keys_of_the_configuration() -> None:
    assert len(STAGES) > 4
    for stage in STAGES:
        assert set(stage.config_keys) <= set(type(load_config()).model_fields)
