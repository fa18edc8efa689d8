"""A user's table in and out: what must come back exact, and what is refused."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import RefusedFileError, UsageError
from pipeline.tables.frames import frame_of, read_table, with_added
from tests.outputs import write_table


def test_sep_line_decides_and_is_not_a_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("sep=;\nTexte;Note\na,b;c\n", encoding="utf-8")
    assert read_table(tmp_path / "a.csv").to_dict("list") == {"Texte": ["a,b"], "Note": ["c"]}


def test_duplicate_and_empty_headings_get_names_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x;x;\n1;2;3\n", encoding="utf-8")
    assert list(read_table(tmp_path / "a.csv").columns) == ["x", "x (2)", "colonne 3"]


CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff"), max_size=30).filter(
    lambda cell: cell == cell.strip()
)


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".jsonl", ".parquet"])
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6))
def test_round_trip_is_exact(tmp_path: Path, suffix: str, rows: list[tuple[str, str]]) -> None:
    frame = pd.DataFrame([("début", "x"), *rows, ("=1+1", "-fin")], columns=["texte", "autre"], dtype=object)
    write_table(frame, tmp_path / f"a{suffix}")
    assert read_table(tmp_path / f"a{suffix}").to_numpy().tolist() == frame.to_numpy().tolist()


def test_xlsx_holds_no_formula(tmp_path: Path) -> None:
    import openpyxl

    write_table(pd.DataFrame({"texte": ["=HYPERLINK(1)", "+33", "@moi"], "p": [0.5, 1.0, 2.0]}), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert [cell.data_type for cell in sheet["A"]] == ["s", "s", "s", "s"]
    assert sheet["B2"].value == 0.5


def test_failed_write_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"avant")
    with pytest.raises(UsageError, match="classeur"):
        write_table(pd.DataFrame({"texte": ["x" * 40_000]}), tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == b"avant"
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.csv", b"", "vide"),
        ("a.csv", bytes(range(256)) * 20, "binaire"),
        ("a.csv", b'a;b\n"' + b"x" * 1_100_000, "découpé"),
        ("a.xlsx", b"PK\x03\x04 tronque", "abîmé"),
        ("a.jsonl", b'{"texte": 1}\n[1]\n', "ligne 2"),
        ("a.parquet", b"PAR1", "parquet"),
        ("a.csv", ("a;" * 20_000).encode(), "colonnes"),
    ],
)
def test_unreadable_file_is_refused_in_words(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RefusedFileError, match=problem) as caught:
        read_table(tmp_path / name)
    assert caught.value.advice


def test_a_parquet_of_one_row_said_again_is_refused(tmp_path: Path) -> None:
    for n_rows, name in ((90_000, "a.parquet"), (200_000, "b.parquet")):
        pd.DataFrame({"texte": ["Un bus"] * n_rows}).to_parquet(tmp_path / name)
    assert len(read_table(tmp_path / "a.parquet")) == 90_000
    with pytest.raises(RefusedFileError, match="presque toutes disent la même chose"):
        read_table(tmp_path / "b.parquet")


def test_rows_of_any_width_make_one_frame() -> None:
    frame = frame_of(iter([["", ""], ["Texte"], ["un banc", "3"], ["", ""], []]), "a.csv")
    assert frame.to_dict("list") == {"Texte": ["un banc"], "colonne 2": ["3"]}


def test_a_table_without_a_row_is_refused() -> None:
    with pytest.raises(RefusedFileError, match="le tableau est vide"):
        frame_of(iter([["", " "]]), "a.csv")


def test_added_columns_come_last_and_keep_those_of_the_user() -> None:
    rows = pd.DataFrame({"texte": ["un banc", "un bal"], "axe": ["x", "y"]}, index=[5, 6])
    found = with_added(rows, pd.DataFrame({"axe": ["sud", "nord"]}))
    assert found.to_dict("list") == {"texte": ["un banc", "un bal"], "axe_source": ["x", "y"], "axe": ["sud", "nord"]}
