"""The workbook of a programme, written and read back: titles, pairs of them to confirm, words.

Columns that may be changed are light, the others grey; rows are found again by their id, columns by their heading."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.axes import compass
from pipeline.language.text.typography import NO_BREAK, joined
from pipeline.programme.document import cell_of
from pipeline.programme.reading import Reading
from pipeline.programme.titles import IS_SAME, RENAME, Decided, Part, Shared, decision_of, title_key
from pipeline.restitution.material.facts import french_date
from pipeline.restitution.quoting.quotes import masked, may_tell
from pipeline.review.exchange.sheets import LINE, Row, fold, read_sheets
from pipeline.review.exchange.workbook import (
    BEFORE,
    CELL_MAX,
    CHECK,
    SAME,
    SAME_NAMES,
    TITLE,
    Form,
    checksum,
    write_help,
    write_sheet,
)
from pipeline.review.log.decisions import Decision

TITLES, PAIRS, WORDS = "Titres", "La même chose", "Paroles"
TITLE_ID, PAIR_ID = "Identifiant du titre", "Identifiant de la paire"
BETWEEN = "//"
"""Between two ids that begin with names of folders: none holds it, and other programs leave it as it is."""
ONE, OTHER = "Un titre", "Un autre"
FORMS = {
    TITLES: Form((TITLE,), (TITLE_ID, "Ateliers"), (TITLE_ID,)),
    PAIRS: Form((SAME,), (PAIR_ID, ONE, OTHER), (PAIR_ID,), {SAME: tuple(SAME_NAMES.values())}),
}
ADVICE = (
    "Ce classeur met plusieurs ateliers sous les mêmes titres. Corrigez les colonnes claires.",
    "Titres : une ligne par titre. Changez-le ; écrivez à deux lignes le même titre, et elles n'en font qu'un.",
    "La même chose : d'abord ce que Rosace vous demande, puis les titres qui n'en font qu'un. Répondez oui, non, ou je "
    "ne sais pas. Non sépare ; oui réunit.",
    "Paroles : ce qu'il y a sous chaque titre, et ce que la machine y a rangé d'un autre atelier.",
    "Rien ne change dans les ateliers eux-mêmes : cela se fait avec « rosace review ».",
    "Triez, filtrez, cachez : rien ne se perd. Ne touchez pas aux identifiants.",
    "Rendez le fichier : rosace compare import PROGRAMME FICHIER.",
)
WIDTHS = {TITLE: 50, "Ateliers": 40, ONE: 45, OTHER: 45, "Parole": 70, "Ce qu'on en dit": 45, "Ce qu'on y dit": 45}
ON_ITS_OWN = "proposé par la machine"
UNREADABLE = "Donnez le programme.xlsx écrit par « rosace compare », enregistré en .xlsx ou .ods."
TITLE_MAX = 300


def write_workbook(reading: Reading, decided: Decided) -> bytes:
    """The workbook as bytes; the same programme gives the same bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": datetime(2026, 1, 1), "title": "Programme", "author": "Rosace"})
        write_help(book, ADVICE)
        sheets = {TITLES: title_rows(reading), PAIRS: pair_rows(reading, decided), WORDS: _word_rows(reading)}
        for name, rows in sheets.items():
            write_sheet(book, name, rows, FORMS.get(name, Form()), WIDTHS)
    return buffer.getvalue()


def title_rows(reading: Reading) -> list[dict[str, Any]]:
    """Every title, and what each workshop says under it."""
    rows = []
    for title in reading.titles:
        homes = [reading.by_key[key] for key in title.workshops]
        dates = sorted(one.date for one in homes if one.date)
        each = {
            f"{reading.numbers[one.key]}. {one.name}": cell_of(reading, title.on(one.key)) for one in reading.workshops
        }
        rows.append(
            {
                TITLE: title.text,
                "Axe": compass()[title.axis].name,
                "Nombre d'ateliers": len(homes),
                "Ateliers": joined([one.name for one in homes]),
                "Première fois": french_date(dates[0]) if dates else "",
                "Dernière fois": french_date(dates[-1]) if dates else "",
                "De qui": title.titled_by or ("" if title.is_of_people else ON_ITS_OWN),
                **each,
                TITLE_ID: title.title_id,
            }
        )
    return rows


