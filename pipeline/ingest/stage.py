"""The ingest stage: every file of a corpus folder, read right or refused in words, and the tables that it gives."""

import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.config import Config, IngestConfig
from pipeline.contracts.checks import conform
from pipeline.contracts.numbers import in_reading_order
from pipeline.contracts.tables import TABLES
from pipeline.errors import NothingSaidError, RefusedFileError, UsageError
from pipeline.execution import Executor, LocalExecutor
from pipeline.ingest.assembly import Alone, Assembly, KnownFiles, voice_key
from pipeline.ingest.corpus_files import leads_out, list_files, why_ignored, with_distinct_names
from pipeline.ingest.formats.detection import detect
from pipeline.ingest.formats.readers import format_label, read_file
from pipeline.ingest.formats.records import Entry, Reading
from pipeline.ingest.formats.sheets import ONLY_TITLES
from pipeline.ingest.frames import FRAME_NAMES
from pipeline.ingest.headers import told_by_headers, with_days_of
from pipeline.ingest.preparing import FOREIGN
from pipeline.ingest.privacy.marks import private, private_name
from pipeline.ingest.privacy.names import FOUND, NameFinder
from pipeline.ingest.workshop import (
    ENTRY_SHEET_NAME,
    WORKSHOP_FILE,
    FileOverride,
    Header,
    Workshop,
    find_workshops,
    table_in_name,
    workshop_of,
)
from pipeline.tables.columns import TABLES_OF_TITLES, header_key
from pipeline.tables.grids import Row, iter_delimited, iter_sheets
from pipeline.workshop.labels import FILE, read_labels
from pipeline.workshop.tables import rows_of

_TITLE_WORDS_MAX = 12
_PLACES_TOLD = 3
_TITLES_MAX, _ALIKE_MAX, _FEW_BYTES = 20_000, 20, 1 << 20
"""Bytes of a line of titles; how many tables that have the same are looked at to know what the columns of one are,
and the bytes from which a table tells it alone."""


@dataclass(frozen=True)
class IngestResult:
    """What a corpus holds; every frame follows its schema in `pipeline.contracts.checks`.

    Attributes
    ----------
    workshops, workshop_tables : from `atelier.toml`, completed by the tables met in the files.
    contributions, items : sorted by source, position; by contribution, start.
    rejects, ledger : what was left out and why; the count of each file.
    positions : what is only a position, and the sides that are known of contributions.
    privacy_report, name_suggestions : marks put (never values); names to confirm.
    warnings : sentences in French for the person who ran it.
    alone : by file, see `Alone`.
    names : what stands in each text, see `pipeline.ingest.privacy.names.FOUND`.
    """

    workshops: pd.DataFrame
    workshop_tables: pd.DataFrame
    contributions: pd.DataFrame
    rejects: pd.DataFrame
    positions: pd.DataFrame
    items: pd.DataFrame
    ledger: pd.DataFrame
    privacy_report: pd.DataFrame
    name_suggestions: pd.DataFrame
    warnings: tuple[str, ...]
    alone: Mapping[str, Alone] = field(default_factory=dict)
    names: npt.NDArray[Any] = field(default_factory=lambda: np.zeros(0, dtype=FOUND))


def ingest(
    corpus: Path,
    config: Config,
    executor: Executor = LocalExecutor(),  # noqa: B008  (immutable)
    watch: Callable[[int], None] = lambda _: None,
    known: KnownFiles | None = None,
) -> IngestResult:
    """Read every file under `corpus`; the texts of long files are cut into ideas by `executor`, `watch` is told of how
    many contributions were read so far. Files that are `known` are not read again, which moves no letter.

    Raises
    ------
    UsageError : `corpus` is missing, is not a folder, or its `atelier.toml` cannot be read.
    RefusedFileError : the folder holds nothing to read. A refused file among others is a line of the ledger.
    """
    if not corpus.is_dir():
        what = "n'est pas un dossier" if corpus.exists() else "est introuvable"
        raise UsageError(f"Le dossier {corpus} {what}. Créez-en un avec « rosace nouveau », ou vérifiez le chemin.")
    read = CorpusReading(corpus, config.ingest, executor, watch=watch, known=known)
    if not read.assembly.contributions:
        raise _nothing_to_read(corpus, read.assembly)
    return _gathered(read.assembly, list(read.named.values()), config.ingest, known.names if known else None)


