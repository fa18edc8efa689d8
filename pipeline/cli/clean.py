"""`rosace clean`: remove what a run can compute again; never decisions, never a file that a person changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def clean(
    runs: Annotated[Path, typer.Argument(help="Dossier qui contient les résultats (runs).")] = Path("runs"),
) -> None:
    """Efface ce qui se recalcule dans les dossiers de résultats ; garde les décisions et vos fichiers modifiés."""
    from pipeline.artifacts import MANIFEST, RunFolder

    for manifest in sorted(runs.glob(f"*/{MANIFEST}")):
        kept = RunFolder.open(manifest.parent).remove_computed()
        print(f"{manifest.parent} : gardé : {', '.join(kept) if kept else 'rien'}")
