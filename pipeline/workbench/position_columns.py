"""Benchmark of columns of positions: tables written with the side of each cell, against what `ingest` reads of them."""

from __future__ import annotations

import csv
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.config import load_config
from pipeline.errors import RefusedFileError
from pipeline.ingest.assembly import Assembly
from pipeline.ingest.formats.readers import read_file
from pipeline.workbench.examples import BENCHMARKS, read_jsonl
from pipeline.workbench.scoreboard import Line

BENCHMARK = BENCHMARKS / "position_columns.jsonl"
WHOLE = "tout"
_NAMES = {
    WHOLE: "cellules justes",
    "dev": "ceux du réglage",
    "test": "ceux qui n'y ont pas servi",
    "colonne": "avis et votes",
    "echelle": "échelles",
    "cellule": "réponses",
}


@dataclass
class Score:
    """Cells whose side is right, those that take none included; sides that are told and false, place by place."""

    n: int = 0
    n_right: int = 0
    n_told: int = 0
    n_told_right: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, place: str, found: str | None, expected: str | None) -> None:
        """One more cell."""
        self.n += 1
        self.n_right += found == expected
        self.n_told += found is not None
        self.n_told_right += found is not None and found == expected
        if found != expected:
            self.wrong.append(f"{place} → {found}, attendu {expected}")


def evaluate_columns(path: Path = BENCHMARK) -> dict[str, Score]:
    """The scores of the tables of a benchmark: of all (`tout`), of each half that it names, and of each evidence."""
    scores: dict[str, Score] = {WHOLE: Score()}
    for one in read_jsonl(path):
        found = _read(one)
        for number, (row, expected) in enumerate(zip(one["lignes"], one["attendu"], strict=True), start=2):
            side, evidence = found.get(number, (None, ""))
            place = f"{one['tableau']}, ligne {number} : {row[one['colonnes'].index(one['colonne'])]}"
            for name in (WHOLE, one["moitie"], *([evidence] if evidence else [])):
                scores.setdefault(name, Score()).add(place, side, expected)
    return scores


def _read(table: dict[str, Any]) -> dict[int, tuple[str, str]]:
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


def column_lines(floor: float) -> list[Line]:
    """What `rosace evaluate positions` tells of columns: the floor is that of the half that was never tuned on."""
    return [
        Line(
            f"Tableaux, {_NAMES[name]}",
            score.n_right / max(1, score.n),
            floor if name == "test" else None,
            detail=f"{score.n} cellules",
            problems=score.wrong,
        )
        for name, score in evaluate_columns().items()
    ]
