"""`rosace clean`: remove what a run can compute again; never decisions, never a file that a person changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import PATH
from pipeline.errors import RosaceError, UsageError, os_reason

if TYPE_CHECKING:
    from pipeline.folder.artifacts import RunFolder


@click.command()
@click.argument(
    "runs",
    type=PATH,
    default=Path("runs"),
    metavar="[DOSSIER]",
    help="Dossier qui contient les résultats (runs), ou l'un d'eux.",
)
def clean(runs: Path) -> None:
    """Efface ce qui se recalcule dans les dossiers de résultats ; garde les décisions et vos fichiers modifiés."""
    from pipeline.folder.artifacts import MANIFEST, RunFolder

    places = sorted({path.parent for pattern in (MANIFEST, f"*/{MANIFEST}") for path in runs.glob(pattern)})
    found = [run for run in map(RunFolder, places) if run.is_ours()]
    if not found:
        print(f"Rien à effacer\u00a0: {runs} ne contient aucun dossier de résultats.")
    refused = []
    for run in found:
        try:
            kept = _cleaned(run)
        except RosaceError as error:
            refused.append(str(error))
            continue
        print(f"{run.path} : gardé : {', '.join(kept) if kept else 'rien'}")
    if refused:
        raise UsageError("\n".join(refused))


def _cleaned(run: RunFolder) -> list[str]:
    """Remove what a run can compute again; returns what stays.

    Raises
    ------
    RosaceError : the disk refuses, the manifest is damaged, or another one works there.
    """
    from pipeline.folder.delivered import forget_delivered
    from pipeline.folder.locks import alone

    try:
        with alone(run.path, "« rosace clean »"):
            run.load_manifest()  # or nobody knows what Rosace wrote
            forget_delivered(run)
            return run.remove_computed()
    except OSError as error:
        raise UsageError(
            f"{run.path} ne peut pas être effacé ({os_reason(error)}). Vérifiez vos droits, ou que le disque "
            "accepte l'écriture, puis recommencez : ce qui reste est intact."
        ) from error
