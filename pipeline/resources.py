"""Where the files that Rosace needs stand: in the package that was installed, or at the root of its repository.

`setup.py` puts `configs/`, `models/` and the demonstration into the wheel, under `pipeline/shipped/`. What serves to
learn and to measure (the annotated corpus, the benchmarks) stays in the repository: see `in_repository`.
"""

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from pipeline.errors import UsageError

SHIPPED = "shipped"
PACKAGE = Path(str(files("pipeline")))
"""The source files of Rosace, whether installed or not."""
BY_VALUE = "default.toml"
"""The file of `configs/` whose keys count one by one."""


def is_repository() -> bool:
    """Whether Rosace runs from its repository, rather than from a wheel."""
    return not (PACKAGE / SHIPPED).is_dir()


def root() -> Path:
    """The folder that holds `configs`, `models` and `corpus`."""
    return PACKAGE.parent if is_repository() else PACKAGE / SHIPPED


def configs() -> Path:
    """The folder of configuration files: `default.toml`, `axes.toml`, `sources.toml`…"""
    return root() / "configs"


def models() -> Path:
    """The folder of models: `axes/<profile>`, `ideas`."""
    return root() / "models"


def corpus() -> Path:
    """The folder of texts: `demo` everywhere, `annotated`, `benchmarks` and `ideas` in the repository alone."""
    return root() / "corpus"


@cache
def room_sha256(room: Path) -> str:
    """The sha256 of a file, or of the files of a folder with their names; read once in a process, which goes on with
    the code that it has loaded."""
    found = hashlib.sha256()
    for path in [room] if room.is_file() else sorted(room.rglob("*")):
        if path.is_file() and path.name != BY_VALUE and path.suffix != ".pyc":
            found.update(f"{path.relative_to(room.parent).as_posix()}\n".encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def in_repository(path: Path) -> Path:
    """`path`, a file or a folder of `corpus()`. Raises UsageError: this installation does not hold it."""
    if not path.exists() and path.is_relative_to(corpus()):
        name = path.relative_to(root()).as_posix()
        raise UsageError(
            f"{name} manque : ce qui sert à apprendre et à mesurer n'est pas dans le paquet installé. Lancez cette "
            "commande depuis le dépôt de Rosace (pip install -e .), ou donnez vos propres textes annotés."
        )
    return path


def need_workbench(command: str) -> None:
    """Go on only where the workbench, which learns and measures, stands beside the engine.

    Raises UsageError: this is the installed package, which leaves it out.
    """
    if not (PACKAGE / "workbench").is_dir():
        raise UsageError(
            f"« {command} » apprend ou mesure : ce qui sert à cela n'est pas dans le paquet installé. Lancez cette "
            "commande depuis une copie du dépôt de Rosace, après « make install » (ou pip install -e .)."
        )
