"""`rosace draft`: the restitution again, after decisions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.synthesize import Length, Plan, Sections


def draft(
    run: Annotated[Path, typer.Argument(help="Dossier de résultats écrit par « rosace synthesize ».")],
    config: Annotated[Path | None, typer.Option("--config", help="Fichier TOML posé sur configs/default.toml.")] = None,
    plan: Plan = None,
    length: Length = None,
    sections: Sections = None,
) -> None:
    """Rejoue les décisions et récrit la restitution, sans relire les fichiers.

    Sans --config, la configuration est celle de la dernière exécution.
    """
    from pipeline.cli.progress import RunProgress
    from pipeline.cli.synthesize import report
    from pipeline.config import checked_config, load_config, with_document
    from pipeline.execution import LocalExecutor
    from pipeline.folder.artifacts import MANIFEST, RunFolder
    from pipeline.run.jobs import Job
    from pipeline.run.synthesis import synthesize

    folder = RunFolder.open(run)
    manifest = folder.load_manifest()
    last = manifest["config"]
    chosen = load_config(config, profil=last["profil"]) if config else checked_config(last, run / MANIFEST)
    settings = with_document(chosen, plan, length, sections)
    with RunProgress() as progress:
        job = Job(Path(manifest["corpus"]), folder, settings, LocalExecutor(), progress)
        summary = synthesize(job, from_stage="review")
    sys.exit(report(summary, run))
