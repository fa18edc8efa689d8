"""What a reader hands over: entries in reading order, rejects, and how the file was understood."""

from collections.abc import Iterable
from dataclasses import dataclass, field

NO_ANSWER = "sans_mot", "rien à dire, d'après la réponse"
"""(reason, detail) of an answer that says that nobody has anything to say: « RAS », « néant »."""


@dataclass(frozen=True, slots=True)
class Position:
    """A side that an entry takes: on what stands above it, unless `about` says on what.

    `side` and `evidence` are those of `pipeline.contracts.tables`; `n` counts the people of a counted vote; `answer` is
    what was answered, in the words of the file. `locator` is where, if not at the place of the entry.
    """

    side: str
    evidence: str
    about: str = ""
    n: int = 1
    answer: str = ""
    locator: str = ""


@dataclass(slots=True)
class Entry:
    """One raw contribution, before privacy and screening.

    `headings` are those that stand above, outermost first, cleaned (`pipeline.ingest.structure`). `list_key` names the
    list that it belongs to within its file ("" for none), `rank` its place there, from 1. `given_group` is the group
    that the participants put it in; `votes_against` counts against it.

    `table` is the table, the group or the session that it was said at, as the file calls it, `subject` what was spoken
    of there.

    `voice` is the person's name as the file gives it (it becomes `Voix n`), or a row number for a survey
    (`#12`, becomes `Réponse n`), or None. `attributes` are the other columns, non-empty ones only.

    `start_s` and `end_s` are seconds of a recording, None when untimed.

    `frame` is the kind of passage that it stands in (`FRAMES` of the contracts), `asked` the question or the motion put
    to those who speak.

    `key` tells it from others of the same words, where its file has one for each. `own_name` is what other entries call
    it to answer it, `answers` what it may answer, the surest first.

    `positions` are those that it takes; one whose `text` is blank does nothing else, and is no contribution. `aside` is
    the (reason, detail) of one that is set aside, with its positions: a vote and its result.
    """

    locator: str
    text: str
    context: str = ""
    voice: str | None = None
    table: str | None = None
    subject: str = ""
    votes: int | None = None
    votes_against: int | None = None
    headings: tuple[str, ...] = ()
    list_key: str = ""
    rank: int | None = None
    given_group: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    date: str | None = None
    start_s: float | None = None
    end_s: float | None = None
    frame: str = "parole"
    asked: str = ""
    key: str = ""
    own_name: str = ""
    answers: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    aside: tuple[str, str] | None = None


@dataclass(frozen=True)
class ColumnChoice:
    """What a column was taken for, and why, in French."""

    name: str
    role: str
    reason: str


@dataclass
class Reading:
    """One file (or one sheet, or one member of an archive) as read.

    Attributes
    ----------
    format : what it was recognised as, in French ("tableau CSV", "transcription WebVTT (Teams)"…).
    entries : in reading order; those of a table come as they are read, once.
    rejects : (locator, reason, detail) of what the reader itself set aside, so far.
    aside : where each passage of a document that is set aside stands → its words.
    choices : the columns and what they were taken for (tables only).
    frames : (frame, paragraphs, what tells so, where the first stands) of a document, in the order in which they come.
    parts : voice → the part or the organisation that the file tells of her, without her name.
    told : what the head of a document tells of its workshop (`pipeline.ingest.headers`), by the name of its field.
    notes : other things to know about how it was read; complete when the entries are exhausted.
    missing : columns that `atelier.toml` names and this sheet lacks.
    is_answered, answers : whether its entries may be answered by those of other files, or answer them.
    reads : how its rows name those of another table, whose words they tell again.
    place : what stands before every locator, for a sheet among others.
    """

    format: str
    channel: str
    provenance: str
    entries: Iterable[Entry] = ()
    rejects: list[tuple[str, str, str]] = field(default_factory=list)
    aside: dict[str, str] = field(default_factory=dict)
    choices: list[ColumnChoice] = field(default_factory=list)
    frames: list[tuple[str, int, str, str]] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    place: str = ""
    missing: list[str] = field(default_factory=list)
    is_answered: bool = False
    answers: bool = False
    reads: frozenset[str] = frozenset()

    def drained(self) -> list[tuple[str, str, str]]:
        """The rejects since the last time."""
        rejects = list(self.rejects)
        self.rejects.clear()
        return rejects