class CorpusReading:
    """The files of a corpus, read into the tables of `assembly`.

    Attributes
    ----------
    named : folder → its workshop, as the tables name it.
    taken : file, as the tables name it → its own name, and what it was read as.

    `files` : those to read, each by its name and its place; all of them by default. `watch` : see `Assembly`.
    """

    def __init__(
        self,
        corpus: Path,
        config: IngestConfig,
        executor: Executor = LocalExecutor(),  # noqa: B008  (immutable)
        files: list[tuple[str, Path]] | None = None,
        watch: Callable[[int], None] = lambda _: None,
        known: KnownFiles | None = None,
    ) -> None:
        self._known, self._corpus = known, corpus
        self.config, self.assembly = config, Assembly(config, executor=executor, watch=watch)
        self.taken: dict[str, tuple[str, list[Reading]]] = {}
        self._threads: defaultdict[str, Threads] = defaultdict(dict)
        sheet = [] if leads_out(corpus / WORKSHOP_FILE, os.path.realpath(corpus)) else [WORKSHOP_FILE]
        sources = [one for one in sheet if (corpus / one).is_file()]
        if files is None:
            files = list_files(corpus, lambda name, *told: self.assembly.leave(private_name(name, config), *told))
            sources = [source for source, _ in files]
        self._workshops = find_workshops(corpus, sources)
        self.named = {workshop.folder: self._named(workshop) for workshop in self._workshops}
        self.assembly.declared = {one.key: [table.numero for table in one.tables] for one in self.named.values()}
        self.assembly.voices.same = {
            (one.key, voice_key(name)): same for one in self.named.values() for name, same in one.people.items()
        }
        public = (one.key for one in self.named.values() if one.header.intervenants_nommes)
        self.assembly.with_named_speakers = frozenset(public)
        self._add_files(files)

    def _named(self, workshop: Workshop) -> Workshop:
        """A workshop as the tables name it: after a folder, whose name may be anything."""
        title = private(workshop.header.titre, self.config, Counter())
        return replace(
            workshop,
            key=private_name(workshop.key, self.config),
            told=tuple(private(line, self.config, Counter()) for line in workshop.told),
            header=workshop.header.model_copy(update={"titre": title}),
        )

    def _add_files(self, files: list[tuple[str, Path]]) -> None:
        alike: defaultdict[tuple[str, bytes], list[Path]] = defaultdict(list)
        for source, path in files:
            if path.suffix.lower() in (".csv", ".tsv") and path.is_file():
                alike[workshop_of(source, self._workshops).folder, _titles_of(path)].append(path)
        groups = (same for same in alike.values() if len(same) > 1)
        self._alike = {one: same[:_ALIKE_MAX] for same in groups for one in same if one.stat().st_size < _FEW_BYTES}
        told = with_distinct_names([(private_name(source, self.config), path) for source, path in files])
        named = [(source, name, path) for (source, path), (name, _) in zip(files, told, strict=True)]
        for later in [one for one in named if not self._add_file(*one)]:
            self._add_file(*later, is_last=True)

    def _add_file(self, real: str, source: str, path: Path, is_last: bool = False) -> bool:
        """One file of the corpus; `source` is its name without private data.

        False when it answers others, which are to be read first, unless `is_last`.
        """
        assembly, workshop = self.assembly, workshop_of(real, self._workshops)
        override = workshop.override_of(real)
        if ignored := why_ignored(real, override, path):
            assembly.leave(source, *ignored, state="ignore")
            return True
        key = self.named[workshop.folder].key
        beside = [one for one in self._alike.get(path, ()) if one != path]
        known = self._known if source == real and not beside else None
        if known is not None and assembly.add_again(source, key, known):
            return True
        kind = ""
        try:
            if not path.is_file():
                raise RefusedFileError(source, "ce n'est pas un fichier ordinaire", "Copiez ici le fichier lui-même.")
            kind = detect(path, source)
            table = (override.table if override else None) or table_in_name(real)
            readings = read_file(path, source, override, self.config.taille_max_mio << 20, beside)
            if not is_last and any(reading.answers for reading in readings):
                return False
            others = [*beside, *self._tell_read(readings, real, workshop, override)]
            self._add(real, source, readings, key, table)
            if others:
                assembly.alone.pop(source, None)  # read again when one of the others changes
        except NothingSaidError as error:
            assembly.leave(source, format_label(kind), error.problem, state="ignore")
        except RefusedFileError as error:
            if source.rsplit("/", 1)[-1].lower() == ENTRY_SHEET_NAME and error.problem == ONLY_TITLES:
                assembly.leave(source, "feuille de saisie", "rien n'y est saisi", state="ignore")
            else:
                assembly.leave(source, format_label(kind) or "inconnu", f"{error.problem}. {error.advice}")
        return True

    def _tell_read(
        self, readings: list[Reading], real: str, workshop: Workshop, told: FileOverride | None
    ) -> list[Reading]:
        """Set aside the rows that tell again those of another table, which they name; the readings that may do so."""
        kept = frozenset(map(header_key, told.paroles if told else ()))
        may_read = [reading for reading in readings if reading.reads]
        for reading in may_read:
            if read := self._named_in(reading, real, workshop):
                told_again = f"ces lignes disent autrement celles de «\u00a0{private_name(read, self.config)}\u00a0»"
                advice = "elles ne sont pas comptées à nouveau (pour les lire, dites que leur colonne est de paroles)"
                reading.notes.append(f"{reading.place}{told_again}\u00a0: {advice}")
                reading.entries = _only_read(reading.entries, reading, kept)
        return may_read

    def _named_in(self, reading: Reading, real: str, workshop: Workshop) -> str:
        """The table of a workshop whose rows another one names; "" for none."""
        for source, path in list_files(self._corpus, lambda *_: None):
            if workshop_of(source, self._workshops) != workshop or path.suffix.lower() not in TABLES_OF_TITLES:
                continue
            with suppress(RefusedFileError, OSError):
                is_delimited = path.suffix.lower() in (".csv", ".tsv")
                for sheet, rows in [("", iter_delimited(path, source))] if is_delimited else iter_sheets(path, source):
                    is_own = source == real and (is_delimited or f"« {sheet} »" in (reading.place or f"« {sheet} »"))
                    if not is_own and any(map(reading.reads.issubset, _keys(rows))):
                        return source
        return ""

    def _add(self, real: str, source: str, readings: list[Reading], workshop: str, table: str | None) -> None:
        if any(reading.is_answered or reading.answers for reading in readings):
            readings = sorted(readings, key=lambda reading: reading.answers)  # two sheets of one workbook
            for reading in readings:
                reading.entries = _followed(reading.entries, reading, self._threads[workshop])
        self.assembly.add(source, readings, workshop, table)
        self.taken[source] = real, readings


