"""A csv that comes out is written as the one that came in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline.tables import Dialect, dialect_of, read_table, with_added, write_table


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("table;texte\r\n1;Été, à deux\r\n".encode("cp1252"), Dialect(";", "cp1252", "\r\n")),
        ("table;texte\n1;Été, à deux\n".encode("utf-8-sig"), Dialect(";", "utf-8-sig", "\n")),
        (b"table,texte\n1,deux\n", Dialect(",", "utf-8-sig", "\n")),
        ("table\ttexte\n1\tété\n".encode("utf-16"), Dialect("\t", "utf-16", "\n")),
        (b"sep=|\ntable|texte\n1|deux\n", Dialect("|", "utf-8-sig", "\n")),
        ("texte\nÉté\n".encode(), Dialect(",", "utf-8-sig", "\n")),
    ],
    ids=["excel", "excel-utf8", "programs", "utf-16", "told", "one-column"],
)
def test_the_dialect_is_kept(tmp_path: Path, content: bytes, expected: Dialect) -> None:
    source, written = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_bytes(content)
    assert dialect_of(source) == expected
    rows = read_table(source)
    write_table(with_added(rows, pd.DataFrame({"axis": ["est"]})), written, dialect_of(source))
    again = written.read_bytes().decode(expected.encoding)
    text = content.decode(expected.encoding).removeprefix("sep=|\n")
    head, row, _ = text.split(expected.newline)
    assert again == f"{head}{expected.separator}axis{expected.newline}{row}{expected.separator}est{expected.newline}"


def test_excel_reads_accents_by_the_mark(tmp_path: Path) -> None:
    write_table(pd.DataFrame({"texte": ["Été"]}), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbf" + "texte\nÉté\n".encode()


def test_a_character_that_the_encoding_lacks_is_kept(tmp_path: Path) -> None:
    write_table(pd.DataFrame({"texte": ["Été 🙂"]}), tmp_path / "a.csv", Dialect(";", "cp1252"))
    assert read_table(tmp_path / "a.csv")["texte"].tolist() == ["Été 🙂"]


def test_another_table_has_the_default(tmp_path: Path) -> None:
    assert dialect_of(tmp_path / "a.xlsx") == Dialect()
