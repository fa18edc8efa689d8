"""What the screens share: the session, the names to check, the draft, and the way to write it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.contracts.checks import empty
from pipeline.contracts.draft_files import load_draft
from pipeline.errors import RosaceError
from pipeline.folder.locks import REVIEW_PAGE, working
from pipeline.review.app.acts import Message
from pipeline.review.app.draft import SectionChange, ShownDraft, read_draft
from pipeline.review.app.exchanging import Exporter, Pending
from pipeline.review.session import Session

STATIC = Path(__file__).parent / "static"


@dataclass
class Desk:
    """What the screens share: the session, the names to check, the draft, and the way to write it again.

    Attributes
    ----------
    regenerate : runs review and restitution again; returns sentences for the person.
    exporter : what other tools open; None where it is not offered.
    home : the address of the screen that the page was opened from, "" when from a terminal.
    drafted : ids of the acts that the draft already takes into account.
    seen : the state of the run when it was read.
    messages : author → what to say on the next screen.
    presence : author → when her page last asked for news, on the clock of `time.monotonic`.
    pending : author → the file that she gave and has not agreed yet.
    """

    open_session: Callable[[], Session]
    regenerate: Callable[[], tuple[str, ...]]
    page_size: int
    batch_size: int
    small_table: int
    control_size: int
    seed: int
    title: str
    home: str = ""
    exporter: Exporter | None = None
    session: Session = field(init=False)
    draft: ShownDraft = field(init=False)
    names: list[dict[str, Any]] = field(init=False)
    rejects: pd.DataFrame = field(init=False)
    rose: bytes | None = field(init=False)
    drafted: frozenset[str] = field(init=False)
    seen: tuple[int, ...] = field(init=False)
    messages: dict[str, Message] = field(default_factory=dict)
    presence: dict[str, float] = field(default_factory=dict)
    pending: dict[str, Pending] = field(default_factory=dict)
    changes: tuple[SectionChange, ...] = ()
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.load()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the run while an act is done, on its tables of today.

        Raises
        ------
        BusyError : another program works in the run.
        """
        run = self.session.run
        with working(run.path, REVIEW_PAGE):
            if run.manifest.state() != self.seen:
                self.load()
            yield

    def refresh(self) -> str:
        """Take in what others wrote since the last look; what to tell when they are still writing, else ""."""
        self.session.sync()
        if self.session.run.manifest.state() == self.seen:
            return ""
        try:
            with self.writing():
                return ""
        except RosaceError as error:
            return str(error)

    def load(self) -> None:
        """Read the run: its tables, its draft, its log."""
        self.session = self.open_session()
        run = self.session.run
        self.seen = run.manifest.state()
        draft = load_draft(run.load_json("draft")) if run.read_file("draft.json") is not None else None
        self.rose = run.read_file("rose.svg")
        self.draft = read_draft(draft, self.session.state)
        has_names = run.has_table("name_suggestions")
        names = run.load_table("name_suggestions") if has_names else empty("name_suggestions")
        self.names = [{str(key): value for key, value in row.items()} for row in names.to_dict("records")]
        self.rejects = run.load_table("rejects") if run.has_table("rejects") else empty("rejects")
        known = run.load_table("decision_states")["decision_id"] if run.has_table("decision_states") else ()
        self.drafted = frozenset(str(decision_id) for decision_id in known)
