"""Benchmarks of reading, made by hand (`corpus/benchmarks/`): ideas cut, private data found, passages of documents,
sides in tables; what `rosace evaluate` tells of them."""

import csv
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline.config import Floors, load_config
from pipeline.errors import RefusedFileError
from pipeline.ingest.assembly import Assembly
from pipeline.ingest.formats.blocks import Block, blocks_of_text
from pipeline.ingest.formats.readers import read_file
from pipeline.ingest.formats.speakers import People
from pipeline.ingest.frames import SPOKEN, TITLE, frame_blocks
from pipeline.ingest.preparing import freeze
from pipeline.ingest.privacy.marks import bare, find_personal, mask
from pipeline.ingest.privacy.names import NameFinder
from pipeline.ingest.segmentation.joining import FILLERS
from pipeline.ingest.segmentation.segment import segment
from pipeline.workbench.examples import BENCHMARKS, read_jsonl
from pipeline.workbench.learning import Tally
from pipeline.workbench.reports import Line

WHOLE, PEOPLE, PLACE = "tout", "personnes", "lieu"
_TYPES = {
    "email": "courriel", "phone": "telephone", "plate": "plaque", "handle": "pseudo", "home": "adresse",
    "profile": "url",
}  # fmt: skip
_TOKEN = re.compile(r"\w+")
_FILLER_WORDS = frozenset(filler for filler in FILLERS if _TOKEN.fullmatch(filler))
_HEADER = {"titre", "entete", "presence"}
"""Titles, header and people present are told apart for readers alone: one frame of the benchmark."""
_TOLD = {
    "dev": "réglage",
    "test": "n'a pas servi au réglage",
    "colonne": "avis et votes",
    "echelle": "échelles",
    "cellule": "réponses",
}


Tallies = Mapping[str, Tally]
"""By part of a benchmark, `WHOLE` for all of it."""


def evaluate_ideas(path: Path = BENCHMARKS / "segmentation.jsonl") -> tuple[Tallies, Tallies]:
    """Compare `segment` with what was cut by hand: boundaries between ideas, and whole ideas, by half and channel.

    A boundary is right when it falls before the same word, fillers aside; an idea when it begins and ends with the same
    words.
    """
    boundaries, ideas = defaultdict[str, Tally](Tally), defaultdict[str, Tally](Tally)
    for case in read_jsonl(path):
        text, half, channel = case["text"], case["half"], case["channel"]
        words = [word.span() for word in _TOKEN.finditer(text) if word.group().lower() not in _FILLER_WORDS]
        spans = segment(text, is_speech=channel == "transcript", is_report=channel == "minutes")
        due, found = ([_in_words(words, start, end) for start, end in given] for given in (case["items"], spans))
        for key in (WHOLE, half, channel, f"{half} {channel}"):
            boundaries[key].compare({start for start, _ in due[1:]}, {start for start, _ in found[1:]})
            if due:
                ideas[key].compare(set(due), set(found))
    return boundaries, ideas


