"""`rosace nouveau`: an empty corpus folder."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import PATH
from pipeline.errors import UsageError, os_reason
from pipeline.resources import corpus, is_repository


@click.command()
@click.argument("folder", type=PATH, metavar="DOSSIER", help="Dossier à créer pour les fichiers d'un atelier.")
@click.option("--demo", is_flag=True, help="Y met l'atelier de démonstration, prêt à traiter.")
def nouveau(folder: Path, demo: bool) -> None:
    """Crée un dossier d'atelier : atelier.toml à remplir, une feuille de saisie, un mode d'emploi."""
    import pandas as pd

    from pipeline.ingest.workshop import (
        ENTRY_HEADINGS,
        ENTRY_SHEET_NAME,
        HELP_NOTE_NAME,
        WORKSHOP_FILE,
        blank_file,
    )
    from pipeline.tables import write_table

    texts = {name: blank_file(name).encode() for name in (WORKSHOP_FILE, HELP_NOTE_NAME)}
    if demo:
        texts = {path.name: path.read_bytes() for path in sorted((corpus() / "demo").iterdir())}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept = [name for name in (*texts, ENTRY_SHEET_NAME) if (folder / name).exists()]
        for name, text in texts.items():
            if name not in kept:
                (folder / name).write_bytes(text)
        if not demo and ENTRY_SHEET_NAME not in kept:
            write_table(pd.DataFrame(columns=list(ENTRY_HEADINGS), dtype=object), folder / ENTRY_SHEET_NAME)
    except OSError as error:
        raise UsageError(
            f"Impossible de créer {folder} ({os_reason(error)}). Choisissez un dossier où vous avez le droit d'écrire."
        ) from error
    print(folder)
    for name in kept:
        print(f"  {name} existait déjà\u00a0: gardé tel quel.")
    fill = "" if demo else f"remplissez {folder / WORKSHOP_FILE}, déposez vos fichiers, puis "
    print(f"Ensuite\u00a0: {fill}lancez")
    command = "make synthesize CORPUS=" if is_repository() else "rosace synthesize "
    print(f"  {command}{folder}")
