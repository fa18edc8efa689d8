"""`rosace review RUN`: the local page; `rosace review export|import RUN FILE`: the same work on paper or by e-mail."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import browser_option, config_option, dry_run_option, port_option, yes_option
from pipeline.cli.output import announce_page, tell_each, until_interrupted
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.folder.artifacts import RunFolder

USAGE = (
    "Attendu : « rosace review » (la page d'accueil), « rosace review DOSSIER », « rosace review export DOSSIER "
    "FICHIER » ou « rosace review import DOSSIER FICHIER »."
)


@click.command()
@click.argument(
    "arguments",
    nargs=-1,
    metavar="[DOSSIER] | export DOSSIER FICHIER | import DOSSIER FICHIER",
    help="Dossier de résultats (sans lui, la page d'accueil et tous vos ateliers) ; avec export ou import, le "
    "classeur échangé (.xlsx) ; en import aussi, la restitution corrigée (.docx, .odt).",
)
@config_option
@browser_option
@port_option
@dry_run_option
@yes_option
@click.option(
    "--nom", "name", default="", show_default=False, help="Import : qui a rempli le classeur ou corrigé le document."
)
@click.option("--participants", is_flag=True, help="Export : la page « Retrouver ma parole », en un fichier.")
def review(
    arguments: tuple[str, ...],
    config: Path | None,
    browser: bool,
    port: int,
    dry_run: bool,
    yes: bool,
    name: str,
    participants: bool,
) -> None:
    """Ouvre la page de relecture ; ou écrit et relit un classeur (.xlsx)."""
    from pipeline.config import load_config
    from pipeline.folder.artifacts import RunFolder
    from pipeline.folder.locks import working

    settings = load_config(config)
    match arguments:
        case []:
            open_home(settings, browser, port=port)
        case [run]:
            _open_page(RunFolder.open(Path(run)).path, settings, config, browser, port)
        case ["export", run, file]:
            with working(Path(run), "« rosace review export »"):
                _export(RunFolder.open(Path(run)), Path(file), settings.review.petite_table if participants else None)
        case ["import", run, file]:
            with working(Path(run), "« rosace review import »"):
                _import(RunFolder.open(Path(run)), Path(file), name, dry_run, yes)
        case _:
            raise UsageError(USAGE)


def open_home(settings: Config, browser: bool, folder: Path | None = None, port: int = 0) -> None:
    """Open the home page until interrupted, on a port, 0 for the one of the settings."""
    from pipeline.app.server import open_home as serve

    def announce(address: str) -> None:
        how_to_stop = "Pour l'arrêter : fermez cette fenêtre, ou Ctrl+C."
        announce_page(address, f"Rosace est ouverte : {address}", how_to_stop=how_to_stop, browser=browser)

    with until_interrupted():
        serve(announce, settings, folder, port)


def _export(run: RunFolder, file: Path, small_table: int | None) -> None:
    """Write the workbook, or the page of participants when it is said which tables are small."""
    from pipeline.api.exporting import write_beside
    from pipeline.contracts.draft_files import load_draft
    from pipeline.review.exchange.own_words import participants_page
    from pipeline.review.exchange.workbook import write_workbook
    from pipeline.review.session import open_session, title_of

    what, end = ("un classeur", ".xlsx") if small_table is None else ("une page", ".html")
    if file.suffix.lower() != end:
        raise UsageError(f"{file} : cet export écrit {what} {end}. Changez la fin du nom.")
    state = open_session(run).state
    if small_table is None:
        content = write_workbook(state)
    else:
        sections = load_draft(run.load_json("draft")).sections if run.read_file("draft.json") is not None else ()
        page = participants_page(state, sections, run.load_table("rejects"), title_of(run), small_table)
        content = page.encode()
    tell_each(filter(None, [write_beside(run, {file: content})]))
    print(file)


def _import(run: RunFolder, file: Path, name: str, dry_run: bool, is_agreed: bool) -> None:
    """Show what a file asks for, then do it: at once with `--oui`, else once agreed.

    Where nobody can answer, a workbook and decisions are done at once; a document asks for `--oui`.
    """
    from pipeline.language.text.typography import counted
    from pipeline.review.exchange.files import is_document, plan_file
    from pipeline.review.session import open_session, record_plan

    if not file.is_file():
        raise UsageError(f"Fichier introuvable : {file}. Vérifiez le chemin.")
    session = open_session(run)
    plan = plan_file(session, file, name)
    for line in plan.lines:
        print(f"  + {line}")
    for conflict in plan.conflicts:
        print(f"  ! {conflict}", file=sys.stderr)
    if plan.conflicts and is_document(file):
        print("Ce qui est marqué « ! » reste dans votre document, et ne revient pas.", file=sys.stderr)
    if not plan.decisions:
        print("Rien à faire : ce fichier ne change rien" + (" d'autre." if plan.conflicts else "."))
        return
    if dry_run:
        told = counted(len(plan.decisions), "acte serait fait", "actes seraient faits")
        print(f"Sans --dry-run, {told}.")
        return
    if is_document(file) and not is_agreed and not sys.stdin.isatty():
        print(f"Rien n'est fait. Avec --oui : {counted(len(plan.decisions), 'acte')}.")
        return
    is_asked = sys.stdin.isatty() and not is_agreed
    if is_asked and not click.confirm(f"À faire : {counted(len(plan.decisions), 'acte')}. D'accord ?", default=True):
        print("Rien n'est fait.")
        return
    done, lost = record_plan(session, plan)
    for line in lost:
        print(f"  ! {line}", file=sys.stderr)
    print(f"{done} Pour récrire le texte : rosace draft {run.path}")


def _open_page(run: Path, settings: Config, config: Path | None, browser: bool, port: int) -> None:
    from pipeline.app.server import open_review

    def announce(address: str) -> None:
        how_to_stop = "Pour l'arrêter : Ctrl+C. Tout ce qui est décidé est déjà enregistré."
        told = f"La page de relecture est ouverte : {address}"
        announce_page(address, told, how_to_stop=how_to_stop, browser=browser)

    with until_interrupted():
        open_review(run, settings, announce, config, port)