def _keys(rows: Iterable[Row]) -> Iterator[set[str]]:
    """The columns of a table whose cells are all different."""
    for column in zip_longest(*rows, fillvalue=""):
        cells = [cell.strip() for cell in column if cell.strip()]
        if len(set(cells)) == len(cells):
            yield set(cells)


def _only_read(entries: Iterable[Entry], reading: Reading, said: Collection[str]) -> Iterator[Entry]:
    """The entries of a reading set aside as what others wrote, read again; those that somebody `said`, by their place,
    are kept."""
    for entry in entries:
        if header_key(entry.locator) not in said:
            entry.aside, entry.positions = ("lecture", FRAME_NAMES["lecture"]), ()
            reading.aside |= {entry.locator: entry.text} if entry.text else {}
        yield entry


def _titles_of(path: Path) -> bytes:
    """The first line of a table, without its quotes and mark: files that share it may ask the same; "" if closed."""
    with suppress(OSError), path.open("rb") as file:
        return re.sub(rb'["\xef\xbb\xbf\r\n]', b"", file.readline(_TITLES_MAX))
    return b""


def _nothing_to_read(corpus: Path, assembly: Assembly) -> RefusedFileError:
    if assembly.positions:
        return RefusedFileError(
            str(corpus),
            "le dossier ne contient que des votes et des avis, sans une parole",
            "Déposez-y aussi ce que les personnes ont dit ou écrit.",
        )
    refused = [f"  {row[0]} : {row[3]}" for row in assembly.ledger if row[2] == "refuse"]
    if not refused:
        return RefusedFileError(
            str(corpus),
            "le dossier ne contient aucun fichier à lire",
            "Déposez-y des tableaux (csv, xlsx, ods), des notes (docx, odt, txt, md) ou des transcriptions (vtt, srt).",
        )
    more = f"\n  … et {len(refused) - 10} autres" if len(refused) > 10 else ""
    return RefusedFileError(str(corpus), "aucun fichier n'a pu être lu", "Détail :\n" + "\n".join(refused[:10]) + more)