def _in_words(words: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """A span of characters as (words before it, words before its end)."""
    return sum(stop <= start for _, stop in words), sum(begin < end for begin, _ in words)


def evaluate_privacy(path: Path = BENCHMARKS / "privacy.jsonl") -> Tallies:
    """Compare `find_personal` (public contacts kept) with the spans marked by hand, by half and kind of mark.

    A mark is right when it overlaps one that is due, of the same kind.
    """
    tallies = defaultdict[str, Tally](Tally)
    for case in read_jsonl(path):
        due = {(mark["start"], mark["end"], mark["type"]) for mark in case["marks"]}
        found = {(start, end, _TYPES.get(kind, kind)) for start, end, kind in find_personal(case["text"])}
        matched = {one for one in due if any(one[2] == other[2] and _overlap(one, other) for other in found)}
        wrong = {one for one in found if not any(one[2] == other[2] and _overlap(one, other) for other in due)}
        kinds = {span[2] for span in due | found}
        for key, among in ((WHOLE, kinds), (case["half"], kinds), *((kind, {kind}) for kind in kinds)):
            right, others, missed = (sum(span[2] in among for span in of) for of in (matched, wrong, due - matched))
            tallies[key].count(right, others, missed)
    return tallies


def _overlap(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return bool(one[0] < other[1] and other[0] < one[1])


def evaluate_identifiers(path: Path = BENCHMARKS / "identifiers.jsonl") -> Tallies:
    """Look for each identifier planted in a text, by kind: right when what is decided of it (masked, suggested, kept)
    is done, whole, whatever its letters and digits wear."""
    tallies = defaultdict[str, Tally](Tally)
    for case in read_jsonl(path):
        told = mask(freeze(case["text"]), True, Counter())
        if case["decision"] == "suggested":
            is_done = any(found[2] == case["secret"] for found in NameFinder(set()).find(told))
        else:
            is_done = (bare(case["secret"]) in bare(told)) == (case["decision"] == "kept")
        for key in (WHOLE, case["what"]):
            tallies[key].case(is_done, case["form"])
    return tallies


def evaluate_names(path: Path = BENCHMARKS / "noms.jsonl") -> Tallies:
    """Compare the names suggested with those of `PEOPLE`, right when they overlap; streets, squares, feasts, shops and
    schools (`PLACE`) are nobody."""
    tallies = {PEOPLE: Tally(), PLACE: Tally()}
    for case in read_jsonl(path):
        found = [(start, end) for start, end, _, _ in NameFinder(set()).find(case["text"])]
        met = [any(_overlap(span, one) for one in found) for span in case["people"]]
        n_wrong = sum(not any(_overlap(span, one) for span in case["people"]) for one in found)
        tallies[PEOPLE].count(sum(met), n_wrong, len(met) - sum(met))
        if case["kind"] == PLACE:
            tallies[PLACE].case(not found, case["text"])
    return tallies


def evaluate_frames(path: Path = BENCHMARKS / "frames.jsonl") -> tuple[Tallies, Tallies]:
    """Compare documents written line by line, with what each line is, with what `ingest.frames` tells: paragraphs whose
    frame is right, and turns whose speaker is, by half."""
    passages, speakers = defaultdict[str, Tally](Tally), defaultdict[str, Tally](Tally)
    for one in read_jsonl(path):
        lines, name = one["lignes"], one["document"]
        blocks = blocks_of_text("\n".join(text for *_, text in lines), name.endswith(".md"))
        frame_blocks(blocks)
        voices = (block.voice for block in blocks if block.voice)  # « Lucie », whom those present call « Lucie Morin »
        people = People([*(speaker for _, speaker, _ in lines if speaker), *voices])
        for key in dict.fromkeys((WHOLE, one.get("moitie", WHOLE))):
            for frame, speaker, text, block in _aligned(lines, blocks):
                told = f"{name} : {text[:70]} → {block.frame or TITLE} ({block.voice}), attendu {frame} ({speaker})"
                passages[key].case(block.frame == frame or {block.frame, frame} <= _HEADER, told)
                is_voiced = not speaker or (block.voice is not None and people.one(block.voice) == people.one(speaker))
                if frame in SPOKEN:
                    speakers[key].case(is_voiced and block.frame in SPOKEN, told)
    return passages, speakers


def _aligned(lines: list[list[str]], blocks: list[Block]) -> Iterator[tuple[str, str, str, Block]]:
    by_line = {int(block.place.removeprefix("ligne ")): block for block in blocks}
    current: Block | None = None
    for rank, (frame, speaker, text) in enumerate(lines, start=1):
        current = by_line.get(rank, current)
        if text.strip() and current is not None:
            yield frame, speaker, text, current


def evaluate_columns(path: Path = BENCHMARKS / "position_columns.jsonl") -> Tallies:
    """Compare the side of each cell of written tables with what `ingest` reads of them, by half and evidence."""
    tallies = defaultdict[str, Tally](Tally)
    for one in read_jsonl(path):
        found = _sides_read(one)
        for row_number, (row, expected) in enumerate(zip(one["lignes"], one["attendu"], strict=True), start=2):
            side, evidence = found.get(row_number, (None, ""))
            cell = row[one["colonnes"].index(one["colonne"])]
            told = f"{one['tableau']}, ligne {row_number} : {cell} → {side}, attendu {expected}"
            for name in (WHOLE, one["moitie"], *([evidence] if evidence else [])):
                tallies[name].case(side == expected, told)
    return tallies


def _sides_read(table: dict[str, Any]) -> dict[int, tuple[str, str]]:
    """Line → the side that is read in the column of the table, and its evidence."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tableau.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([table["colonnes"], *table["lignes"]])
        assembly = Assembly(load_config().ingest)
        with suppress(RefusedFileError):  # no column of it is read
            assembly.add(path.name, read_file(path, path.name, None, path.stat().st_size + 1), "atelier", None)
    found: dict[int, tuple[str, str]] = {}
    for row in assembly.positions_frame().itertuples():
        line, _, column = str(row.locator).removeprefix("ligne ").partition(", colonne ")
        if not column or table["colonne"].startswith(column.strip("« »\u00a0…")):
            found.setdefault(int(line), (str(row.side), str(row.evidence)))
    return found


def _lines(label: str, tallies: Tallies, floors: Mapping[str, float | None], bounded: str = WHOLE) -> Iterator[Line]:
    """Shares of each part of a benchmark by name, the whole first; their floors are those of one part."""
    for name, tally in sorted(tallies.items(), key=lambda pair: (pair[0] != WHOLE, pair[0])):
        for share, floor in floors.items():
            bound, told = floor if name == bounded else None, f"{label}, {share} ({_TOLD.get(name, name)})"
            yield Line(told, tally.shares[share], bound, detail=tally.told, problems=tally.problems)


def ideas_lines(floors: Floors) -> list[Line]:
    """Tell all of `rosace evaluate ideas`."""
    boundaries, ideas = evaluate_ideas()
    suggested = evaluate_names()
    marks = {"précision": floors["marques_precision"], "rappel": floors["marques_rappel"]}
    names = {"précision": floors["noms_precision"], "rappel": floors["noms_rappel"]}
    return [
        *_lines("Limites entre idées", boundaries, {"F1": floors["limites_f1"]}),
        *_lines("Idées entières", ideas, {"F1": None}),
        *_lines("Marques", evaluate_privacy(), marks),
        *_lines("Graphies traitées comme dit", evaluate_identifiers(), {"justes": floors["marques_rappel"]}),
        *_lines("Noms de personnes proposés", {WHOLE: suggested[PEOPLE]}, names),
        *_lines("Phrases de lieux sans personne", {WHOLE: suggested[PLACE]}, {"justes": floors["noms_precision"]}),
    ]


def frames_lines(floors: Floors) -> list[Line]:
    """Tell all of `rosace evaluate frames`."""
    passages, speakers = evaluate_frames()
    return [
        *_lines("Passages", passages, {"justes": floors["passages"]}),
        *_lines("Tours attribués", speakers, {"justes": floors["intervenants"]}),
    ]


def column_lines(floor: float) -> list[Line]:
    """Tell what `rosace evaluate positions` says of columns: the floor is that of the half that was never tuned on."""
    return list(_lines("Tableaux", evaluate_columns(), {"justes": floor}, "test"))
