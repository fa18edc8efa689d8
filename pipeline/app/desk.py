"""Desk of the page: what its screens and acts share, for one run."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.requests import Request

from pipeline.app.document import SectionChange, ShownDraft, read_draft
from pipeline.app.places import WALL
from pipeline.app.titles import Sorter, Sorting, open_sorter
from pipeline.app.workspace import Message
from pipeline.config import Config
from pipeline.contracts.checks import empty
from pipeline.contracts.draft_files import load_draft
from pipeline.contracts.numbers import whole_number
from pipeline.errors import ArtifactError
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.locks import REVIEW_PAGE, WAIT_S, BusyError, working
from pipeline.ingest.workshop import WORKSHOP_FILE
from pipeline.review.log.decisions import Decision
from pipeline.review.log.ops import OPS
from pipeline.review.session import ImportPlan, Session, open_session, title_of
from pipeline.run.stages import changed_files
from pipeline.workshop.records import Source

PATIENCE_S = 300.0
"""Seconds that an act waits for the text to be written, or for another program to have done."""
LENGTHS = {"essentiel": "une page", "standard": "deux ou trois pages", "complet": "sans limite"}
"""How long a person may say that the text is, by the names of the setting."""
LIST, BATCH = 60, 10
"""Words on a page of a list, and those on one where each is judged."""


def page_number(request: Request) -> int:
    """The page of a list that the address asks for, from 1."""
    return whole_number(request.query_params.get("p", "1")) or 1


@dataclass(frozen=True)
class Page:
    """A part of a list: its rows, its number from 1, the number of pages and of rows in all."""

    rows: Sequence[Any]
    number: int
    n_pages: int
    total: int


def cut(rows: Sequence[Any], number: int, size: int = LIST) -> Page:
    """Page `number` of a list; a number out of range gives the nearest page."""
    n_pages = max(1, -(-len(rows) // size))
    number = min(max(1, number), n_pages)
    return Page(rows[(number - 1) * size : number * size], number, n_pages, len(rows))


@dataclass(frozen=True)
class Pending:
    """A file that was read and that waits to be agreed, and the decisions that were known then."""

    name: str
    plan: ImportPlan
    known: tuple[Decision, ...]


@dataclass
class Desk:
    """What the screens share: the session, the names to check, the draft, and the way to write it again.

    Attributes
    ----------
    regenerate : runs review and restitution again, with marks and sources or not, how long, None as before; returns
        sentences for the person.
    drafted : ids of the acts that the draft already takes into account.
    sorter : what places ideas again, once a screen asked for it.
    seen : the state of the run when it was read.
    messages : author → what to say on the next screen.
    marks, length : whether she asked for documents with their marks and sources, and how long; None when she asked
        nothing.
    is_rewriting : whether the text is being written again.
    pending : author → the file that she gave and has not agreed yet.
    """

    run: RunFolder
    settings: Config
    regenerate: Callable[[bool | None, str | None], tuple[str, ...]]
    title: str = field(init=False)
    session: Session = field(init=False)
    draft: ShownDraft = field(init=False)
    names: list[dict[str, Any]] = field(init=False)
    drafted: frozenset[str] = field(init=False)
    seen: tuple[int, ...] = field(init=False)
    messages: dict[str, Message] = field(default_factory=dict)
    pending: dict[str, Pending] = field(default_factory=dict)
    sorter: Sorter | None = None
    marks: bool | None = None
    length: str | None = None
    is_rewriting: bool = False
    changes: tuple[SectionChange, ...] = ()
    warnings: tuple[str, ...] = ()
    _sources: list[Source] = field(init=False)
    _places: dict[str, int] = field(init=False)
    _opening: threading.Lock = field(default_factory=threading.Lock)
    _acting: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        self.load()

    @contextmanager
    def writing(self, wait_s: float = WAIT_S) -> Iterator[None]:
        """Hold the run while an act is done, on its tables of today, once who works there has finished; who sorts or
        keeps the wall waits for its end.

        Raises
        ------
        BusyError : another program works in the run, for longer than `wait_s`.
        """
        with working(self.run.path, REVIEW_PAGE, wait_s), self._acting:
            if self.run.manifest.state() != self.seen:
                self.load()
            yield

    def refresh(self) -> bool:
        """Take in what was written since the last look; whether it is still being written."""
        with self._acting:
            self.session.sync()
        if self.run.manifest.state() != self.seen:
            try:
                with self.writing():
                    pass
            except BusyError:
                return True
        return False

    def sorting(self) -> Sorting:
        """Where ideas are under titles, placed again after each act; where they are shown is written."""
        sorter = self.sorts()
        with self._acting:
            found = sorter.sort(self.session.state, self.session.log)
            if sorter.is_new:
                self.keep()
        return found

    def keep(self) -> None:
        """Write where ideas are shown, and how many are to be placed after which acts, once they were sorted."""
        with self._acting, suppress(ArtifactError):  # the wall is none the worse
            if (sorter := self.sorter) is None or self.run.manifest.state() != self.seen:
                return  # nothing was sorted, or it was on tables of another day
            log = self.session.log
            left, n_acts = sorter.sort(self.session.state, log).left, len(log.decisions) + len(log.bad_lines)
            sorter.is_new = False
            self.run.save_json(WALL, {**sorter.kept(), "before": sorter.before, "left": len(left), "acts": n_acts})

    def sorts(self) -> Sorter:
        """What places ideas again; the first time takes seconds: a model is read."""
        with self._opening:
            if self.sorter is None:
                session, sorter = self.session, open_sorter(self.run)
                self.sorter = sorter if session is self.session else None  # the run was read again meanwhile
                return sorter
            return self.sorter

    def is_stale(self, op: str = "") -> bool:
        """Whether acts that may change the text, of one op when asked, were done since the draft was written, or the
        sheet says something else."""
        acts = (one for one in self.session.log.decisions if not OPS[one.op].is_beside and op in ("", one.op))
        is_acted = any(decision.decision_id not in self.drafted for decision in acts)
        return is_acted or (not op and any(changed_files(self.run, self.corpus, self.settings.ingest, WORKSHOP_FILE)))

    @property
    def corpus(self) -> Path:
        """Where the files of the run are."""
        return Path(self.run.manifest.load().get("corpus", ""))

    def around(self, source: Source) -> tuple[Source | None, Source | None]:
        """What was said just before and just after in the same file; None where nothing was."""
        place = self._places[source.contribution_id]
        both = (self._sources[place - 1] if place else None, *self._sources[place + 1 : place + 2], None)[:2]
        before, after = (one if one is not None and one.source == source.source else None for one in both)
        return before, after

    def load(self) -> None:
        """Read the run: its tables, its draft, its log."""
        run = self.run
        self.sorter = None
        self.title, self.session = title_of(run), open_session(run)
        self._sources = list(self.session.state.sources.values())
        self._places = {one.contribution_id: place for place, one in enumerate(self._sources)}
        self.seen = run.manifest.state()
        draft = load_draft(run.load_json("draft")) if run.read_file("draft.json") is not None else None
        self.draft = read_draft(draft, self.session.state)
        has_names = run.has_table("name_suggestions")
        names = run.load_table("name_suggestions") if has_names else empty("name_suggestions")
        self.names = [{str(key): value for key, value in row.items()} for row in names.to_dict("records")]
        known = run.load_table("decision_states")["decision_id"] if run.has_table("decision_states") else ()
        self.drafted = frozenset(str(decision_id) for decision_id in known)
