"""Rosace in Python: what `rosace` does on the command line, on texts and tables in memory.

>>> import rosace
>>> tags = rosace.read(["Plus aucun car après 18 h"], profile="rapide")
>>> tags["axis"].tolist()
['est']

`read` gives axes, `group` groups, `cut` ideas, `synthesize` a whole restitution; `draft` writes it again after
decisions, `export` writes it for other tools, `compare` reads several workshops together. Nothing is printed, nothing
is downloaded; what a caller can mend is a `RosaceError`, told in French. Nothing heavy is imported before the first
call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.api import Comparison as Comparison
    from pipeline.api import Idea as Idea
    from pipeline.api import Refused as Refused
    from pipeline.api import Synthesis as Synthesis
    from pipeline.api import compare as compare
    from pipeline.api import cut as cut
    from pipeline.api import draft as draft
    from pipeline.api import export as export
    from pipeline.api import group as group
    from pipeline.api import read as read
    from pipeline.api import synthesize as synthesize
    from pipeline.errors import ArtifactError as ArtifactError
    from pipeline.errors import ModelError as ModelError
    from pipeline.errors import RefusedFileError as RefusedFileError
    from pipeline.errors import RosaceError as RosaceError
    from pipeline.errors import UsageError as UsageError

    __version__: str

_FROM = {
    **dict.fromkeys(
        (
            "Comparison",
            "Idea",
            "Refused",
            "Synthesis",
            "compare",
            "cut",
            "draft",
            "export",
            "group",
            "read",
            "synthesize",
        ),
        "pipeline.api",
    ),
    **dict.fromkeys(
        ("ArtifactError", "ModelError", "RefusedFileError", "RosaceError", "UsageError"), "pipeline.errors"
    ),
}

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
    "read",
    "synthesize",
]


def __getattr__(name: str) -> Any:
    """A public name, imported when it is first asked for."""
    if name == "__version__":
        from importlib.metadata import version

        return version("rosace")
    if name not in _FROM:
        raise AttributeError(f"module 'rosace' has no attribute {name!r}")
    from importlib import import_module

    found = globals()[name] = getattr(import_module(_FROM[name]), name)
    return found


def __dir__() -> list[str]:
    return __all__
