"""What happens in the room: words typed, read as they come, nodded at; who is told that something changed."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from pipeline.app.launching import JOURNAL, Launch, run_apart
from pipeline.app.places import FILES, RUN, TITLES_FILE, Place
from pipeline.app.room.access import FACILITATOR, Session, Settings
from pipeline.app.room.live import Found, Idea, Reader
from pipeline.app.room.words import Words
from pipeline.axes import COMPASS_CODES, HORS_AXE
from pipeline.config import Config
from pipeline.errors import RosaceError, UsageError
from pipeline.folder.artifacts import RunFolder
from pipeline.folder.files import write_outside
from pipeline.ingest.corpus_files import list_files
from pipeline.ingest.formats.typed import (
    BESIDE,
    CORRECT,
    FILE,
    HIDE,
    KEY,
    NOWHERE,
    PUT,
    RANK,
    SAY,
    SHOW,
    TEXT_MAX,
    WAIT,
    WITHDRAW,
    Typed,
    Word,
    now,
)
from pipeline.ingest.preparing import freeze
from pipeline.ingest.workshop import WORKSHOP_FILE, read_sheet, table_label
from pipeline.place.titles import Title, identified, titles_of
from pipeline.review.log.decisions import UNDO, After, Decision, Target
from pipeline.review.log.op import quoted
from pipeline.review.log.replay import read_log
from pipeline.tables.reading import read_text

N_AT_ONCE = 70
"""Ideas that a whole wall shows, the last come of each title; the others are counted."""
PAUSE_S = 0.25
"""What comes in such a time is read together, and told together."""
OF_ROOM = "salle-"
"""How ids of acts done in the room begin, in the log of a run."""
N_WORDS_MAX = 20_000
"""Of a room: more is no workshop."""
WALL, SORTING, OWN = "mur", "tri", "paroles"
"""What changed: what is shown, what is to sort, the words of one browser."""


class ClosedError(RosaceError):
    """Words that came after the room was closed: who typed them keeps them until it opens again."""


@dataclass(eq=False)
class Listener:
    """A page that is open, and what changed since it was told."""

    session: Session
    topics: frozenset[str]
    loop: asyncio.AbstractEventLoop
    waiting: set[str] = field(default_factory=set)
    wakes: asyncio.Event = field(default_factory=asyncio.Event)
    is_closed: bool = False


@dataclass(frozen=True)
class Card:
    """One idea on the wall, the word that it is of, and its rank there."""

    word: Word
    rank: int
    idea: Idea

    @property
    def seen(self) -> str:
        """As a form sends it back: see `Room.put`."""
        return f"{self.word.key}:{self.rank}:{self.idea.title_id or ''}"


@dataclass(frozen=True)
class Column:
    """What stands under one title of one axis; without title, what is to place."""

    axis: str
    title: Title | None
    cards: tuple[Card, ...]

    @property
    def address(self) -> str:
        """What a facilitator turns everybody's eyes to."""
        return self.title.title_id if self.title is not None else self.axis


