"""Readings → rows of the tables: text frozen, private data marked, rejects told, ids given, ideas cut."""

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from pipeline.config import IngestConfig
from pipeline.contracts.labels import MACHINE_VOICE, ROW_VOICE
from pipeline.contracts.tables import CELL, COLUMN, DECISION, LISTED, SCALE, TABLES, VOTE, Column
from pipeline.errors import RefusedFileError
from pipeline.execution import Executor, LocalExecutor
from pipeline.ingest.formats.personal import PLACE, kind_of_heading
from pipeline.ingest.formats.positions import head_of
from pipeline.ingest.formats.records import Entry, Position, Reading
from pipeline.ingest.formats.speakers import bare_name, is_animation, is_machine_name, is_role, part_of
from pipeline.ingest.frames import FRAME_NAMES
from pipeline.ingest.headers import day_of_file, days_apart, iso_day
from pipeline.ingest.preparing import TEXT_MAX, Prepared, Reject, freeze, prepared_entries
from pipeline.ingest.privacy.marks import private
from pipeline.ingest.segmentation.joining import Idea
from pipeline.ingest.structure import is_session
from pipeline.language.text.file_names import file_name
from pipeline.language.text.typography import NO_BREAK
from pipeline.language.text.words import content_stems
from pipeline.stances.evidence import side_of_headings
from pipeline.tables.columns import sources

_CHUNK = 4_096
"""Rows that wait as Python objects before they are packed in columns, which take less room."""
_TYPES = {"text": pa.string(), "int": pa.int64(), "float": pa.float64(), "list": pa.list_(pa.string())}


class Rows:
    """Tuples appended one at a time, stored as Arrow columns of 4,096 rows: those of a contract, in its order."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._schema = pa.schema([(column.name, _TYPES[column.kind]) for column in columns])
        self._batches: list[pa.RecordBatch] = []
        self._recent: list[tuple[object, ...]] = []
        self._n = 0

    def __len__(self) -> int:
        return self._n

    def append(self, row: tuple[object, ...]) -> None:
        """One more row, its values in the order of the columns."""
        self._n += 1
        self._recent.append(row)
        if len(self._recent) == _CHUNK:
            self._pack()

    def _pack(self) -> None:
        if self._recent:
            columns = zip(zip(*self._recent, strict=True), self._schema, strict=True)
            arrays = [pa.array(values, type=field.type) for values, field in columns]
            self._batches.append(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
            self._recent = []

    def extend(self, table: pa.Table) -> None:
        """More rows, of these columns."""
        self._pack()
        self._batches += table.cast(self._schema).to_batches()
        self._n += len(table)

    def cut_back(self, n: int) -> None:
        """Keep the first `n` rows."""
        self._batches, self._n = self.table().slice(0, n).to_batches(), n

    def table(self) -> pa.Table:
        """All of it, in Arrow, in batches of one size however it came."""
        self._pack()
        whole = pa.Table.from_batches(self._batches, schema=self._schema)
        if any(len(batch) != _CHUNK for batch in self._batches[:-1]):
            whole = pa.Table.from_batches(whole.combine_chunks().to_batches(_CHUNK), schema=self._schema)
        return whole

    def frame(self) -> pd.DataFrame:
        """All of it; text stays in Arrow."""
        types = {pa.string(): pd.StringDtype("pyarrow"), pa.int64(): pd.Int64Dtype()}
        frame: pd.DataFrame = self.table().to_pandas(types_mapper=types.get)
        return frame.assign(headings=frame["headings"].map(list)) if "headings" in frame else frame


_LINE = "ligne "
_OF_A_DAY = ("note", "transcript")
"""Channels of documents, each of one meeting."""
_OF_ALL = (VOTE, DECISION)
"""Evidence of what all those who met did, whoever says it."""
_OF_NOBODY = ("ligne_de_test", "spam")
"""Reasons to set a text aside that tell that nobody takes the side that stands beside it."""
_SENT_AGAIN = "redite", "déjà donné mot pour mot par la même personne"
_ANSWERED = ("enquete", "postit")
"""Channels of tables, where who says the same twice sent it twice."""
_SENT_WORDS_MIN = 3
_TOO_LONG = f"texte d'un seul tenant de plus de {TEXT_MAX} caractères, à découper"


def stable_id(prefix: str, *parts: object) -> str:
    """A short id that depends on `parts` alone."""
    return f"{prefix}{_digest(*parts).hex()}"


def _digest(*parts: object) -> bytes:
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode("utf-8", "replace"), digest_size=8).digest()


def voice_key(name: str) -> str:
    """A name, however its letters and blanks are typed."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


