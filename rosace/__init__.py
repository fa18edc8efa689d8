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

from typing import TYPE_CHECKING, Any

from pipeline.errors import ArtifactError, ModelError, RefusedFileError, RosaceError, UsageError

if TYPE_CHECKING:
    from pipeline.api import (
        Comparison,
        Idea,
        Refused,
        Synthesis,
        compare,
        cut,
        draft,
        export,
        group,
        place,
        read,
        synthesize,
        themes,
    )

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


def __getattr__(name: str) -> Any:
    """A public name, imported when it is first asked for."""
    if name == "__version__":
        from importlib.metadata import version

        return version("rosace")
    if name not in __all__:
        raise AttributeError(f"module 'rosace' has no attribute {name!r}")
    from pipeline import api

    found = globals()[name] = getattr(api, name)
    return found


def __dir__() -> list[str]:
    return __all__
