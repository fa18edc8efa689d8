"""`rosace synthesize`: from a corpus folder to a restitution."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.terminal.results import Json, Quiet, print_json, tell
from pipeline.errors import EXIT_DONE, EXIT_REFUSED
from pipeline.resources import is_repository

if TYPE_CHECKING:
    from pipeline.api import Synthesis


Plan = Annotated[str | None, typer.Option("--plan", help="Plan du document : axe, theme ou table.")]
Length = Annotated[str | None, typer.Option("--longueur", help="Longueur : essentiel, standard ou complet.")]
Sections = Annotated[str | None, typer.Option("--sections", help="Sections voulues, comme est,sud (sinon toutes).")]
Model = Annotated[
    str | None,
    typer.Option("--modele", help="Adresse d'un modèle de langue : http://127.0.0.1:11434/v1 ; il écrit sous verrou."),
]


def synthesize_corpus(
    corpus: Annotated[
        str,
        typer.Argument(
            metavar="ATELIER", help="Dossier de l'atelier (ses fichiers et atelier.toml), ou son URL (s3://, sftp://…)."
        ),
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
    model: Model = None,
    keeps_personal_data: Annotated[
        bool, typer.Option("--sans-pseudonymisation", help="Garde courriels, téléphones et noms des locuteurs.")
    ] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Lit un dossier d'atelier et écrit la restitution, prête à relire et à coller."""
    from pipeline.api import synthesize
    from pipeline.cli.terminal.progress import RunProgress

    with RunProgress(quiet) as progress:
        made = synthesize(
            corpus,
            out,
            profile=profile,
            config=config,
            workers=workers,
            scheduler=scheduler,
            keep_groups=keeps_groups,
            keep_personal_data=keeps_personal_data,
            plan=plan,
            length=length,
            sections=keys_of(sections),
            model=model,
            progress=progress,
        )
    sys.exit(report(made, as_json, quiet))


def keys_of(sections: str | None) -> list[str]:
    """Keys of sections, as an option gives them: "est,sud"."""
    return sections.split(",") if sections else []


def report(made: Synthesis, as_json: bool, quiet: bool) -> int:
    """Print what a run did, where it is and what comes next; returns the exit code."""
    if not made.ran:
        tell("Rien n'a changé depuis la dernière fois : tout est à jour.", quiet)
    for warning in made.warnings:
        tell(f"  · {warning}", quiet)
    for source, reason in made.refused:
        print(f"  ✗ Refusé : {source} : {reason}", file=sys.stderr)
    page = (made.page if made.page.is_file() else made.path).resolve()
    if as_json:
        print_json(
            {"page": page, **vars(made), "path": page.parent, "refused": [one._asdict() for one in made.refused]}
        )
    else:
        print(page)
    command = "make review RUN=" if is_repository() else "rosace review "
    tell(f"Ensuite : ouvrez cette page dans votre navigateur, puis relisez : {command}{made.path}", quiet or as_json)
    return EXIT_REFUSED if made.refused else EXIT_DONE