class Voices:
    """Names of contributors → `Voix n`, those that a machine told apart → `Locuteur n`, rows of a survey → `Réponse n`;
    numbered over the run, never written out.

    `same` : (workshop, name by its key) → the other name of that person, "" for what is nobody's name. `met` :
    (`Voix n`, name) → how often.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}
        self._anonymous = re.compile(sources()["transcription"]["anonymes"], re.IGNORECASE)
        self._n_speakers = self.n_answers = 0
        self.names: set[str] = set()
        self.public: set[str] = set()
        self.same: Mapping[tuple[str, str], str] = {}
        self.met: Counter[tuple[str, str]] = Counter()

    def label(self, voice: str, workshop: str, source: str, is_private: bool, part: str = "") -> str | None:
        """The public name of a voice, with the part that files tell of her: `Voix 3, adjointe à la voirie`; None for
        what a person says is nobody.

        Names that a machine gave (`SPEAKER_00`) are told apart by file.
        """
        written = "" if voice.startswith("#") else bare_name(voice)
        if (other := self.same.get((workshop, voice_key(written)))) == "":
            return None
        if other and other != written:
            self.names |= {written} if is_private else set()
            voice = other
        if not is_private and not voice.startswith("#"):
            self.public.add(voice)
            self.met[voice, written] += 1
            return voice
        key = voice_key(voice)
        is_local = voice.startswith("#") or is_role(voice) or is_animation(voice) or bool(self._anonymous.match(key))
        full = (source if is_local else workshop, key)
        if full not in self._known:
            if voice.startswith("#"):
                self.n_answers += 1
                self._known[full] = f"{ROW_VOICE} {self.n_answers}"
            else:
                self._n_speakers += 1
                name = self._of_machine(key) if is_machine_name(key) else f"Voix {self._n_speakers}"
                self._known[full] = f"{name}, {part}" if part else name
                if not is_local:
                    self.names.add(bare_name(voice))
        if written:
            self.met[self._known[full], written] += 1
        return self._known[full]

    def _of_machine(self, key: str) -> str:
        """`Speaker 3` is `Locuteur 3`, as the file has it, but where another one is."""
        told, taken = re.search(r"\d{1,4}$", key), set(self._known.values())
        numbers = ([int(told[0])] if told else []) + list(range(1, len(taken) + 2))
        return next(label for n in numbers if (label := f"{MACHINE_VOICE} {n}") not in taken)


@dataclass
class _Taking:
    """What is known of the file being taken in."""

    source: str
    workshop: str
    table: str | None
    position: int = 0
    day: str = ""
    marks: Counter[str] = field(default_factory=Counter)
    details: Counter[str] = field(default_factory=Counter)
    n_positions: int = 0
    parts: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)
    apart: dict[str, str] = field(default_factory=dict)
    is_alone: bool = True
    sent: set[bytes] = field(default_factory=set)
    _ranks: dict[bytes, int] = field(default_factory=dict)

    def rank(self, text: str) -> int:
        """Which of the equal texts of the file this one is, from 1."""
        key = _digest(text)
        self._ranks[key] = self._ranks.get(key, 0) + 1
        return self._ranks[key]


class Alone(NamedTuple):
    """What tells of a file that neither gives others anything nor takes anything of them: its rows are the same beside
    others, as long as as many answers are numbered before it.

    `before`, `answers` : answers of surveys before it, and its own. `told` : what its head tells. `workshop` : the
    one that it is of, by which folders are read.
    """

    before: int
    answers: int
    told: dict[str, str]
    workshop: str = ""


@dataclass(frozen=True)
class KnownFiles:
    """What the last reading gave of the files that are as they were and were alone.

    Attributes
    ----------
    alone : by the name of a file. tables : of that reading, in Arrow. names : what stood in each text, see
        `pipeline.ingest.privacy.names.FOUND`.
    """

    alone: Mapping[str, Alone]
    tables: Mapping[str, pa.Table]
    names: npt.NDArray[Any]

    @cached_property
    def ledger(self) -> dict[str, tuple[Any, ...]]:
        """File → its line."""
        lines = self.tables["ledger"].drop_columns(["title"])  # it is told by the header of its file
        return {row["source"]: tuple(row.values()) for row in lines.to_pylist()}

    @cached_property
    def marks(self) -> dict[str, list[tuple[str, int]]]:
        """File → each mark, and how many."""
        found: dict[str, list[tuple[str, int]]] = {}
        for source, mark, n in (tuple(row.values()) for row in self.tables["privacy_report"].to_pylist()):
            found.setdefault(source, []).append((mark, n))
        return found

    @cached_property
    def _bounds(self) -> dict[str, dict[str, tuple[int, int]]]:
        """Table → file → its first row and how many there are; those of a file stand together."""
        found: dict[str, dict[str, tuple[int, int]]] = {"items": {}}
        for name in ("contributions", "rejects", "positions"):
            counts = self.tables[name]["source"].value_counts().to_pylist()
            sizes = {one["values"]: one["counts"] for one in counts}  # in the order in which they come
            ends = accumulate(sizes.values())
            found[name] = {source: (end - n, n) for end, (source, n) in zip(ends, sizes.items(), strict=True)}
        sizes = {source: self.ledger[source][-1] for source in found["contributions"]}
        ends = accumulate(sizes.values())
        found["items"] = {source: (end - n, n) for end, (source, n) in zip(ends, sizes.items(), strict=True)}
        return found

    def rows(self, name: str, source: str) -> pa.Table:
        """Those of a file in one of the tables that grow."""
        return self.tables[name].slice(*self._bounds[name].get(source, (0, 0)))


GROWING = ("contributions", "items", "rejects", "positions")
"""Tables that each file adds rows to."""


@dataclass
class Assembly:
    """The tables being built.

    `declared` are the tables that the sheet of each workshop names,
    `subjects` what was spoken of at tables that files name, `days` when, `headers` what the heads of files tell,
    `alone` the files whose rows the next reading may take again.
    `executor` is where the texts of a long file are cut into ideas.
    `watch` is told of how many contributions were taken in; what it raises ends the reading.
    """

    config: IngestConfig
    declared: Mapping[str, Collection[str]] = field(default_factory=dict)
    with_named_speakers: Collection[str] = frozenset()
    executor: Executor = field(default_factory=LocalExecutor)
    watch: Callable[[int], None] = lambda _: None
    contributions: Rows = field(init=False)
    items: Rows = field(init=False)
    rejects: Rows = field(init=False)
    positions: Rows = field(init=False)
    ledger: list[tuple[str, str, str, str, int, int, int, int, int]] = field(default_factory=list)
    privacy: Counter[tuple[str, str]] = field(default_factory=Counter)
    voices: Voices = field(default_factory=Voices)
    subjects: dict[tuple[str, str], str] = field(default_factory=dict)
    days: dict[tuple[str, str], str] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    alone: dict[str, Alone] = field(default_factory=dict)
    _names: dict[tuple[str, str], str] = field(default_factory=dict)
    _answers: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    _told: dict[str, str] = field(default_factory=dict)
    _sent: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.contributions, self.items, self.rejects, self.positions = self._growing = tuple(
            Rows(TABLES[name].columns) for name in GROWING
        )

    def leave(self, source: str, kind: str, detail: str, state: str = "refuse") -> None:
        """A file that could not be read, or (`ignore`) is not meant to be."""
        self.ledger.append((source, kind, state, self._hidden(detail), 0, 0, 0, 0, 0))

    def add_again(self, source: str, workshop: str, known: KnownFiles) -> bool:
        """The rows that the last reading gave of a file; False when they would be others today."""
        alone = known.alone.get(source)
        if alone is None or alone.workshop != workshop or (alone.answers and alone.before != self.voices.n_answers):
            return False
        for name, rows in zip(GROWING, self._growing, strict=True):
            rows.extend(known.rows(name, source))
        self.watch(len(self.contributions))
        self.alone[source], self.headers[source] = alone._replace(before=self.voices.n_answers), alone.told
        self.voices.n_answers += alone.answers
        self.privacy.update({(source, mark): n for mark, n in known.marks.get(source, ())})
        self.ledger.append(known.ledger[source])
        return True

    def add(self, source: str, readings: list[Reading], workshop: str, table: str | None) -> None:
        """The readings of one file, taken in as they come; none of it stays when the file turns out unreadable.

        Raises RefusedFileError: what a reader finds out on the way (a cell never closed, a file that changes while
        read).
        """
        before, n_answers = tuple(map(len, self._growing)), self.voices.n_answers
        taking = _Taking(source, workshop, table)
        try:
            for reading in readings:
                taking.parts = reading.parts
                taking.is_alone &= not (reading.is_answered or reading.answers)
                day, apart = days_apart(reading.told, source)
                if apart:
                    reading.told["date"] = day
                    reading.notes.append(apart)
                taking.day = day_of_file(reading.told, source) if reading.channel in _OF_A_DAY else ""
                for entry, prepared, rejects in prepared_entries(reading, self.config, self.executor):
                    self.watch(len(self.contributions))
                    taking.is_alone &= _is_alone(entry)
                    self._take(entry, prepared, reading, taking)
                    self._reject(rejects, taking)
                self._reject(reading.drained(), taking)
        except RefusedFileError:
            for rows, n in zip(self._growing, before, strict=True):
                rows.cut_back(n)
            raise
        self.privacy.update({(source, mark): n for mark, n in taking.marks.items()})
        self.headers[source] = {name: self._hidden(value) for one in readings for name, value in one.told.items()}
        for place, subject in taking.subjects.items():
            self.subjects.setdefault((workshop, place), subject)
            self.days.setdefault((workshop, place), taking.day)
        if taking.is_alone:
            n_own = self.voices.n_answers - n_answers
            self.alone[source] = Alone(n_answers, n_own, self.headers[source], workshop)
        self._names.update({(workshop, name): contribution for name, contribution in taking.names.items()})
        self._sent |= taking.sent
        for position, answers in taking.answers.items():
            self._answers[position] = tuple((workshop, name) for name in answers)
        kept, n_items, rejected, _ = (len(rows) - n for rows, n in zip(self._growing, before, strict=True))
        state, detail = _told(readings, taking.details, kept + taking.n_positions)
        kind = " + ".join(dict.fromkeys(reading.format for reading in readings))
        counts = kept + rejected + taking.n_positions, kept, rejected, taking.n_positions, n_items
        self.ledger.append((source, kind, state, self._hidden(detail), *counts))

    def positions_frame(self) -> pd.DataFrame:
        """The positions, each with the contribution that it answers where one is known."""
        frame = self.positions.frame()
        known = {
            position: next((self._names[name] for name in names if name in self._names), None)
            for position, names in self._answers.items()
        }
        return frame.assign(
            target=frame["target"].fillna(frame["position_id"].map(known).astype(frame["target"].dtype))
        )

    def _take(self, entry: Entry, prepared: Prepared, reading: Reading, taking: _Taking) -> None:
        """One entry: kept with its ideas, or set aside; its positions."""
        if entry.aside is not None or not entry.text:
            if entry.aside is not None:
                self._reject([(entry.locator, *entry.aside)], taking)
            taking.n_positions += len(entry.positions) if entry.aside is None else 0
            self._take_positions(entry, None, taking)
            return
        if len(entry.text) > TEXT_MAX:
            taking.details[_TOO_LONG] += 1
            self.rejects.append((taking.source, self._place(entry.locator), "illisible", _TOO_LONG))
            return
        text, marks, reason, ideas, is_reported = prepared
        taking.marks.update(marks)
        if reason is not None:
            self.rejects.append((taking.source, self._place(entry.locator), *reason))
            taking.details[reason[1]] += 1
            if reason[0] not in _OF_NOBODY:
                self._take_positions(entry, None, taking)
            return
        if self._is_sent_again(entry, reading, taking, text):
            self._reject([(entry.locator, *_SENT_AGAIN)], taking)
            return
        contribution_id = self._keep(entry, reading, taking, text, "note" if is_reported else reading.provenance)
        for start, end, lead, is_quoted in _after_head(entry, text, ideas):
            item_id = stable_id("i", contribution_id, start, end)
            led_by, own_provenance = text[slice(*lead)] if lead else None, "transcription" if is_quoted else None
            self.items.append((item_id, contribution_id, start, end, text[start:end], led_by, own_provenance))
        self._take_positions(entry, contribution_id, taking)
        taking.position += 1

    def _is_sent_again(self, entry: Entry, reading: Reading, taking: _Taking, text: str) -> bool:
        """Whether a person, by her name or number, gave these words before to the same question, in any file."""
        if reading.channel not in _ANSWERED or len(text.split()) < _SENT_WORDS_MIN:
            return False
        voice = entry.voice or ""
        if not voice or re.fullmatch(r"#\d+", voice):  # a row is nobody's who is known elsewhere
            return False
        of_file = taking.source if voice[0] == "#" else ""  # what is known of her names nobody in another
        told = taking.workshop, of_file, voice_key(voice), text, entry.context, entry.given_group, entry.table
        key = _digest(*(one or "" for one in told))
        is_again = key in self._sent or key in taking.sent
        taking.sent.add(key)
        return is_again

    def _take_positions(self, entry: Entry, contribution_id: str | None, taking: _Taking) -> None:
        """The positions of an entry, each a row; those of one that answers another wait for its contribution."""
        if contribution_id is not None and entry.own_name:
            taking.names.setdefault(entry.own_name, contribution_id)
        positions = entry.positions or (_listed(entry) if contribution_id is not None else ())
        voice = self._voice(entry, taking) if positions else None
        for position in positions:
            # the name of the file, where nothing else tells what it is about
            title = _named_by_file(entry, position, taking.source)
            about = self._line(position.about or entry.context or title, taking.marks)
            # what nothing names, a whole draft or plan, is no side on what the words of a row speak of
            is_named = bool(position.about or entry.context or entry.answers)
            is_of_words = is_named or position.evidence not in (COLUMN, SCALE)
            words = contribution_id if is_of_words else None
            known = (taking.source, about, position.side, position.evidence, words or "")
            position_id = stable_id("p", *known, taking.rank("\x1f".join(known)))
            if entry.answers and position.evidence not in _OF_ALL:
                taking.answers[position_id] = entry.answers
            place = self._place(position.locator or entry.locator)
            self.positions.append(
                (
                    position_id,
                    taking.workshop,
                    taking.source,
                    place,
                    about,
                    None,
                    words,
                    None if position.evidence in _OF_ALL else voice,
                    self._line(position.answer, taking.marks) or None,
                    position.side,
                    position.n,
                    position.evidence,
                )
            )

    def _voice(self, entry: Entry, taking: _Taking) -> str | None:
        if not entry.voice:
            return None
        is_private = self.config.pseudonymiser and taking.workshop not in self.with_named_speakers
        part = "" if entry.voice[0] == "#" else self._hidden(taking.parts.get(entry.voice) or part_of(entry.voice))
        return self.voices.label(entry.voice, taking.workshop, taking.source, is_private, part)

    def _reject(self, rejects: list[Reject], taking: _Taking) -> None:
        for place, reason, detail in rejects:
            self.rejects.append((taking.source, self._place(place), reason, self._hidden(detail)))
            taking.details[detail] += 1

    def _hidden(self, text: str) -> str:
        """What is told again and again of a file, private data marked."""
        if text not in self._told:
            self._told[text] = private(text, self.config, Counter())
        return self._told[text]

    def _place(self, locator: str) -> str:
        """Where something stands: a sheet and a column may bear anything, the number of a line is one."""
        before, sign, after = locator.rpartition(_LINE)
        number = re.match(r"\d*", after)
        cut = number.end() if number else 0
        return self._hidden(before) + sign + after[:cut] + self._hidden(after[cut:])

    def _attribute(self, name: str, value: str, marks: Counter[str]) -> str:
        """The cell of another column, private data marked: its heading may tell what it is.

        A position that was kept is that of a place.
        """
        if kind_of_heading(name) == PLACE:
            return private(value, self.config, marks)
        opening = f"{name}\u00a0: "
        told = private(opening + value, self.config, marks)
        return told.removeprefix(opening) if told.startswith(opening) else private(value, self.config, marks)

    def _line(self, text: str | None, marks: Counter[str]) -> str:
        return private(freeze(text).replace("\n", " "), self.config, marks) if text else ""

    def _place_of(self, entry: Entry, taking: _Taking) -> tuple[str | None, dict[str, str]]:
        """The table or the group of an entry, as the sheet declares it or the file calls it; its session, apart."""
        called = entry.table or taking.table
        if called is None:
            return None, {}
        _, _, number = called.partition(" ")
        declared = self.declared.get(taking.workshop, ())
        called = number if number in declared else called
        if is_session(called):
            return None, {"atelier": called}
        if entry.subject:
            known = self.subjects.get((taking.workshop, self._hidden(called)))
            theirs, own = {*content_stems(known or "")}, {*content_stems(entry.subject)}
            first = self.days.get((taking.workshop, self._hidden(called)), "")
            is_later = "" not in (first, taking.day) and taking.day != first
            if known is not None and theirs != own and (is_later or not theirs & own):  # the group of another meeting
                of_file = f"{called}, {file_name(taking.source)}"
                noun, space, number = of_file.partition(" ")  # what follows the noun is one name
                taking.apart[called] = noun + space + number.replace(" ", NO_BREAK)
        called = taking.apart.get(called, called)
        if entry.subject:
            taking.subjects.setdefault(self._hidden(called), self._hidden(entry.subject))
        return called, {}

    def _keep(self, entry: Entry, reading: Reading, taking: _Taking, text: str, provenance: str) -> str:
        source, marks = taking.source, taking.marks
        contribution_id = stable_id("c", source, text, entry.key or taking.rank(text))
        table, session = self._place_of(entry, taking)
        told = entry.attributes | session
        attributes = {self._hidden(k): self._attribute(k, freeze(v), marks) for k, v in told.items()}
        self.contributions.append(
            (
                contribution_id,
                source,
                self._place(entry.locator),
                taking.position,
                text,
                reading.channel,
                provenance,
                self._line(entry.context, marks),
                [self._line(heading, marks) for heading in entry.headings],
                stable_id("l", source, entry.list_key) if entry.rank is not None else None,
                entry.rank,
                self._line(entry.given_group, marks) or None,
                self._voice(entry, taking),
                self._hidden(table) if table else None,
                taking.workshop,
                entry.votes,
                entry.votes_against,
                json.dumps(attributes, ensure_ascii=False, sort_keys=True) if attributes else "{}",
                self._hidden(iso_day(day)) if (day := entry.date or taking.day) else None,
                entry.start_s,
                entry.frame,
            )
        )
        return contribution_id


def _named_by_file(entry: Entry, position: Position, source: str) -> str:
    """The name of a file, for what nothing else tells on what it is; "" for what needs none."""
    is_of_file = not entry.answers and position.evidence in (CELL, COLUMN, SCALE, VOTE, DECISION)
    return file_name(source) if is_of_file else ""


def _listed(entry: Entry) -> tuple[Position, ...]:
    """The side that headings tell of what they list about the heading above them."""
    told = side_of_headings(entry.headings, entry.context)
    is_told = told.about and not side_of_headings((), told.about).stance
    return (Position(told.stance, LISTED, told.about),) if is_told else ()


def _is_alone(entry: Entry) -> bool:
    """Whether nothing of an entry is told by other files or tells of them: a person who speaks, what was spoken of at a
    table, what it answers."""
    return not (entry.own_name or entry.answers or entry.subject or (entry.voice and entry.voice[0] != "#"))


def _after_head(entry: Entry, text: str, ideas: list[Idea]) -> list[Idea]:
    """The ideas of a text, without the position that stands at its head where the rest stands without it."""
    if not ideas or all(position.evidence != CELL for position in entry.positions):
        return ideas
    head = head_of(text)
    if head is None or not ideas[0].start < head.end < ideas[0].end:
        return ideas
    return [ideas[0]._replace(start=head.end), *ideas[1:]]


def _told(readings: list[Reading], reasons: Counter[str], kept: int) -> tuple[str, str]:
    parts = [f"{n} × {detail}" for detail, n in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))]
    provenance = {"ecrit": "écrit des participants", "note": "notes prises", "transcription": "parole transcrite"}
    told = [f"provenance\u00a0: {', '.join(dict.fromkeys(provenance[r.provenance] for r in readings))}"]
    dropped = [choice.name for reading in readings for choice in reading.choices if choice.role == "écartée"]
    if dropped:
        told.append(f"colonnes écartées\u00a0: {', '.join(dict.fromkeys(dropped))}")
    told += list(dict.fromkeys(note for reading in readings for note in reading.notes))
    if parts:
        told.append(f"mis de côté\u00a0: {', '.join(parts)}")
    if kept or any(FRAME_NAMES[frame] in reasons for frame in ("pas_une_parole", "document", "lecture")):  # no refusal
        return "lu", "\u202f; ".join(told)
    return "refuse", (
        "aucune parole à lire dans ce fichier" + (f" ({', '.join(parts)})" if parts else "") + ". "
        "Vérifiez que c'est le bon fichier, ou nommez la colonne de texte dans atelier.toml."
    )
