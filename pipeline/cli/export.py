"""`rosace export`: a run as other tools open it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def export(
    run: Annotated[
        Path, typer.Argument(metavar="RESULTATS", help="Dossier de résultats écrit par « rosace synthesize ».")
    ],
    to: Annotated[
        str,
        typer.Option(
            "--vers",
            metavar="FORMAT",
            help="carte (une page), refi-qda (QualCoder, MAXQDA, NVivo, ATLAS.ti), iramuteq, tables (csv des groupes, "
            "de leurs liens et des figures).",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Dossier ou fichier à écrire (par défaut, exports/FORMAT dans RESULTATS)."),
    ] = None,
) -> None:
    """Écrit les résultats, décisions comprises, pour un autre outil."""
    from pipeline.api import export as export_run

    for path in export_run(run, to, out):
        print(path)
