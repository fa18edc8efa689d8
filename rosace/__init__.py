"""Rosace in Python: what `rosace` does on the command line, on texts and tables in memory.

>>> import rosace
>>> tags = rosace.read(["Plus aucun car après 18 h"], profile="rapide")
>>> tags["axis"].tolist()
['est']

`read` gives axes, `place` puts texts under titles, `group` groups what has none, `cut` gives ideas, `synthesize` a
whole restitution, `themes` its titles; `draft` writes it again after decisions, `export` writes it for other tools,
`compare` reads several workshops together. Nothing is printed, nothing is
downloaded; what a caller can mend is a `RosaceError`, told in French. Nothing heavy is imported before the first
call.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.errors import ArtifactError, ModelError, RefusedFileError, RosaceError, UsageError

if TYPE_CHECKING:
    from pipeline.api.exporting import export
    from pipeline.api.programme import Comparison, compare
    from pipeline.api.runs import Refused, Synthesis, draft, synthesize
    from pipeline.api.texts import Idea, cut, group, place, read, themes

    __version__: str

__all__ = [
    "ArtifactError",
    "Comparison",
    "Idea",
    "ModelError",
    "Refused",
    "RefusedFileError",
    "RosaceError",
    "Synthesis",
    "UsageError",
    "__version__",
    "compare",
    "cut",
    "draft",
    "export",
    "group",
    "place",
    "read",
    "synthesize",
    "themes",
]

_HOMES = {
    "export": "exporting", "Comparison": "programme", "compare": "programme",
    **dict.fromkeys(("Refused", "Synthesis", "draft", "synthesize"), "runs"),
}  # fmt: skip
"""The module of `pipeline.api` of each name; `texts` where nothing is said."""


def __getattr__(name: str) -> Any:
    """A public name, imported when it is first asked for."""
    if name == "__version__":
        from importlib.metadata import version

        return version("rosace")
    if name not in __all__:
        raise AttributeError(f"module 'rosace' has no attribute {name!r}")
    module = import_module(f"pipeline.api.{_HOMES.get(name, 'texts')}")
    found = globals()[name] = getattr(module, name)
    return found


def __dir__() -> list[str]:
    return __all__
