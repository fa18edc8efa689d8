"""`rosace retirer`: a contribution erased from every artefact of a run."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.options import config_option, run_argument


@click.command()
@run_argument
@click.argument(
    "contribution", metavar="IDENTIFIANT", help="Identifiant de la contribution (c…), ou d'une de ses idées (i…)."
)
@config_option
def retirer(run: Path, contribution: str, config: Path | None) -> None:
    """Efface une contribution de tous les résultats, pour de bon, et refait la restitution sans elle.

    Les groupes sont refaits : un titre pouvait venir de ses mots. Sans --config, la configuration est celle de la
    dernière exécution.
    """
    from pipeline.api import withdraw
    from pipeline.cli.progress import RunProgress

    with RunProgress() as progress:
        done = withdraw(run, contribution, config=config, progress=progress)
    for warning in done.synthesis.warnings:
        print(f"  · {warning}", file=sys.stderr)
    erased = done.withdrawal
    print(f"Contribution {erased.contribution_id} effacée de {run}\u00a0: tables, décisions, restitution.")
    for path in done.left.removed:
        print(f"  · {path}\u00a0: effacé, il la citait\u00a0; exportez-le à nouveau s'il le faut")
    print(
        "Ce que Rosace ne peut pas atteindre, à effacer vous-même\u00a0:\n"
        f"  · le fichier d'origine\u00a0: {done.corpus}/{erased.source}, {erased.locator}\n"
        "  · les copies déjà envoyées, collées ailleurs ou gardées par une sauvegarde\n"
        "  · ce que quelqu'un en a dit avec d'autres mots dans un titre ou un commentaire"
    )
    for path in done.left.edited:
        print(f"  · {path}\u00a0: modifié ou ajouté à la main, il la cite ou ne peut pas être lu")
    for export in done.left.untraced:
        print(f"  · {export}\u00a0: introuvable à cette place, il peut la citer")
