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
    dernière exécution. Interrompu, le retrait est fini par la commande suivante sur ces résultats, quelle qu'elle soit.
    """
    from pipeline.api import withdraw
    from pipeline.cli.progress import RunProgress
    from pipeline.ingest.formats.typed import key_of

    with RunProgress() as progress:
        done = withdraw(run, contribution, config=config, progress=progress)
    for warning in done.synthesis.warnings:
        print(f"  · {warning}", file=sys.stderr)
    erased = done.withdrawal
    origin = f"  · le fichier d'origine\u00a0: {done.corpus}/{erased.source}, {erased.locator}\n"
    origin = "" if key_of(erased.locator) else origin  # typed in the room: erased there too
    print(f"Contribution {erased.contribution_id} effacée de {run}\u00a0: tables, décisions, restitution.")
    print(
        "Ce que Rosace ne peut pas atteindre, à effacer vous-même\u00a0:\n"
        f"{origin}"
        "  · les copies déjà envoyées, collées ailleurs ou gardées par une sauvegarde\n"
        "  · ce que quelqu'un en a dit avec d'autres mots dans un titre ou un commentaire"
    )
    for line in done.left.told():
        print(f"  · {line}")
