"""Whether another machine computes with the same Rosace: its files, its settings, the libraries under it."""

from __future__ import annotations

import hashlib
import platform
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from pipeline.resources import PACKAGE, configs

_SHIPPED = "shipped"
"""The folder of the installed package that holds what stands at the root of the repository."""
_NAME = re.compile(r"[\w.-]+")


@cache
def identity() -> dict[str, str]:
    """What decides in what is computed here: each file → its sha256, each library → its version.

    As it was when first asked for: a process goes on with the code that it has loaded.
    """
    files = [path for path in PACKAGE.rglob("*") if _counts(path.relative_to(PACKAGE))]
    named = {f"pipeline/{path.relative_to(PACKAGE).as_posix()}": path for path in files}
    named |= {f"configs/{path.name}": path for path in configs().glob("*.toml")}
    found = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in named.items() if path.is_file()}
    return found | {"Python": ".".join(platform.python_version_tuple()[:2])} | _libraries()


def _counts(path: Path) -> bool:
    return path.parts[0] != _SHIPPED and "__pycache__" not in path.parts


def _libraries() -> dict[str, str]:
    """Versions of what Rosace depends on."""
    found: dict[str, str] = {}
    for need in requires("rosace") or ():
        name = _NAME.match(need)
        if name is None or "extra ==" in need:
            continue
        try:
            found[name[0]] = version(name[0])
        except PackageNotFoundError:
            found[name[0]] = ""
    return found


def digest() -> str:
    """All of it in a word."""
    return hashlib.sha256(repr(sorted(identity().items())).encode()).hexdigest()


def differences(other: dict[str, str]) -> list[str]:
    """Names of what another machine has otherwise, in order."""
    here = identity()
    return sorted(name for name in here.keys() | other.keys() if here.get(name) != other.get(name))
