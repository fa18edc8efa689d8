"""`rosace compare RUN RUN…`: several workshops of one programme."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.options import PATH, config_option


@click.command()
@click.argument(
    "runs",
    nargs=-1,
    required=True,
    metavar="RESULTATS RESULTATS… | PROGRAMME",
    help="Dossiers de résultats d'au moins deux ateliers ; ou le dossier d'un programme (programme.toml).",
)
@click.option("--out", type=PATH, help="Dossier du programme (par défaut runs/programme).")
@config_option
def compare(runs: tuple[str, ...], out: Path | None, config: Path | None) -> None:
    """Lit plusieurs ateliers sous les mêmes titres : ce qui revient de l'un à l'autre, ce qui est propre à chacun.

    Écrit programme.docx, .odt, .html, .md et programme.xlsx. Deux titres n'en font qu'un quand ils ont les mêmes mots,
    ou quand programme.toml le dit. Exemple : rosace compare runs/vaux runs/montbel --out runs/vallee
    """
    from pipeline.api.programme import compare as compare_runs
    from pipeline.language.text.typography import capitalized, counted

    made = compare_runs(runs, out, config=config)
    for warning in made.warnings:
        print(f"  · {warning}", file=sys.stderr)
    back = counted(made.n_threads, "titre revient", "titres reviennent") if made.n_threads else "aucun titre ne revient"
    asked = counted(made.n_questions, "question", feminine=True)
    print(f"{capitalized(back)} d'un atelier à l'autre ; {asked} à une personne, en annexe.", file=sys.stderr)
    print(made.path / "programme.docx")