def pair_rows(reading: Reading, decided: Decided) -> list[dict[str, Any]]:
    """Titles that a person is asked about, then those that are one, then those that people told apart."""
    asked = [(one.one, one.other, "à vous de dire") for one in reading.questions]
    made = []
    for title in reading.shared:
        own = [part for part in title.parts if part.is_of_people and not part.is_placed]
        for one, other in pairwise(own):
            is_one_text = one.key == other.key
            made.append((one.part_id, other.part_id, "le même titre" if is_one_text else "dit par une personne"))
    parted = [
        (*pair, f"séparés par {author}")
        for pair, (is_one, author) in decided.said.items()
        if not is_one and set(pair) <= reading.parts.keys()
    ]
    return [_pair_row(reading, decided, *row) for row in (*asked, *made, *parted)]


def _pair_row(reading: Reading, decided: Decided, one: str, other: str, told: str) -> dict[str, Any]:
    ends = [reading.parts[key] for key in (one, other)]
    said = decided.said.get((min(one, other), max(one, other)))
    return {
        ONE: ends[0].group.title,
        "Son atelier": reading.by_key[ends[0].workshop].name,
        "Ce qu'on en dit": _example(ends[0]),
        OTHER: ends[1].group.title,
        "L'autre atelier": reading.by_key[ends[1].workshop].name,
        "Ce qu'on y dit": _example(ends[1]),
        SAME: "" if said is None else SAME_NAMES["oui" if said[0] else "non"],
        "Où on en est": told,
        "Axe": compass()[ends[0].axis].name,
        PAIR_ID: f"{one}{BETWEEN}{other}",
    }


def _example(part: Part) -> str:
    return next((masked(item)[:CELL_MAX] for item in part.items if may_tell(item)), "")


def _word_rows(reading: Reading) -> list[dict[str, Any]]:
    """The exact words under each title of people."""
    rows = []
    for title in (one for one in reading.titles if one.is_of_people):
        for part in title.parts:
            workshop = reading.by_key[part.workshop]
            rows += [
                {
                    TITLE: title.text,
                    "Atelier": workshop.name,
                    "Date": french_date(workshop.date),
                    "Axe": compass()[part.axis].name,
                    "Parole": masked(item)[:CELL_MAX],
                    "Rangée par": "la machine, d'après le titre d'un autre atelier"
                    if part.is_placed
                    else "son atelier",
                    "Source": f"{item.source}, {item.locator}",
                    "Repère": f"A{reading.numbers[workshop.key]}.{workshop.ranks[item.contribution_id]}",
                }
                for item in part.items
                if may_tell(item)
            ]
    return rows


@dataclass
class Plan:
    """What a workbook asks for: acts in order, a sentence each, and cells that decide nothing, and why."""

    decisions: list[Decision] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def plan_workbook(reading: Reading, path: Path, author: str) -> Plan:
    """The acts that a workbook asks for; nothing is recorded.

    Raises
    ------
    RefusedFileError : the file is no workbook of a programme.
    """
    sheets = read_sheets(path, tuple(FORMS), UNREADABLE)
    reader = _Reader(reading, author)
    reader.read_pairs(reader.whole(PAIRS, sheets.get(fold(PAIRS), [])))
    reader.read_titles(reader.whole(TITLES, sheets.get(fold(TITLES), [])))
    return reader.plan