Threads = dict[str, tuple[str, tuple[str, ...]]]
"""Context and headings of what may be answered in one workshop, by its tool's name."""


def _followed(entries: Iterable[Entry], reading: Reading, threads: Threads) -> Iterator[Entry]:
    """The entries of a reading as they are read, those that answer another one under its headings; those of none are
    told. Files that answer come last."""
    lost: list[tuple[str, tuple[str, ...]]] = []
    for entry in entries:
        if entry.own_name:
            words = entry.text.split()
            told = entry.context or " ".join(words[:_TITLE_WORDS_MAX]) + ("…" if len(words) > _TITLE_WORDS_MAX else "")
            threads[entry.own_name] = told, entry.headings or (told,)
        above = next((threads[name] for name in entry.answers if name in threads), None)
        if above is not None:
            entry.context, headings = above
            entry.headings = tuple(dict.fromkeys((*entry.headings, *headings)))
        elif entry.answers:
            lost.append((entry.locator, entry.answers))
        yield entry
    places = [place for place, names in lost if threads.keys().isdisjoint(names)]
    if places:
        told = "1 ligne répond" if len(places) == 1 else f"{len(places)} lignes répondent"
        where = ", ".join(places[:_PLACES_TOLD]) + ("…" if len(places) > _PLACES_TOLD else "")
        reading.notes.append(
            f"{told} à une proposition retirée, ou absente du dossier ({where})\u00a0: "
            "gardé tel quel, déposez aussi leur export"
        )


def _gathered(
    assembly: Assembly, workshops: list[Workshop], config: IngestConfig, known: npt.NDArray[Any] | None
) -> IngestResult:
    contributions = assembly.contributions.frame()
    positions, rejects = assembly.positions_frame(), assembly.rejects.frame()
    finder = NameFinder(assembly.voices.names, assembly.voices.public)
    names = _names(finder, assembly, contributions, positions, known) if config.proposer_noms else []
    of_source = dict(rows_of(contributions, "source", "workshop"))
    dated = rows_of(contributions.dropna(subset=["date"]), "source", "date")
    in_headers = told_by_headers(with_days_of(assembly.headers, dated), of_source)
    marks = [(source, mark, n) for (source, mark), n in sorted(assembly.privacy.items())]
    titles = _titles_of_files(assembly)
    tables = {
        "workshops": pd.DataFrame(
            [
                {
                    "workshop": w.key,
                    **w.header.model_dump(exclude={"intervenants_nommes"}),
                    **_from_headers(w, in_headers.get(w.key, {})),
                    "textes": json.dumps(w.texts, ensure_ascii=False) if w.texts else None,
                }
                for w in workshops
            ]
        ),
        "workshop_tables": _workshop_tables(workshops, contributions, assembly.subjects),
        "contributions": contributions,
        "rejects": told_apart(rejects),
        "items": assembly.items.frame(),
        "positions": positions,
        "ledger": _table("ledger", [(*row, titles.get(row[0])) for row in sorted(assembly.ledger)]),
        "privacy_report": _table("privacy_report", marks),
        "name_suggestions": _table("name_suggestions", names),
    }
    return IngestResult(
        **{name: conform(name, table) for name, table in tables.items()},
        warnings=(
            *(line for workshop in workshops for line in workshop.told),
            *_warnings(config, tables["ledger"], tables["rejects"]),
        ),
        alone=assembly.alone,
        names=finder.found,
    )


