"""`rosace draft`: the restitution again, after decisions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def draft(
    run: Annotated[Path, typer.Argument(help="Dossier de résultats écrit par « rosace synthesize ».")],
    config: Annotated[Path | None, typer.Option("--config", help="Fichier TOML posé sur configs/default.toml.")] = None,
) -> None:
    """Rejoue les décisions et récrit la restitution, sans relire les fichiers."""
    from pipeline.artifacts import RunFolder
    from pipeline.cli.progress import RunProgress
    from pipeline.cli.synthesize import report
    from pipeline.config import load_config
    from pipeline.execution import LocalExecutor
    from pipeline.stages import Job
    from pipeline.synthesis import synthesize

    folder = RunFolder.open(run)
    manifest = folder.load_manifest()
    settings = load_config(config, profil=manifest["config"]["profil"])
    with RunProgress() as progress:
        job = Job(Path(manifest["corpus"]), folder, settings, LocalExecutor(), progress)
        summary = synthesize(job, from_stage="review")
    sys.exit(report(summary, run))
