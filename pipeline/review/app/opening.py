"""A run folder → what its page shares."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.config import Config
from pipeline.contracts.checks import empty
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.locks import REVIEW_PAGE, working
from pipeline.review.advice.apply import with_advice
from pipeline.review.app.desk import Desk
from pipeline.review.app.exchanging import Exporter
from pipeline.review.log.state import MachineTables
from pipeline.review.session import Session


def open_session(run: RunFolder) -> Session:
    """The review of a run, read from its folder."""
    # a run of an earlier version has no pairs to ask about, nor advice; its review is none the worse
    later = ("near_pairs", "advice")
    tables = {
        name: run.load_table(name) if run.has_table(name) or name not in later else empty(name)
        for name in MachineTables.__dataclass_fields__
    }
    return Session(run, with_advice(MachineTables(**tables)))


def open_desk(
    run: RunFolder,
    settings: Config,
    regenerate: Callable[[], tuple[str, ...]],
    home: str = "",
    exporter: Exporter | None = None,
) -> Desk:
    """What the page of a run shares; `home` is the address of the screen that it was opened from.

    Raises
    ------
    BusyError : another program works in the run.
    """
    with working(run.path, REVIEW_PAGE):
        return Desk(
            open_session=lambda: open_session(run),
            regenerate=regenerate,
            page_size=settings.review.paroles_par_page,
            batch_size=settings.review.taille_lot,
            small_table=settings.review.petite_table,
            control_size=settings.review.controle_par_axe,
            seed=settings.graine,
            title=title_of(run),
            home=home,
            exporter=exporter,
        )


def title_of(run: RunFolder) -> str:
    """What a run is about: its workshops."""
    workshops = run.load_table("workshops")
    return " · ".join(workshops["titre"]) if len(workshops) else run.path.name