class _Reader:
    """Each sheet has its method."""

    def __init__(self, reading: Reading, author: str) -> None:
        self.reading, self.author = reading, author
        self.plan = Plan()
        self.titles = {title.title_id: title for title in reading.titles}
        self.parts = {_spaced(key): part for key, part in reading.parts.items() if not part.is_placed}

    def whole(self, sheet: str, rows: Sequence[Row]) -> list[Row]:
        """The rows whose machine columns still go together; the others are told, and decide nothing."""
        kept = []
        for row in rows:
            cells = [row.get(fold(heading), "") for heading in FORMS[sheet].checked]
            if row.get(fold(CHECK)) == checksum(cells):
                kept.append(row)
            else:
                why = "les colonnes grises ne sont plus celles d'une même ligne (une colonne triée seule ?)"
                self._conflict(sheet, row, f"{why}{NO_BREAK}: la ligne ne décide rien.")
        return kept

    def _conflict(self, sheet: str, row: Row, why: str) -> None:
        self.plan.conflicts.append(f"{sheet}, ligne {row[LINE]} : {why}")

    def _changed(self, row: Row, heading: str) -> str | None:
        """What a person wrote in a cell; None when it holds what was exported."""
        try:
            before = json.loads(row.get(fold(BEFORE)) or "{}").get(heading, "")
        except ValueError:
            before = ""
        given = row.get(fold(heading), before)
        return None if fold(given) == fold(before) else given

    def _add(self, told: str, decision: Decision) -> None:
        self.plan.lines.append(told)
        self.plan.decisions.append(decision)

    def _same(self, one: Part, other: Part, value: bool | None) -> None:
        said = {True: "c'est le même titre", False: "ce n'est pas le même titre", None: "on ne sait pas"}[value]
        told = f"« {one.group.title} » et « {other.group.title} » : {said}"
        self._add(told, decision_of(self.author, IS_SAME, (one, other), value=value))

    def read_pairs(self, rows: Sequence[Row]) -> None:
        """Whether two titles are one."""
        choices = {fold(name): {"oui": True, "non": False, "": None}[code] for code, name in SAME_NAMES.items()}
        for row in rows:
            given = self._changed(row, SAME)
            if given is None:
                continue
            ends = [self.parts.get(_spaced(key)) for key in row.get(fold(PAIR_ID), "").split(BETWEEN, 1)]
            one, other = ends if len(ends) == 2 else (None, None)
            if fold(given) not in {*choices, ""}:
                self._conflict(PAIRS, row, f"« {given} » n'est pas un choix (oui, non, je ne sais pas).")
            elif one is None or other is None:
                self._conflict(PAIRS, row, "un de ces titres n'est plus dans son atelier : la ligne ne décide rien.")
            else:
                self._same(one, other, choices.get(fold(given)))

    def read_titles(self, rows: Sequence[Row]) -> None:
        """Titles get other words; those that get the same ones, or those of another, are one."""
        by_words = {title_key(title.text): title for title in reversed(self.reading.titles) if title.is_of_people}
        for row in rows:
            given = self._changed(row, TITLE)
            title = self.titles.get(row.get(fold(TITLE_ID), ""))
            if given is None:
                continue
            if title is None:
                self._conflict(TITLES, row, "ce titre n'est plus là : la ligne ne décide rien.")
                continue
            if not given.strip():
                self._conflict(TITLES, row, f"il faut un titre ; « {title.text} » est gardé.")
                continue
            other = by_words.setdefault(title_key(given), title)
            if other is not title:
                self._same(_own(other)[0], _own(title)[0], True)
            told = f"« {title.text} » devient « {given} »"
            self._add(told, decision_of(self.author, RENAME, _own(title), title=given[:TITLE_MAX]))


def _own(title: Shared) -> list[Part]:
    """The parts of a title that runs hold, that a decision may name."""
    return [part for part in title.parts if not part.is_placed]


def _spaced(key: str) -> str:
    """An id as a cell gives it back: folders have spaces of their own."""
    return " ".join(key.split())
