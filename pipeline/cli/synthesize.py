"""`rosace synthesize`: from a corpus folder to a restitution."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import EXIT_DONE, EXIT_REFUSED, UsageError

if TYPE_CHECKING:
    from pipeline.run.synthesis import RunSummary


Plan = Annotated[str | None, typer.Option("--plan", help="Plan du document : axe, theme ou table.")]
Length = Annotated[str | None, typer.Option("--longueur", help="Longueur : essentiel, standard ou complet.")]
Sections = Annotated[str | None, typer.Option("--sections", help="Sections voulues, comme est,sud (sinon toutes).")]


def synthesize_corpus(
    corpus: Annotated[
        str, typer.Argument(help="Dossier de l'atelier (ses fichiers et atelier.toml), ou son URL (s3://, sftp://…).")
    ],
    out: Annotated[Path | None, typer.Option("--out", help="Dossier des résultats (par défaut runs/<nom>).")] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", help="precis (encodeur affiné) ou rapide (grands corpus).")
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", help="Fichier TOML posé sur configs/default.toml.")] = None,
    workers: Annotated[int, typer.Option("--workers", min=0, help="Processus locaux ; 0 : autant que de cœurs.")] = 0,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help="Adresse d'un ordonnanceur Dask : tcp://hote:8786.")
    ] = None,
    keeps_groups: Annotated[
        bool,
        typer.Option(
            "--garder-groupes",
            help="Garde les groupes du résultat précédent : les idées nouvelles les rejoignent, aucun n'est refait. "
            "À redonner chaque fois (ou garder_groupes dans --config).",
        ),
    ] = False,
    plan: Plan = None,
    length: Length = None,
    sections: Sections = None,
    keeps_personal_data: Annotated[
        bool, typer.Option("--sans-pseudonymisation", help="Garde courriels, téléphones et noms des locuteurs.")
    ] = False,
) -> None:
    """Lit un dossier d'atelier et écrit la restitution, prête à relire et à coller."""
    from pipeline.cli.progress import RunProgress
    from pipeline.config import load_config, with_document, with_groups_kept
    from pipeline.execution import DaskExecutor, LocalExecutor
    from pipeline.folder.artifacts import RunFolder
    from pipeline.folder.remote import corpus_folder, is_url
    from pipeline.run.jobs import Job
    from pipeline.run.synthesis import synthesize

    settings = with_document(load_config(config, profil=profile), plan, length, sections)
    if keeps_groups:
        settings = with_groups_kept(settings)
    if keeps_personal_data:
        ingest = settings.ingest.model_copy(update={"pseudonymiser": False})
        settings = settings.model_copy(update={"ingest": ingest})
    folder = Path(corpus)
    if not is_url(corpus) and not folder.is_dir():
        raise UsageError(
            f"{corpus} n'est pas un dossier. Donnez le dossier qui contient les fichiers de l'atelier "
            "(« rosace nouveau mon-atelier » en crée un)."
        )
    run_path = out if out is not None else Path("runs") / folder.resolve().name
    if not is_url(corpus) and folder.resolve() in (run_path.resolve(), *run_path.resolve().parents):
        raise UsageError(
            f"Les résultats ({run_path}) ne peuvent pas aller dans le dossier lu ({corpus}). Choisissez un autre --out."
        )
    run = RunFolder.create(run_path)
    executor = DaskExecutor(scheduler) if scheduler else LocalExecutor(workers or os.cpu_count() or 1)
    with corpus_folder(corpus) as here, RunProgress() as progress:
        summary = synthesize(Job(here, run, settings, executor, progress, named=corpus))
    sys.exit(report(summary, run_path))


def report(summary: RunSummary, run_path: Path) -> int:
    """Print what a run did and where it is; returns the exit code."""
    if not summary.ran:
        print("Rien n'a changé depuis la dernière fois : tout est à jour.", file=sys.stderr)
    for warning in summary.warnings:
        print(f"  · {warning}", file=sys.stderr)
    for source, detail in summary.refused:
        print(f"  ✗ Refusé : {source} : {detail}", file=sys.stderr)
    door = run_path / "index.html"
    print(door if door.is_file() else run_path)
    return EXIT_REFUSED if summary.refused else EXIT_DONE
