"""`rosace clean`: remove what a run can compute again; never decisions, never a file that a person changed."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import PATH


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
    from pipeline.folder.delivered import forget_delivered
    from pipeline.folder.locks import alone

    places = sorted({path.parent for pattern in (MANIFEST, f"*/{MANIFEST}") for path in runs.glob(pattern)})
    found = [run for run in map(RunFolder.open, places) if {"stages", "files"} <= set(run.load_manifest())]
    if not found:
        print(f"Rien à effacer\u00a0: {runs} ne contient aucun dossier de résultats.")
    for run in found:
        with alone(run.path, "« rosace clean »"):
            forget_delivered(run)
            kept = run.remove_computed()
        print(f"{run.path} : gardé : {', '.join(kept) if kept else 'rien'}")
