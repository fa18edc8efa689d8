"""`rosace review RUN`: the local page; `rosace review export|import RUN FILE`: the same work on paper or by e-mail."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.artifacts import RunFolder
    from pipeline.config import Config
    from pipeline.review.session import Session

USAGE = (
    "Attendu : « rosace review DOSSIER », « rosace review export DOSSIER FICHIER » "
    "ou « rosace review import DOSSIER FICHIER »."
)


def review(
    arguments: Annotated[
        list[str],
        typer.Argument(
            metavar="DOSSIER | export DOSSIER FICHIER | import DOSSIER FICHIER",
            help="Dossier de résultats ; avec export ou import, le fichier échangé (.xlsx, .html, .jsonl).",
        ),
    ],
    config: Annotated[Path | None, typer.Option("--config", help="Fichier TOML posé sur configs/default.toml.")] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Ouvrir le navigateur.")] = True,
) -> None:
    """Ouvre la page de relecture (brouillon, groupes, paroles) ; tout ce qui y est décidé est gardé et rejoué."""
    from pipeline.artifacts import RunFolder
    from pipeline.config import load_config

    settings = load_config(config)
    if len(arguments) == 1:
        _open_page(RunFolder.open(Path(arguments[0])), settings, config, browser)
    else:
        raise UsageError(USAGE)


def open_session(run: RunFolder) -> Session:
    """The review of a run, read from its folder."""
    from pipeline.review.session import Session
    from pipeline.review.state import MachineTables

    return Session(run, MachineTables(**{name: run.load_table(name) for name in MachineTables.__dataclass_fields__}))


def _open_page(run: RunFolder, settings: Config, config: Path | None, browser: bool) -> None:
    from pipeline.review.app.server import Desk, serve

    desk = Desk(
        open_session=lambda: open_session(run),
        regenerate=_regenerator(run, config),
        page_size=settings.review.paroles_par_page,
        batch_size=settings.review.taille_lot,
        small_table=settings.review.petite_table,
        title=_title(run),
    )

    def announce(address: str) -> None:
        print(f"La page de relecture est ouverte : {address}", flush=True)
        print("Pour l'arrêter : Ctrl+C. Tout ce qui est décidé est déjà enregistré.", file=sys.stderr)
        if browser:
            webbrowser.open(address)

    serve(desk, announce, settings.review.port)


def _title(run: RunFolder) -> str:
    workshops = run.load_table("workshops")
    return " · ".join(workshops["titre"]) if len(workshops) else run.path.name


def _regenerator(run: RunFolder, config: Path | None) -> Callable[[], tuple[str, ...]]:
    """What « Régénérer » does: review and restitution again; tells what is new in the text."""
    from pipeline.cli.progress import RunProgress
    from pipeline.config import load_config
    from pipeline.execution import LocalExecutor
    from pipeline.review.app.draft import compare_drafts
    from pipeline.stages import Job
    from pipeline.synthesis import synthesize

    def regenerate() -> tuple[str, ...]:
        before = run.load_json("draft") if run.read_file("draft.json") is not None else None
        manifest = run.load_manifest()
        settings = load_config(config, profil=manifest["config"]["profil"])
        with RunProgress() as progress:
            summary = synthesize(
                Job(Path(manifest["corpus"]), run, settings, LocalExecutor(), progress), from_stage="review"
            )
        return (*compare_drafts(before, run.load_json("draft")), *summary.warnings)

    return regenerate
