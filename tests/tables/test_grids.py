"""Rows out of delimited files and workbooks, and how a csv is written."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from labelled import each

from pipeline.config import load_config
from pipeline.errors import RefusedFileError
from pipeline.ingest.stage import ingest
from pipeline.tables.frames import read_table, with_added
from pipeline.tables.grids import Dialect, Merged, dialect_of, iter_sheets, sniff_delimiter
from tests.outputs import write_table


def write(path: Path) -> None:
    """A wall whose groups are cells merged over their rows, after a blank row and a blank column."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Mur")
        for row, cells in enumerate(
            [["Problématique", "Post-it"], ["", "La vase"], ["", "Le vent"], ["Pain", "Le four"]]
        ):
            sheet.write_row(1 + row, 1, cells)
        sheet.merge_range(2, 1, 3, 1, "Entrer au port")
        sheet.merge_range(5, 2, 6, 2, "Le levain manque")


def test_a_merged_cell_is_told_in_each_row(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx")
    ((_, rows),) = iter_sheets(tmp_path / "a.xlsx", "a.xlsx")
    read = [row for row in rows if any(row)]
    assert read[1:3] == [["Entrer au port", "La vase"], ["Entrer au port", "Le vent"]]
    assert isinstance(read[2][0], Merged)
    assert not isinstance(read[1][0], Merged)


def test_a_group_that_is_merged_is_that_of_all_its_rows_and_a_text_is_one(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx")
    rows = ingest(tmp_path, load_config()).contributions
    assert rows["text"].tolist() == ["La vase", "Le vent", "Le four", "Le levain manque"]
    assert rows["given_group"].fillna("").tolist() == ["Entrer au port", "Entrer au port", "Pain", ""]


test_delimiter = each(
    sniff_delimiter,
    ("texte\nPlus de bus, moins de voitures\nUne salle\n", None),
    ("texte\nUne salle\n", None),
    ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
    ("a\tb\n1\t2\n", "\t"),
    ('a,b\n"x, y",z\n', ","),
    ("a;b;c\n1;;\n2;x\n\n", ";"),
)

ODS = Path(__file__).parents[1] / "ingest" / "formats" / "files" / "classeur.ods"


@pytest.mark.parametrize(("part", "n", "is_read"), [("columns", 16_384, True), ("columns", 16_385, False)])
def test_an_ods_that_repeats_more_than_a_sheet_holds_is_refused(
    tmp_path: Path, part: str, n: int, is_read: bool
) -> None:
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(ODS) as whole, zipfile.ZipFile(path, "w") as made:
        for name in whole.namelist():
            column = b"<table:table-column"
            more = column + f' table:number-{part}-repeated="{n}"'.encode()
            made.writestr(name, whole.read(name).replace(column, more, 1))
    if is_read:
        assert [row for _, rows in iter_sheets(path, "a.ods") for row in rows]
    else:
        with pytest.raises(RefusedFileError, match="répétée sans fin"):
            list(iter_sheets(path, "a.ods"))


def test_a_sheet_wider_than_a_spreadsheet_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.tables.grids.N_COLUMNS_MAX", 3)
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_row(0, 0, list("abcd"))
    with pytest.raises(RefusedFileError, match="4 colonnes"):
        list(iter_sheets(tmp_path / "a.xlsx", "a.xlsx"))


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