class Room:
    """A workshop whose tables type.

    Attributes
    ----------
    folder : of the files of the workshop. results : where its run goes. page : the address of its page, or "".
    found : what was read of the words, some seconds late at most. problem : why reading stopped, "" when it goes on.
    focus : the axis or the title that the wall shows alone, "" for all.
    launch : the restitution that is being made, or was. is_ended : whether it is served no more.
    """

    def __init__(self, folder: Path, results: Path, config: Config, page: str = "") -> None:
        self.folder, self.results, self.config, self.page = folder, results, config, page
        self.beside = folder / BESIDE
        self.settings = Settings.load(self.beside)
        self.settings.save(self.beside)
        self.words = Words(folder)
        self.found, self.problem, self.focus = Found(), "", ""
        self.launch: Launch | None = None
        self._reader = Reader(folder, config)
        self.listeners: list[Listener] = []
        self._lock = threading.Lock()
        self._done: defaultdict[str, list[list[dict[str, str]]]] = defaultdict(list)
        self._n_changes = self._n_restituted = 0
        self._comes, self._is_over, self.is_ended = threading.Event(), False, False

    # what tables do -----------------------------------------------------------------------------------------

    def say(self, session: Session, key: str, text: str, heading: str) -> None:
        """Keep what a table typed; sent again, it is kept once.

        Raises
        ------
        UsageError : it cannot be taken. NotWrittenError : the disk refuses.
        """
        if not self.settings.is_open and key not in self.words.typed.words:
            raise ClosedError("La saisie est close. Dites-le à l’animation : elle peut la rouvrir.")
        if len(self.words.typed.words) >= N_WORDS_MAX:
            raise UsageError("La salle est pleine : prévenez l’animation.")
        if not KEY.fullmatch(key):
            raise UsageError("Cet envoi n’a pas été fait par la page de la salle. Rechargez-la.")
        heading = heading if heading in self.settings.headings else ""
        told = {"table": table_label(session.name), "rubrique": heading, "texte": checked_text(text)}
        self._write(SAY, [key], session.owner, **told)

    def correct(self, session: Session, key: str, text: str) -> None:
        """Put other words in the place of one's own; they wait for another nod."""
        self._own(session, key)
        self._write(CORRECT, [key], session.owner, texte=checked_text(text))

    def withdraw(self, session: Session, key: str) -> None:
        """Erase one's own words."""
        self._own(session, key)
        self._write(WITHDRAW, [key], session.owner)

    def _own(self, session: Session, key: str) -> None:
        word = self.words.typed.words.get(key)
        if word is None or word.owner != session.owner:
            raise UsageError("Cette parole n’a pas été tapée sur cet appareil.")

    def words_of(self, session: Session) -> list[Word]:
        """What this browser typed, the last first."""
        return [word for word in reversed(list(self.words.typed.words.values())) if word.owner == session.owner]

    # what facilitators do -----------------------------------------------------------------------------------

    def sort(self, who: str, act: str, keys: list[str]) -> None:
        """Show words, hide them, or erase them.

        Raises
        ------
        UsageError : no such act, or no such word.
        """
        if act not in (SHOW, HIDE, WAIT, WITHDRAW):
            raise UsageError("Cet acte n’existe pas.")
        words = self.words.typed.words
        live = [key for key in keys if key in words and not words[key].is_withdrawn]
        if not live:
            raise UsageError("Cette parole n’y est plus : elle vient d’être retirée.")
        before = [{"act": words[key].state, "key": key} for key in live]
        self._write(act, live, who)
        if act != WITHDRAW:
            self._done[who].append(before)

    def put(self, who: str, cards: Sequence[str], under: str) -> None:
        """Put ideas under a title, or under none.

        Parameters
        ----------
        cards : each as the page showed it: key of its word, rank there, where it was; colons between.

        Raises
        ------
        UsageError : no such title or idea, or somebody put it elsewhere since the page was shown.
        """
        if under != NOWHERE and under not in self.found.by_id:
            raise UsageError("Ce titre n’y est plus.")
        done = [self._before(who, under, *card.split(":")) for card in cards if card.count(":") == 2]
        for one in done:
            self._write(PUT, [one["key"]], who, rang=one["rang"], sous=under)
        if done:
            self._done[who].append(done)

    def _before(self, who: str, under: str, key: str, rank: str, seen: str) -> dict[str, str]:
        """What undoes that somebody puts an idea under a title; an error where another did meanwhile."""
        word = self.words.typed.words.get(key)
        ideas = self.ideas_of(word) if word is not None else ()
        if word is None or not RANK.fullmatch(rank) or int(rank) >= len(ideas):
            raise UsageError("Cette parole n’y est plus : elle vient d’être retirée ou corrigée.")
        idea = ideas[int(rank)]
        if (idea.title_id or "") != seen and idea.put_by not in ("", who) and (idea.title_id or NOWHERE) != under:
            called = {key: title.text for key, title in self.found.by_id.items()}
            now, mine = (quoted(called.get(one or "", "aucun titre")) for one in (idea.title_id, under))
            told = f"{quoted(idea.text, 60)} : {idea.put_by} l’a rangée sous {now}, {who} la rangerait sous {mine}."
            raise UsageError(f"{told} Rien n’est changé : parlez-en, puis rangez-la à nouveau.")
        was = next((one.under for one in word.put if one.rank == int(rank)), "")
        return {"act": PUT, "key": key, "rang": rank, "sous": was}

    def ideas_of(self, word: Word) -> tuple[Idea, ...]:
        """The ideas of a word where they are: where a person put them, else where the machine reads them."""
        titles, read = self.found.by_id, self.found.ideas.get(word.key, ())
        ideas = list(read)
        for put in word.put:
            if put.rank < len(read) and (put.under in titles or put.under == NOWHERE):
                axis = (titles[put.under].axis if put.under in titles else None) or read[put.rank].axis
                title_id = put.under if put.under in titles else None
                ideas[put.rank] = replace(read[put.rank], title_id=title_id, axis=axis, put_by=put.who)
        return tuple(ideas)

    def rename(self, before: str, after: str) -> None:
        """Call a facilitator otherwise; her acts stay hers to undo.

        Raises
        ------
        UsageError : another has that name.
        """
        if after in self._done and after != before:
            raise UsageError(f"« {after} » anime déjà ici : choisissez un autre prénom.")
        self._done[after] = self._done.pop(before, [])

    def undo(self, who: str) -> None:
        """Take back the last act of a facilitator that still can be.

        Raises
        ------
        UsageError : there is none.
        """
        while self._done[who]:
            words = self.words.typed.words
            still = [one for one in self._done[who].pop() if words[one["key"]].acts[-1][1] == who]
            for one in still:
                self._write(one.pop("act"), [one.pop("key")], who, **one)
            if still:
                return
        raise UsageError("Rien à annuler : vos actes ont été repris par d’autres, ou sont annulés.")

    def change(self, settings: Settings) -> None:
        """Change settings, and tell everybody; with another code, all sessions are closed.

        Raises
        ------
        ArtifactError : the disk refuses.
        """
        settings.save(self.beside)
        self.settings = settings
        self.tell(WALL, SORTING, OWN)

    def look_at(self, focus: str) -> None:
        """Turn the wall to an axis or a title; "" to all."""
        if focus not in ("", *COMPASS_CODES, HORS_AXE, *self.found.by_id):
            raise UsageError("Ce titre n’y est plus.")
        self.focus = focus
        self.tell(WALL, SORTING)

    @property
    def title(self) -> str:
        """Of the workshop, as its sheet says, else the name of its folder."""
        path = self.folder / WORKSHOP_FILE
        named = self.folder.resolve()
        told = named.parent.name if named.name == FILES else named.name
        return (read_sheet(path).atelier.titre.strip() if path.is_file() else "") or told

    @property
    def titles_text(self) -> str:
        """The titles of the workshop, as they are typed."""
        path = self.folder / TITLES_FILE
        return read_text(path, TITLES_FILE) if path.is_file() and not path.is_symlink() else ""

    def retitle(self, text: str, before: str) -> None:
        """Keep other titles; ideas are placed under them.

        Raises
        ------
        UsageError : somebody changed them meanwhile; both wordings are told.
        """
        told, given = " ".join(self.titles_text.split()), " ".join(text.split())
        if told != " ".join(before.split()) and told != given:
            both = f"Refusés :\n{text.strip()}\nGardés :\n{self.titles_text.strip()}"
            raise UsageError(f"Quelqu’un vient de changer les titres : les vôtres ne sont pas gardés.\n{both}")
        write_outside(self.folder / TITLES_FILE, f"{text.replace(chr(13), '').rstrip()}\n".encode())
        self._comes.set()

    def restitute(self) -> None:
        """Close the room to words, and make the restitution of the workshop; one that is under way goes on."""
        with self._lock:
            if self.launch is not None and not self.launch.is_over:
                return
            self.change(replace(self.settings, is_open=False))
            self.results.mkdir(parents=True, exist_ok=True)
            self._keep_header()
            self._keep_puts()
            process = run_apart(self.folder, self.results, self.config.profil, self.results / JOURNAL)
            self.launch, self._n_restituted = Launch(Place(RUN, self.results), process), self._n_changes
        threading.Thread(target=self.launch.follow, args=(lambda: self.tell(SORTING),), daemon=True).start()

    def _keep_header(self) -> None:
        """Write in the sheet the title of the room, and the day of its last words, where nobody did and nothing else
        was brought to the workshop."""
        path = self.folder / WORKSHOP_FILE
        known = read_sheet(path).atelier.model_fields_set if path.is_file() else set()
        days = sorted(word.acts[0][2] for word in self.words.typed.words.values() if not word.is_withdrawn)
        brought = {name for name, _ in list_files(self.folder, lambda *_: None)} - {WORKSHOP_FILE, TITLES_FILE}
        if not days or brought != {FILE}:
            return
        day = datetime.fromisoformat(days[-1].replace("Z", "+00:00")).astimezone().date().isoformat()
        lines = [
            f"{key} = {json.dumps(told)}" for key, told in (("titre", self.title), ("date", day)) if key not in known
        ]
        text = read_text(path, WORKSHOP_FILE) if path.is_file() else ""
        above, name, below = text.partition("[atelier]\n")
        if lines and (name or not text):
            write_outside(path, "\n".join([f"{above}[atelier]", *lines, below]).encode())

    def _keep_puts(self) -> None:
        """Write where people put ideas in the log of the results, as acts that the run replays; undo there what was
        taken back here."""
        run = RunFolder(self.results)
        log = read_log(run.decisions.lines())
        anchors = self._reader.anchors(Typed(dict(self.words.typed.words)))
        earlier = titles_of(run.load_table("titles")) if run.has_table("titles") else ()
        known = identified([replace(title, title_id="") for title in self.found.titles], earlier)
        ids = {one.title_id: own.title_id for one, own in zip(self.found.titles, known, strict=True)}
        wanted: dict[str, Decision] = {}
        for word in self.words.typed.words.values():
            for put in word.put:
                if (word.key, put.rank) in anchors and (put.under in ids or put.under == NOWHERE):
                    mark = hashlib.sha256("\t".join((word.key, *map(str, put))).encode()).hexdigest()[:24]
                    wanted[OF_ROOM + mark] = Decision(
                        decision_id=OF_ROOM + mark,
                        ts=put.when,
                        author=put.who,
                        op="prendre" if put.under in ids else "move",
                        target=Target(items=(anchors[word.key, put.rank],)),
                        after=After(group_id=ids.get(put.under)),
                    )
        there = {one.decision_id for one in log.decisions if one.decision_id.startswith(OF_ROOM)}
        undone = [
            Decision(decision_id=f"{UNDO}-{one}", ts=now(), author=FACILITATOR, op=UNDO, target=Target(decision_id=one))
            for one in sorted(there - wanted.keys() - log.undone().keys())
        ]
        new = sorted((one for key, one in wanted.items() if key not in there), key=lambda one: one.ts)
        if undone or new:
            run.decisions.append([one.to_line() for one in (*undone, *new)])

    @property
    def is_changed(self) -> bool:
        """Whether words were typed, corrected or withdrawn since the restitution was asked for."""
        return self._n_changes != self._n_restituted

    # what is shown ------------------------------------------------------------------------------------------

    def is_shown(self, word: Word) -> bool:
        """Whether a word is on the wall."""
        return not word.is_withdrawn and (word.state == SHOW or (word.state == WAIT and self.settings.shows_all))

    def projected(self) -> tuple[list[Column], int]:
        """The ideas that are shown under their titles, the last come first, what is to place after; and how many cards
        of each the wall has room for."""
        places: dict[tuple[str, str | None], list[Card]] = {}
        for word in filter(self.is_shown, reversed(list(self.words.typed.words.values()))):
            for rank, idea in enumerate(self.ideas_of(word)):
                places.setdefault((idea.axis, idea.title_id), []).append(Card(word, rank, idea))
        everything = (
            Column(axis, title, tuple(places.get((axis, title.title_id if title else None), ())))
            for axis in (*COMPASS_CODES, HORS_AXE)
            for title in (*(one for one in self.found.titles if one.axis in (None, axis)), None)
        )
        columns = [column for column in everything if column.cards or (column.title and column.title.axis)]
        n_cards = sum(len(one.cards) for one in columns)
        return columns, n_cards if self.focus or n_cards <= N_AT_ONCE else max(2, N_AT_ONCE // len(columns))

    def in_state(self, state: str) -> list[Word]:
        """The words that wait for a nod, or that were hidden, the first come first."""
        return [w for w in list(self.words.typed.words.values()) if w.state == state and not w.is_withdrawn]

    # who is told --------------------------------------------------------------------------------------------

    def listen(self, session: Session, topics: frozenset[str]) -> Listener:
        """A page that is told of what changes from now on; of one browser, the last four."""
        listener = Listener(session, topics, asyncio.get_running_loop())
        own = [one for one in self.listeners if one.session.owner == session.owner]
        for one in own[:-3]:
            self._close(one)
        self.listeners.append(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Tell a page nothing more."""
        with suppress(ValueError):
            self.listeners.remove(listener)

    def end(self) -> None:
        """Tell every page that the room is closed, and nothing more."""
        self.is_ended = True
        for one in list(self.listeners):
            self._close(one)

    def _close(self, listener: Listener) -> None:
        listener.is_closed = True
        listener.loop.call_soon_threadsafe(listener.wakes.set)

    def tell(self, *topics: str, owner: str = "") -> None:
        """Wake the pages that something concerns, those of `owner` alone for what is its own."""
        for one in list(self.listeners):
            mine = {topic for topic in topics if topic in one.topics}
            if owner and one.session.owner != owner:
                mine.discard(OWN)
            if not self.settings.lets_in(one.session):
                self._close(one)
            elif mine:
                one.waiting |= mine
                one.loop.call_soon_threadsafe(one.wakes.set)

    def _write(self, act: str, keys: Sequence[str], who: str, **more: str) -> None:
        self.words.write([{"acte": act, "cle": key, "de": who, "a": now(), **more} for key in keys])
        if act in (SAY, CORRECT, WITHDRAW, PUT):
            self._n_changes += 1
        if act in (SAY, CORRECT, WITHDRAW):
            self._comes.set()
        self.tell(SORTING) if act == SAY else self.tell(WALL, SORTING)
        for owner in {self.words.typed.words[key].owner for key in keys}:
            self.tell(OWN, owner=owner)

    # reading ------------------------------------------------------------------------------------------------

    def start_reading(self) -> None:
        """Read what comes, in a thread of its own, until `stop`."""
        self._comes.set()
        threading.Thread(target=self._read_on, daemon=True).start()

    def stop(self) -> None:
        """Read nothing more, and leave no process behind."""
        self._is_over = True
        self._comes.set()
        if self.launch is not None and not self.launch.is_over:
            self.launch.process.terminate()

    def _read_on(self) -> None:
        self._reader.warm()
        while not self._is_over:
            self._comes.wait()
            time.sleep(PAUSE_S)
            self._comes.clear()
            before = self.found
            try:
                self.found = self._reader.read(Typed(dict(self.words.typed.words)))
                self.problem = ""
            except Exception as error:  # words are kept and shown to facilitators whatever happens to their reading
                self.problem = f"La lecture s’est arrêtée ({type(error).__name__}). Les paroles sont gardées."
                logging.getLogger(__name__).exception("the room could not be read")
            self.tell(WALL, SORTING)
            words = self.words.typed.words
            changed = (key for key, ideas in self.found.ideas.items() if before.ideas.get(key) != ideas)
            for owner in {words[key].owner for key in (*changed, *self.found.aside) if key in words}:
                self.tell(OWN, owner=owner)


def checked_text(text: str) -> str:
    """What was typed, as it is kept.

    Raises
    ------
    UsageError : nothing, or too much.
    """
    kept = freeze(text)
    if not any(sign.isalnum() for sign in kept):
        raise UsageError("Écrivez d’abord quelques mots.")
    if len(kept) > TEXT_MAX:
        raise UsageError(f"C’est trop long : {len(kept)} signes, {TEXT_MAX} au plus. Envoyez-le en plusieurs fois.")
    return kept
