"""`rosace retirer`: a contribution erased from every artefact of a run."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer


def retirer(
    run: Annotated[Path, typer.Argument(help="Dossier de résultats écrit par « rosace synthesize ».")],
    contribution: Annotated[
        str, typer.Argument(help="Identifiant de la contribution (c…), ou d'une de ses idées (i…).")
    ],
    config: Annotated[Path | None, typer.Option("--config", help="Fichier TOML posé sur configs/default.toml.")] = None,
) -> None:
    """Efface une contribution de tous les résultats, pour de bon, et refait la restitution sans elle.

    Les groupes sont refaits : un titre pouvait venir de ses mots. Sans --config, la configuration est celle de la
    dernière exécution.
    """
    from pipeline.cli.progress import RunProgress
    from pipeline.config import checked_config, load_config
    from pipeline.execution import LocalExecutor
    from pipeline.folder.artifacts import MANIFEST, RunFolder
    from pipeline.ingest.withdrawal import erase, out_of_reach
    from pipeline.run.jobs import Job
    from pipeline.run.synthesis import synthesize

    folder = RunFolder.open(run)
    manifest = folder.load_manifest()
    last = manifest["config"]
    settings = load_config(config, profil=last["profil"]) if config else checked_config(last, run / MANIFEST)
    withdrawal = erase(folder, contribution)
    with RunProgress() as progress:
        job = Job(Path(manifest["corpus"]), folder, settings, LocalExecutor(os.cpu_count() or 1), progress)
        summary = synthesize(job, from_stage="embed")
    for warning in summary.warnings:
        print(f"  · {warning}", file=sys.stderr)
    print(f"Contribution {withdrawal.contribution_id} effacée de {run}\u00a0: tables, décisions, restitution, exports.")
    print(
        "Ce que Rosace ne peut pas atteindre\u00a0:\n"
        f"  · le fichier d'origine\u00a0: {manifest['corpus']}/{withdrawal.source}, {withdrawal.locator}\u00a0; "
        "supprimez-y ces mots\n"
        "  · les copies déjà envoyées, collées ailleurs ou gardées par une sauvegarde"
    )
    for name in out_of_reach(folder, withdrawal):
        print(f"  · {run / name}\u00a0: modifié ou ajouté à la main, et contient encore ces mots")
