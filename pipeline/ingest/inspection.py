"""What would be read of one file, and why, for `rosace inspect`."""

import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import pandas as pd

from pipeline.config import IngestConfig
from pipeline.ingest.assembly import Assembly
from pipeline.ingest.corpus_files import LINK_OUT, leads_out
from pipeline.ingest.formats.detection import display_name
from pipeline.ingest.formats.records import ColumnChoice
from pipeline.ingest.frames import FRAME_NAMES
from pipeline.ingest.headers import with_days_of
from pipeline.ingest.privacy.marks import private
from pipeline.ingest.stage import CorpusReading
from pipeline.ingest.workshop import WORKSHOP_FILE

_ROWS_SHOWN = 100
_WORDS_MAX = 600
"""Signs shown of a passage that is set aside."""


@dataclass(frozen=True)
class Inspection:
    """One file as it would be read.

    Attributes
    ----------
    problem : why it is refused, None when it is read.
    ignored : why it is not meant to be read, "" when it is.
    channel, provenance : guessed from the format, or said in `atelier.toml`.
    choices : columns and what they are taken for.
    rows : first contributions (locator, context, voice, text, ideas), private data already marked.
    frames : (frame, paragraphs, why, where the first stands) of a document, in French.
    rejects : (reason, n, where each stands and its words, "" where they are not known).
    marks : private data replaced, by kind.
    people : (voice, name as the file writes it, how often) of who speaks, for the person who reads it here.
    told : what its head and the days of what it holds tell of the workshop.
    """

    source: str
    format: str
    problem: str | None
    ignored: str = ""
    channel: str = ""
    provenance: str = ""
    choices: tuple[ColumnChoice, ...] = ()
    notes: tuple[str, ...] = ()
    n_kept: int = 0
    n_positions: int = 0
    n_items: int = 0
    rows: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = ()
    frames: tuple[tuple[str, int, str, str], ...] = ()
    rejects: tuple[tuple[str, int, tuple[tuple[str, str], ...]], ...] = ()
    marks: tuple[tuple[str, int], ...] = ()
    people: tuple[tuple[str, str, int], ...] = ()
    told: Mapping[str, str] = field(default_factory=dict)


def inspections(
    path: Path, config: IngestConfig, source: str = "", watch: Callable[[int], None] = lambda _: None
) -> list[Inspection]:
    """The file at a place, or every file of a folder, as it would be read with the others.

    The nearest `atelier.toml` above a file is taken into account.

    `source` : the name of a file; by default, its place under that sheet. `watch` : see `Assembly`.
    """
    place = Path(os.path.normpath(path.absolute()))  # a link stands where it is, not where it leads
    if place.is_dir():
        return _found(CorpusReading(place, config), config)
    corpus = next((folder for folder in place.parents if (folder / WORKSHOP_FILE).is_file()), place.parent)
    if leads_out(place, os.path.realpath(corpus)):
        return [Inspection(display_name(place.name), "", LINK_OUT)]
    source = source or display_name(place.relative_to(corpus).as_posix())
    return _found(CorpusReading(corpus, config, files=[(source, place)], watch=watch), config)


def _found(read: CorpusReading, config: IngestConfig) -> list[Inspection]:
    assembly, found = read.assembly, []
    tables = {name: getattr(assembly, name).frame() for name in ("contributions", "items", "rejects")}
    for source, form, state, detail, _, n_kept, _, n_positions, n_items in assembly.ledger:
        name, readings = read.taken.get(source, (source, []))
        if not readings:
            if state != "ignore":
                found.append(Inspection(name, form, detail))
            else:
                found.append(Inspection(name, form, None, detail))
            continue
        kept, rejects = (tables[one][tables[one]["source"] == source] for one in ("contributions", "rejects"))
        heard = set(kept["voice"].dropna())
        found.append(
            Inspection(
                source=name,
                format=form,
                problem=detail if state == "refuse" else None,
                channel=", ".join(dict.fromkeys(reading.channel for reading in readings)),
                provenance=", ".join(dict.fromkeys(reading.provenance for reading in readings)),
                choices=tuple(dict.fromkeys(choice for reading in readings for choice in reading.choices)),
                notes=tuple(dict.fromkeys(note for reading in readings for note in reading.notes)),
                n_kept=n_kept,
                n_positions=n_positions,
                n_items=n_items,
                rows=_rows(kept.head(_ROWS_SHOWN), tables["items"]),
                frames=tuple((FRAME_NAMES[frame], n, why, at) for one in readings for frame, n, why, at in one.frames),
                rejects=_rejects(rejects, dict(chain.from_iterable(one.aside.items() for one in readings)), config),
                marks=tuple(sorted((mark, n) for (file, mark), n in assembly.privacy.items() if file == source)),
                people=tuple((*who, n) for who, n in assembly.voices.met.items() if who[0] in heard),
                told=_told(assembly, source, kept),
            )
        )
    return found


def _told(assembly: Assembly, source: str, kept: pd.DataFrame) -> Mapping[str, str]:
    days = kept["date"].dropna().unique()
    return with_days_of(assembly.headers, [(source, day) for day in days]).get(source, {})


def _rows(kept: pd.DataFrame, items: pd.DataFrame) -> tuple[tuple[str, str, str, str, tuple[str, ...]], ...]:
    shown = kept[["locator", "context", "voice", "text"]].fillna("").itertuples(index=False, name=None)
    own = items[items["contribution_id"].isin(kept["contribution_id"])]
    said_by = own.groupby("contribution_id")["text"].agg(tuple).to_dict()
    ideas = [said_by.get(one, ()) for one in kept["contribution_id"]]
    return tuple((*told, said) for told, said in zip(shown, ideas, strict=True))


def _rejects(
    rejects: pd.DataFrame, texts: Mapping[str, str], config: IngestConfig
) -> tuple[tuple[str, int, tuple[tuple[str, str], ...]], ...]:
    def words(place: str) -> str:
        text = private(texts.get(place, ""), config, Counter())
        return text if len(text) <= _WORDS_MAX else f"{text[:_WORDS_MAX]}…"

    places = [(detail, tuple(rows["locator"])) for detail, rows in rejects.groupby("detail")]
    ordered = sorted(places, key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple((str(detail), len(found), tuple((one, words(one)) for one in found)) for detail, found in ordered)
