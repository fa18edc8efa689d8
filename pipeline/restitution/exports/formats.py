"""The formats that other tools open, by the name that people ask for them by."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.restitution.exports import Contents, carte, iramuteq, refi_qda, tables


class Format(NamedTuple):
    """A format: which tools open it, for people; the names of its files → their contents."""

    told: str
    write: Callable[[Contents], dict[str, bytes]]


FORMATS: dict[str, Format] = {
    "carte": Format("La carte des idées, une page à ouvrir d’un double clic", carte.write),
    "refi-qda": Format("QualCoder, MAXQDA, NVivo, ATLAS.ti (REFI-QDA)", refi_qda.write),
    "iramuteq": Format("IRaMuTeQ (corpus étoilé)", iramuteq.write),
    "tables": Format("Gephi, Datawrapper, tableurs (groupes, liens et figures en csv)", tables.write),
}


def write(contents: Contents, to: str) -> dict[str, bytes]:
    """Names of files → their contents.

    Raises
    ------
    UsageError : no such format.
    """
    check(to)
    return FORMATS[to].write(contents)


def check(to: str) -> None:
    """Nothing when a format is known.

    Raises
    ------
    UsageError : it is not.
    """
    if to not in FORMATS:
        raise UsageError(f"« {to} » n'est pas un format. Attendu : {', '.join(FORMATS)}.")
