"""Cells of a workbook against the state of today: choices, yes or no, what was changed since, rows that came apart."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from pipeline.language.text.typography import NO_BREAK
from pipeline.review.exchange import workbook as book
from pipeline.review.exchange.sheets import LINE, Row, fold
from pipeline.review.log.decisions import Decision
from pipeline.review.session import Session, Wish

_YES, _NO = ("oui", "x", "1", "vrai", "true", "o"), ("non", "", "0", "faux", "false", "n")


@dataclass
class ImportPlan:
    """What a file asks for.

    Attributes
    ----------
    decisions : acts ready to be recorded, in order.
    lines : one sentence in French per act, shown before anything is done.
    conflicts : cells that decide nothing, and why.
    """

    decisions: list[Decision] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


class CellReader:
    """Compares cells with the state and writes acts."""

    def __init__(self, session: Session, author: str, plan: ImportPlan) -> None:
        self.session, self.state = session, session.state
        self.author, self.plan = author, plan

    def add(self, wish: Wish, told: str, **after: Any) -> None:
        """Plan an act, with the sentence that shows it."""
        self.plan.decisions.append(self.session.propose(self.author, wish, **after))
        self.plan.lines.append(told)

    def conflict(self, sheet: str, row: Row, heading: str, why: str) -> None:
        """Tell why a cell decides nothing."""
        self.plan.conflicts.append(f"{sheet}, ligne {row[LINE]}, colonne « {heading} » : {why}")

    def choice(self, sheet: str, row: Row, heading: str, names: dict[str, str]) -> str | None:
        """The code of a cell; None when it is absent or not one of the choices (then told)."""
        if fold(heading) not in row:
            return None
        given = fold(row[fold(heading)])
        for code, name in names.items():
            if given in (fold(name), fold(code)):
                return code
        if given:
            allowed = ", ".join(name for name in names.values() if name)
            self.conflict(sheet, row, heading, f"« {row[fold(heading)]} » n'est pas un choix ({allowed}).")
        return None

    def is_yes(self, sheet: str, row: Row, heading: str, now: bool) -> bool:
        """Whether a cell says yes; as it is now when it is absent or says something else (then told)."""
        given = fold(row.get(fold(heading), "oui" if now else ""))
        if given not in (*_YES, *_NO):
            why = f"« {row[fold(heading)]} » n'est pas un choix ({book.YES}, ou rien)."
            self.conflict(sheet, row, heading, why)
            return now
        return given in _YES

    def settle(self, sheet: str, row: Row, now: dict[str, Any]) -> None:
        """Leave in `row` only what the person changed: a cell as it was exported takes the value of today.

        A cell that was changed both here and on the page since is told, and the page is kept.
        """
        try:
            before = json.loads(row.get(fold(book.BEFORE)) or "{}")
        except ValueError:
            before = {}
        for heading in book.EDITABLE[sheet]:
            key, today = fold(heading), str(now[heading])
            if key not in row or heading not in before:
                continue
            given, exported = fold(row[key]), fold(before[heading])
            if given != exported and fold(today) not in (exported, given):
                why = f"le classeur dit « {row[key]} », la page a décidé « {today} » depuis ; la page est gardée."
                self.conflict(sheet, row, heading, why)
            elif given != exported:
                continue
            row[key] = today

    def whole(self, sheet: str, rows: list[Row]) -> list[Row]:
        """The rows whose machine columns still go together; the others are told, and decide nothing."""
        kept = []
        for row in rows:
            given = row.get(fold(book.CHECK))
            cells = [row.get(fold(heading), "") for heading in book.CHECKED[sheet]]
            if given and given != book.checksum(cells):
                why = "les colonnes grises ne sont plus celles d'une même ligne (une colonne triée seule ?)"
                self.conflict(sheet, row, book.CHECKED[sheet][0], f"{why}{NO_BREAK}: la ligne ne décide rien.")
            else:
                kept.append(row)
        return kept
