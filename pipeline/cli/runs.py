"""Commands on results: `synthesize` and `draft` make them, `export` and `compare` write more of them, `retirer` and
`clean` erase."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.options import (
    PATH,
    config_option,
    json_option,
    length_option,
    marks_option,
    model_option,
    profile_option,
    quiet_option,
    run_argument,
    themes_option,
    workers_option,
)
from pipeline.cli.output import print_json, tell, tell_each
from pipeline.errors import EXIT_DONE, EXIT_REFUSED, RosaceError, UsageError, os_reason
from pipeline.resources import is_repository

if TYPE_CHECKING:
    from pipeline.api.runs import Synthesis
    from pipeline.folder.artifacts import RunFolder


@click.command()
@click.argument("folder", metavar="ATELIER", help="Dossier de l'atelier (ses fichiers et atelier.toml).")
@click.option("--out", type=PATH, help="Dossier des résultats (par défaut runs/<nom>).")
@profile_option
@config_option
@workers_option
@click.option("--scheduler", help="Adresse d'un ordonnanceur Dask : tcp://hote:8786.")
@themes_option()
@click.option(
    "--garder-groupes",
    "keep_groups",
    is_flag=True,
    help="Garde les titres du résultat précédent, propositions comprises : les idées nouvelles sont rangées dessous. "
    "À redonner chaque fois (ou garder_groupes dans --config).",
)
@length_option
@model_option
@click.option(
    "--sans-pseudonymisation",
    "keep_personal_data",
    is_flag=True,
    help="Garde courriels, téléphones et noms des locuteurs.",
)
@json_option
@quiet_option
def synthesize(as_json: bool, quiet: bool, **options: Any) -> None:
    """Lit un dossier d'atelier et écrit la restitution, prête à relire et à coller."""
    from pipeline.ingest.formats.apart import begin

    begin()
    from pipeline.api import runs as api
    from pipeline.cli.progress import RunProgress

    with RunProgress(quiet) as progress:
        made = api.synthesize(progress=progress, **options)
    sys.exit(report(made, as_json, quiet))


@click.command()
@run_argument
@config_option
@length_option
@marks_option
@model_option
@json_option
@quiet_option
def draft(as_json: bool, quiet: bool, **options: Any) -> None:
    """Rejoue les décisions et récrit la restitution, sans relire les fichiers.

    Sans --config, la configuration est celle de la dernière exécution.
    """
    from pipeline.api import runs as api
    from pipeline.cli.progress import RunProgress

    with RunProgress(quiet) as progress:
        made = api.draft(progress=progress, **options)
    sys.exit(report(made, as_json, quiet))


def report(made: Synthesis, as_json: bool, quiet: bool) -> int:
    """Print what a run did, where it is and what comes next; returns the exit code."""
    if not made.ran:
        tell("Rien n'a changé depuis la dernière fois : tout est à jour.", quiet)
    tell_each(made.warnings, quiet)
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


@click.command()
@run_argument
@click.option(
    "--vers",
    "to",
    required=True,
    metavar="FORMAT",
    help="carte (une page), refi-qda (QualCoder, MAXQDA, NVivo, ATLAS.ti), iramuteq, tables (csv des groupes, "
    "de leurs liens et des figures).",
)
@click.option("--out", type=PATH, help="Dossier ou fichier à écrire (par défaut, exports/FORMAT dans RESULTATS).")
def export(run: Path, to: str, out: Path | None) -> None:
    """Écrit les résultats, décisions comprises, pour un autre outil."""
    from pipeline.api.exporting import export as export_run

    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always", UserWarning)
        paths = export_run(run, to, out)
    tell_each(str(warned.message) for warned in raised if warned.category is UserWarning)
    for path in paths:
        print(path)


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

    Écrit, de tous ensemble, les mêmes documents que d'un atelier. Deux titres n'en font qu'un quand ils ont les mêmes
    mots, ou quand programme.toml le dit. Exemple : rosace compare runs/vaux runs/montbel --out runs/vallee
    """
    from pipeline.api.programme import compare as compare_runs
    from pipeline.language.text.typography import capitalized, counted

    made = compare_runs(runs, out, config=config)
    tell_each(made.warnings)
    back = counted(made.n_common, "titre revient", "titres reviennent") if made.n_common else "aucun titre ne revient"
    print(f"{capitalized(back)} d'un atelier à l'autre.", file=sys.stderr)
    print(made.path / "index.html")


@click.command()
@run_argument
@click.argument(
    "contribution", metavar="IDENTIFIANT", help="Identifiant de la contribution (c…), ou d'une de ses idées (i…)."
)
@config_option
def retirer(run: Path, contribution: str, config: Path | None) -> None:
    """Efface une contribution de tous les résultats, pour de bon, et refait la restitution sans elle.

    Les groupes sont refaits : un titre pouvait venir de ses mots. Sans --config, la configuration est celle de la
    dernière exécution. Interrompu, demandez-le à nouveau.
    """
    from pipeline.api.runs import withdraw
    from pipeline.cli.progress import RunProgress
    from pipeline.ingest.formats.typed import key_of

    with RunProgress() as progress:
        done = withdraw(run, contribution, config=config, progress=progress)
    tell_each(done.synthesis.warnings)
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


@click.command()
@click.argument(
    "runs",
    type=PATH,
    default=Path("runs"),
    metavar="[DOSSIER]",
    help="Dossier qui contient les résultats (runs), ou l'un d'eux.",
)
def clean(runs: Path) -> None:
    """Efface ce qui se recalcule dans les dossiers de résultats ; garde les décisions et vos fichiers modifiés."""
    from pipeline.folder.artifacts import RunFolder
    from pipeline.folder.integrity import MANIFEST

    places = sorted({path.parent for pattern in (MANIFEST, f"*/{MANIFEST}") for path in runs.glob(pattern)})
    found = [run for run in map(RunFolder, places) if run.is_ours()]
    if not found:
        print(f"Rien à effacer\u00a0: {runs} ne contient aucun dossier de résultats.")
    refused = []
    for run in found:
        try:
            kept = _cleaned(run)
        except RosaceError as error:
            refused.append(str(error))
            continue
        print(f"{run.path} : gardé : {', '.join(kept) if kept else 'rien'}")
    if refused:
        raise UsageError("\n".join(refused))


def _cleaned(run: RunFolder) -> list[str]:
    """Remove what a run can compute again; returns what stays.

    Raises RosaceError: the disk refuses, the manifest is damaged, or another one works there.
    """
    from pipeline.folder.files import remove
    from pipeline.folder.kept import forget_delivered
    from pipeline.folder.locks import alone

    try:
        with alone(run.path, "« rosace clean »"):
            run.manifest.load()  # or nobody knows what Rosace wrote
            forget_delivered(run)
            remove(run.path / "mur.json")
            return run.remove_computed()
    except OSError as error:
        raise UsageError(
            f"{run.path} ne peut pas être effacé ({os_reason(error)}). Vérifiez vos droits, ou que le disque "
            "accepte l'écriture, puis recommencez : ce qui reste est intact."
        ) from error
