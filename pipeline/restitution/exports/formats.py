"""The formats that other tools open, by the name that people ask for them by."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.restitution.exports import argilla, carte, datawrapper, graphml, iramuteq, label_studio, refi_qda
from pipeline.restitution.exports.contents import Contents


class Format(NamedTuple):
    """A format: what it is and which tool opens it, for people; names of files → their contents."""

    told: str
    write: Callable[[Contents], dict[str, bytes]]


FORMATS: dict[str, Format] = {
    "carte": Format("la carte des idées, une page qui s’ouvre hors ligne : un navigateur", carte.write),
    "refi-qda": Format("un projet codé et son livre de codes : QualCoder, MAXQDA, NVivo, ATLAS.ti", refi_qda.write),
    "iramuteq": Format("un corpus étoilé : IRaMuTeQ", iramuteq.write),
    "argilla": Format("des enregistrements à annoter, et leur réglage : Argilla", argilla.write),
    "label-studio": Format("des tâches à annoter, et leur écran : Label Studio", label_studio.write),
    "datawrapper": Format("les nombres de chaque figure : Datawrapper", datawrapper.write),
    "graphml": Format("les groupes et leurs liens : Gephi, yEd, Cytoscape", graphml.write),
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
