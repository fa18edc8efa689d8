"""`rosace export`: a run as other tools open it."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import click

from pipeline.cli.options import PATH, run_argument


@click.command()
@run_argument
@click.option(
    "--vers",
    "to",
    required=True,
    metavar="FORMAT",
    help="carte (une page), refi-qda (QualCoder, MAXQDA, NVivo, ATLAS.ti), iramuteq, tables (csv des groupes, "
    "de leurs liens et des figures).",
)
@click.option("--out", type=PATH, help="Dossier ou fichier à écrire (par défaut, exports/FORMAT dans RESULTATS).")
def export(run: Path, to: str, out: Path | None) -> None:
    """Écrit les résultats, décisions comprises, pour un autre outil."""
    from pipeline.api import export as export_run
    from pipeline.api import finish_withdrawal
    from pipeline.cli.progress import RunProgress

    with RunProgress() as progress:
        told = finish_withdrawal(run, progress=progress)
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always", UserWarning)
        paths = export_run(run, to, out)
    for line in (*told, *(one.message for one in raised if one.category is UserWarning)):
        print(f"  · {line}", file=sys.stderr)
    for path in paths:
        print(path)
