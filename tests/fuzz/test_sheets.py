"""Any value under any key of a sheet, in any cell of a table: taken, or refused by its place; the rest is read."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.config import load_config
from pipeline.errors import UsageError
from pipeline.ingest.stage import ingest
from pipeline.ingest.workshop import find_workshops
from tests.fuzz.strategies import CELLS, SHEETS, TEXTS, VALUES, count, drawn
from tests.ingest import corpus_files as made

CONFIG = load_config()
SAID = "Pas de bus le soir"


@drawn(200, 3_000)
@given(SHEETS)
def test_any_value_of_a_sheet_is_taken_or_refused_by_its_key(
    tmp_path_factory: pytest.TempPathFactory, toml: str
) -> None:
    folder = tmp_path_factory.mktemp("fiche")
    (folder / "atelier.toml").write_text(toml, encoding="utf-8")
    count("sheets")
    try:
        (workshop,) = find_workshops(folder, ["atelier.toml"])
    except UsageError as error:
        assert "atelier.toml" in str(error)
        assert len(str(error)) < 3000
        return
    people = [workshop.header.participants, *(table.participants for table in workshop.tables)]
    assert all(n is None or 0 <= n < 2**31 for n in people)


def ledger_of(folder: Path) -> tuple[list[str], int, int]:
    """The texts that are kept, how many rows are set aside or told as positions, how many were read."""
    result = ingest(folder, CONFIG)
    ledger = result.ledger
    assert (ledger["n_read"] == ledger["n_kept"] + ledger["n_rejected"]).all()
    return result.contributions["text"].tolist(), len(result.rejects), int(ledger["n_read"].sum())


@drawn(40, 500)
@example([("X", "X")])
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_any_cell_of_a_table_of_post_its_leaves_the_others_read(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("cells")
    rows = [f'"{table}";"{votes}";{SAID} {rank}' for rank, (table, votes) in enumerate(cells)]
    text = "\n".join(["Table;Votes;Texte", *rows, f"1;2;{SAID}"]) + "\n"
    (folder / "a.csv").write_text(text, encoding="utf-8")
    count("cells", 2 * len(cells))
    texts, n_rejects, _ = ledger_of(folder)
    assert SAID in texts
    assert len(texts) + n_rejects == len(cells) + 1


@drawn(30, 400)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.lists(st.lists(VALUES, min_size=4, max_size=4), max_size=4))
def test_any_heading_and_any_cell_by_type_leave_the_others_read(
    tmp_path_factory: pytest.TempPathFactory, headings: list[str], rows: list[list[Any]]
) -> None:
    """In a CSV and in a workbook, where cells have types."""
    folder = tmp_path_factory.mktemp("types")
    head = [*headings, "Texte"]
    table: list[list[Any]] = [[*row[: len(headings)], f"{SAID} {rank}"] for rank, row in enumerate(rows)]
    out = io.StringIO()
    csv.writer(out).writerows([head, *table])
    (folder / "a.csv").write_text(out.getvalue(), encoding="utf-8")
    simple = [[cell if isinstance(cell, str | bool | int) and abs(len(str(cell))) < 15 else str(cell) for cell in row]
              for row in table]  # fmt: skip
    (folder / "b.xlsx").write_bytes(made.workbook_bytes({"A": [head, *simple]}))
    (folder / "sain.csv").write_text(f"Texte\n{SAID}\n", encoding="utf-8")
    count("cells by type", 2 * len(headings) * len(rows))
    texts, _, _ = ledger_of(folder)
    assert SAID in texts