def _names(
    finder: NameFinder,
    assembly: Assembly,
    contributions: pd.DataFrame,
    positions: pd.DataFrame,
    known: npt.NDArray[Any] | None,
) -> list[tuple[str, int, int, str, str]]:
    """The names that are suspected in contributions, then in what stands around those of no public meeting."""
    around = read_labels(
        *(rows[~rows["workshop"].isin(assembly.with_named_speakers)] for rows in (contributions, positions))
    )
    files = {key: one.text for key, one in around.items() if one.locator == FILE}
    said = dict(rows_of(contributions, "contribution_id", "text"))
    said |= {key: one.text for key, one in around.items() if key not in files}
    found = finder.find_in_run(said.items(), assembly.executor, known)
    return [*found, *finder.find_in_files(files, [name for *_, name, _ in found])]


def _titles_of_files(assembly: Assembly) -> dict[str, str]:
    """File → the title that it gives itself, where that names nobody."""
    titles = {source: told["titre"] for source, told in assembly.headers.items() if told.get("titre")}
    finder = NameFinder(assembly.voices.names, assembly.voices.public)
    named = {source for source, *_ in finder.find_in_run(titles.items(), assembly.executor)}
    return {source: title for source, title in titles.items() if source not in named}


def _from_headers(workshop: Workshop, told: Mapping[str, str]) -> dict[str, Any]:
    asked = {"titre"} if workshop.is_named_after_folder else set()
    lacking = {name: one for name, one in told.items() if one and (name in asked or not getattr(workshop.header, name))}
    return Header.model_validate(lacking).model_dump(exclude_unset=True)


def _table(name: str, rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=TABLES[name].column_names)


def told_apart(rejects: pd.DataFrame) -> pd.DataFrame:
    """Two rejects of one place get a rank: (source, locator) is the key."""
    rank = rejects.groupby(["source", "locator"], sort=False).cumcount() + 1
    ranked = rejects["locator"] + " (" + rank.astype(rejects["locator"].dtype) + ")"
    return rejects.assign(locator=rejects["locator"].where(rank == 1, ranked))


def _workshop_tables(
    workshops: list[Workshop], contributions: pd.DataFrame, subjects: Mapping[tuple[str, str], str]
) -> pd.DataFrame:
    rows = {
        (w.key, table.numero): (w.key, table.numero, table.sujet, table.participants, True)
        for w in workshops
        for table in w.tables
    }
    met = contributions.dropna(subset=["table"])[["workshop", "table"]].drop_duplicates()
    for workshop, table in met.itertuples(index=False, name=None):
        rows.setdefault((workshop, table), (workshop, table, subjects.get((workshop, table)), None, False))
    ordered = sorted(rows.values(), key=lambda row: (row[0], in_reading_order(row[1])))
    return _table("workshop_tables", ordered)


def _warnings(config: IngestConfig, ledger: pd.DataFrame, rejects: pd.DataFrame) -> tuple[str, ...]:
    warnings: list[str] = []
    if not config.pseudonymiser:
        warnings.append("La pseudonymisation est coupée\u00a0: les textes gardent les données personnelles.")
    told = rejects.loc[rejects["reason"] == "autre_langue", "detail"].value_counts().sort_index()
    if len(told):
        languages = ", ".join(f"{str(detail).removeprefix(FOREIGN)} ({n})" for detail, n in told.items())
        warnings.append(f"Contributions dans une autre langue, mises de côté\u00a0: {languages}.")
    return (*warnings, *_mostly_aside(ledger, rejects))


_NOBODYS = ("motion", "expose", "presse")
_ASIDE_MIN = 10


def _mostly_aside(ledger: pd.DataFrame, rejects: pd.DataFrame) -> Iterator[str]:
    """Of a file of which half at least was read as nobody's words, that a person should look at it."""
    aside = rejects.loc[rejects["reason"].isin(_NOBODYS), "source"].value_counts()
    for source, n_read in zip(ledger["source"], ledger["n_read"], strict=True):
        n = int(aside.get(source, 0))
        if n >= _ASIDE_MIN and 2 * n >= n_read:
            yield (
                f"{source}\u00a0: {n} passages sur {n_read} sont lus comme une motion, un exposé ou la presse, non "
                "comme des paroles. Si des personnes y parlent, dites-le dans « Ce qui est lu »."
            )
