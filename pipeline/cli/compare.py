"""`rosace compare RUN RUN…`: several workshops of one programme; `rosace compare import PROGRAMME FILE`: its review."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import PATH, config_option, dry_run_option, yes_option
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.config import Config


@click.command()
@click.argument(
    "arguments",
    nargs=-1,
    required=True,
    metavar="RESULTATS RESULTATS… | PROGRAMME | import PROGRAMME FICHIER | annuler PROGRAMME",
    help="Dossiers de résultats d'au moins deux ateliers ; ou le dossier d'un programme (programme.toml).",
)
@click.option("--out", type=PATH, help="Dossier du programme (par défaut runs/programme).")
@config_option
@dry_run_option
@yes_option
@click.option("--nom", "name", default="Classeur", help="Import, annuler : qui décide.")
def compare(
    arguments: tuple[str, ...], out: Path | None, config: Path | None, dry_run: bool, yes: bool, name: str
) -> None:
    """Lit plusieurs ateliers sous les mêmes titres : ce qui revient de l'un à l'autre, ce qui est propre à chacun.

    Écrit programme.docx, .odt, .html, .md et programme.xlsx ; le classeur se corrige et se rend avec « import ».
    Exemple : rosace compare runs/vaux runs/montbel --out runs/vallee
    """
    from pipeline.config import load_config

    settings = load_config(config)
    match arguments:
        case ["import", programme, file]:
            _import(Path(programme), Path(file), name, settings, dry_run, yes)
        case ["annuler", programme]:
            _undo(Path(programme), name)
        case ["import" | "annuler", *_]:
            raise UsageError(
                "Attendu : « rosace compare import PROGRAMME FICHIER » ou « rosace compare annuler PROGRAMME »."
            )
        case runs:
            _compare(runs, out, settings)


def _compare(runs: tuple[str, ...], out: Path | None, settings: Config) -> None:
    from pipeline.api.programme import compare as compare_runs
    from pipeline.language.text.typography import capitalized, counted

    made = compare_runs(runs, out, config=settings)
    for warning in made.warnings:
        print(f"  · {warning}", file=sys.stderr)
    back = counted(made.n_threads, "titre revient", "titres reviennent") if made.n_threads else "aucun titre ne revient"
    asked = counted(made.n_questions, "question", feminine=True)
    print(f"{capitalized(back)} d'un atelier à l'autre ; {asked} à une personne, dans programme.xlsx.", file=sys.stderr)
    print(made.path / "programme.docx")


def _import(programme: Path, file: Path, name: str, settings: Config, dry_run: bool, is_agreed: bool) -> None:
    """Show what a workbook asks for, then do it: at once with `--oui` or where nobody can answer, else once agreed."""
    from pipeline.api.programme import plan_import, record_import
    from pipeline.language.text.typography import capitalized, counted

    plan = plan_import(programme, file, name, config=settings)
    for line in plan.lines:
        print(f"  + {line}")
    for conflict in plan.conflicts:
        print(f"  ! {conflict}", file=sys.stderr)
    if not plan.decisions:
        print("Rien à faire : ce fichier ne change rien" + (" d'autre." if plan.conflicts else "."))
        return
    n = counted(len(plan.decisions), "acte")
    if dry_run:
        print(f"Sans --dry-run : {n}.")
        return
    if sys.stdin.isatty() and not is_agreed and not click.confirm(f"À faire : {n}. D'accord ?", default=True):
        print("Rien n'est fait.")
        return
    record_import(programme, plan)
    done = counted(len(plan.decisions), "acte enregistré", "actes enregistrés")
    print(f"{capitalized(done)}. Pour récrire le document : rosace compare {programme}")


def _undo(programme: Path, name: str) -> None:
    """Undo the last act."""
    from pipeline.api.programme import undo_last
    from pipeline.language.text.typography import with_de

    undone = undo_last(programme, name)
    if undone is None:
        print("Rien à annuler.")
        return
    whose = with_de(undone.author)
    print(f"Le dernier acte {whose} est annulé. Pour récrire le document : rosace compare {programme}")
