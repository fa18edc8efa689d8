"""A user's table in and out: what people really save, and what must come back exact."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import RefusedFileError, UsageError
from pipeline.tables import find_context_column, find_text_column, read_table, write_table
from pipeline.tables.grids import sniff_delimiter

ROWS = [["Table", "Texte"], ["1", "L’école, c’est loin… 5 €"], ["2", "Déjà vu : « ça »\nà la ligne"]]


def csv_text(delimiter: str) -> str:
    return "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in ROWS) + "\r\n\r\n"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_csv_of_every_encoding_and_dialect(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(csv_text(delimiter).encode(encoding))
    table = read_table(path)
    assert list(table.columns) == ROWS[0]
    assert table.to_numpy().tolist() == ROWS[1:]


@pytest.mark.parametrize("encoding", ["iso8859_15", "mac_roman"])
def test_older_encodings_of_a_real_sized_file(tmp_path: Path, encoding: str) -> None:
    text = "Texte\n" + "Les élèves de l'école à côté du théâtre ont été reçus, ça a coûté 5 €\n" * 20
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    assert "élèves de l'école à côté du théâtre" in read_table(path)["Texte"].iloc[0]


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("texte\nPlus de bus, moins de voitures\nUne salle\n", None),
        ("texte\nUne salle\n", None),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("a\tb\n1\t2\n", "\t"),
        ('a,b\n"x, y",z\n', ","),
        ("a;b;c\n1;;\n2;x\n\n", ";"),
    ],
)
def test_delimiter(sample: str, expected: str | None) -> None:
    assert sniff_delimiter(sample) == expected


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
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
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


def test_columns_are_found_by_their_names() -> None:
    frame = pd.DataFrame(columns=["id", "Question", "Réponses :"])
    assert find_text_column(frame) == "Réponses :"
    assert find_context_column(frame) == "Question"
    assert find_text_column(frame, "reponses") == "Réponses :"
    with pytest.raises(UsageError, match="--text-column"):
        find_text_column(pd.DataFrame(columns=["a", "b"]))
    with pytest.raises(UsageError, match="« zzz »"):
        find_text_column(frame, "zzz")
