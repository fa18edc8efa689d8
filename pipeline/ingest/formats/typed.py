"""Words typed in the room: one record a line, in one file of the workshop; what was typed, corrected, shown, withdrawn.

Records are appended and never changed; only a withdrawal writes the file again, without the words. What is read of it
depends on what stands in it, never on the order in which it came: a telephone may send in an hour what it kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.contracts.numbers import in_reading_order
from pipeline.folder.files import write_inside
from pipeline.folder.locks import working
from pipeline.ingest.formats.detection import TYPED
from pipeline.ingest.formats.records import Entry, Reading
from pipeline.ingest.structure import bare_heading
from pipeline.ingest.workshop import table_label
from pipeline.language.text.folding import fold

FILE, BESIDE = "salle.jsonl", ".salle"
"""The words, and the folder of what the room keeps beside them, which no run reads: its lock, its secrets."""
HEAD = TYPED + b', "version": 1}\n'
"""Its first line, by which it is known whatever its name."""
SAY, CORRECT, WITHDRAW = "dire", "corriger", "retirer"
SHOW, HIDE, WAIT = "montrer", "cacher", "attendre"
"""What a facilitator says of a word on the wall; words wait until then."""
PUT = "ranger"
"""A facilitator says where an idea of a word goes."""
NOWHERE = "aucun"
"""Under no title."""
ACTS = (SAY, CORRECT, WITHDRAW, SHOW, HIDE, WAIT, PUT)
TEXT_MAX = 2_000
KEY = re.compile(r"[a-p]{16,40}")
"""Of a word, drawn by the browser: letters alone, that no mark of privacy takes for a number."""
RANK = re.compile(r"[0-9]{1,4}")
"""Of an idea in its word."""
_LOCATOR = "parole "
Record = Mapping[str, str]


class Put(NamedTuple):
    """Where a person put an idea, by its rank in its word: the id of a title, or `NOWHERE`."""

    rank: int
    under: str
    who: str
    when: str


@dataclass(frozen=True)
class Word:
    """What somebody typed at once.

    Attributes
    ----------
    key : drawn by the browser; the same word sent twice has the same.
    table, heading : "" for none.
    owner : what tells the browser that typed it.
    state : `SHOW`, `HIDE` or `WAIT`.
    is_withdrawn : its words are gone.
    put : where people put its ideas, in order.
    acts : who did what to it, in order: act, who, when.
    """

    key: str
    text: str = ""
    table: str = ""
    heading: str = ""
    owner: str = ""
    state: str = WAIT
    is_withdrawn: bool = False
    put: tuple[Put, ...] = ()
    acts: tuple[tuple[str, str, str], ...] = field(default=(), compare=False)


@dataclass
class Typed:
    """The content of a file.

    Attributes
    ----------
    words : by key, in the order of their arrival, those that were withdrawn too.
    broken : lines that hold no record, and their numbers; a last one that was cut is none of them.
    """

    words: dict[str, Word] = field(default_factory=dict)
    broken: list[tuple[int, bytes]] = field(default_factory=list)

    @classmethod
    def of(cls, content: bytes) -> Typed:
        """What lines say."""
        found = cls()
        lines = content.split(b"\n")
        for number, line in enumerate(lines, start=1):
            if not line.strip() or (number == 1 and line.startswith(TYPED)):
                continue
            record = _record(line)
            if record is not None:
                found.follow(record)
            elif number < len(lines):
                found.broken.append((number, line))
        return found

    def follow(self, record: Record) -> None:
        """Take in a record; one that was taken in before changes nothing."""
        act, key = record["acte"], record["cle"]
        done = (act, record["de"], record["a"])
        word = self.words.get(key)
        if act == SAY:
            if word is None:
                self.words[key] = Word(
                    key, record["texte"], record["table"], record["rubrique"], record["de"], acts=(done,)
                )
        elif act == WITHDRAW:
            owner = word.owner if word is not None else record.get("pour") or record["de"]
            self.words[key] = Word(key, owner=owner, is_withdrawn=True, acts=(done,))
        elif word is None or word.is_withdrawn:
            return
        elif act == CORRECT:
            if word.text != record["texte"]:  # other words, that nobody has nodded at
                self.words[key] = replace(word, text=record["texte"], state=WAIT, put=(), acts=(*word.acts, done))
        elif act == PUT:
            rank, under = int(record["rang"]), record["sous"]
            others = tuple(one for one in word.put if one.rank != rank)
            put = tuple(sorted((*others, Put(rank, under, *done[1:])))) if under else others
            self.words[key] = replace(word, put=put, acts=(*word.acts, done))
        else:
            self.words[key] = replace(word, state=act, acts=(*word.acts, done))

    def records(self) -> Iterator[Record]:
        """The fewest records that say the same: nothing of what was withdrawn, nor of words before they were
        corrected."""
        for word in self.words.values():
            (act, who, when), *others = word.acts
            if word.is_withdrawn:
                yield {"acte": WITHDRAW, "cle": word.key, "de": who, "a": when, "pour": word.owner}
                continue
            told = {"table": word.table, "rubrique": word.heading, "texte": word.text}
            yield {"acte": SAY, "cle": word.key, "de": who, "a": when, **told}
            if word.state != WAIT:
                act, who, when = next(done for done in reversed(others) if done[0] == word.state)
                yield {"acte": act, "cle": word.key, "de": who, "a": when}
            for rank, under, who, when in word.put:
                yield {"acte": PUT, "cle": word.key, "de": who, "a": when, "rang": str(rank), "sous": under}

    def content(self) -> bytes:
        """The whole file, written anew; lines that hold no record stay."""
        return HEAD + b"".join(line + b"\n" for _, line in self.broken) + b"".join(map(line_of, self.records()))


def line_of(record: Record) -> bytes:
    """A record as the file holds it."""
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def _record(line: bytes) -> Record | None:
    try:
        said: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("acte") not in ACTS:
        return None
    more: dict[str, tuple[str, ...]] = {SAY: ("texte",), CORRECT: ("texte",), PUT: ("rang", "sous")}
    needed = ("cle", "de", "a", *more.get(said["acte"], ()))
    if not all(isinstance(said.get(name), str) for name in needed) or not KEY.fullmatch(said["cle"]):
        return None
    if said["acte"] == PUT and not RANK.fullmatch(said["rang"]):
        return None
    record = {name: said.get(name, "") for name in ("acte", "table", "rubrique", "pour", *needed)}
    return record if all(isinstance(value, str) for value in record.values()) else None


def reading_of(typed: Typed) -> Reading:
    """The words as contributions, table after table, in an order of their own."""
    live = [word for word in typed.words.values() if not word.is_withdrawn]
    live.sort(key=lambda word: (in_reading_order(word.table), word.heading, fold(word.text), word.text, word.key))
    reading = Reading("paroles saisies en salle", "saisie", "ecrit")
    reading.rejects = [(f"ligne {n}", "illisible", "ligne abîmée") for n, _ in typed.broken]
    reading.entries = [
        Entry(
            _LOCATOR + word.key,
            word.text,
            context=heading,
            headings=(heading,) if heading else (),
            table=table_label(word.table) if word.table else None,
            key=word.key,
        )
        for word in live
        for heading in (bare_heading(word.heading),)
    ]
    return reading


def read_typed(path: Path) -> Reading:
    """The words typed in the room, as the file holds them."""
    return reading_of(Typed.of(path.read_bytes()))


def key_of(locator: str) -> str:
    """The key of the word that stands there, "" when it is none."""
    key = locator.removeprefix(_LOCATOR)
    return key if locator.startswith(_LOCATOR) and KEY.fullmatch(key) else ""


@contextmanager
def closed_room(corpus: Path) -> Iterator[None]:
    """Hold the room of a workshop against whoever would open it, where there is one.

    Raises BusyError: it is open, and keeps words in memory; nothing was done.
    """
    with working(corpus / BESIDE, "la salle") if (corpus / BESIDE).is_dir() else nullcontext():
        yield


def erase_typed(path: Path, locator: str) -> bool:
    """Write the file again without the word that stands there; whether there was one.

    Raises ArtifactError: the disk refused it.
    """
    key = key_of(locator)
    if not key or not path.is_file():
        return False
    typed = Typed.of(path.read_bytes())
    typed.follow({"acte": WITHDRAW, "cle": key, "de": "rosace retirer", "a": now()})
    write_inside(path, lambda file: file.write(typed.content()))
    return True


def now() -> str:
    """The time of an act, to the second."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
