"""Bytes to text, and any failure of a reader told as a refusal."""

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import EXIT_REFUSED, RefusedFileError, UsageError
from pipeline.tables.frames import read_table
from pipeline.tables.reading import SAMPLE_SIZE, guarded, loads_sound, read_text, text_encoding


class Panic(BaseException):
    """As native readers raise."""


def failing(error: BaseException) -> Callable[[], None]:
    def step() -> None:
        raise error

    return step


@pytest.mark.parametrize(
    "error",
    [zlib.error("x"), OverflowError(), RecursionError(), Panic(), KeyError("x"), StopIteration(), MemoryError()],
)
def test_a_failure_is_a_refusal(error: BaseException) -> None:
    with pytest.raises(RefusedFileError) as refused:
        guarded("a.docx", failing(error), "document Word")
    assert refused.value.source == "a.docx"
    assert refused.value.advice
    assert refused.value.exit_code == EXIT_REFUSED
    assert isinstance(error, MemoryError) or "document Word" in refused.value.problem
    assert not isinstance(error, zlib.error) or "abîmé" in refused.value.problem


def test_a_failure_of_the_system_has_its_reason() -> None:
    with pytest.raises(RefusedFileError, match="pas le droit"):
        guarded("a.csv", failing(PermissionError()))
    with pytest.raises(RefusedFileError, match="n'existe pas"):
        guarded("a.csv", failing(FileNotFoundError(2, "")))


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(), UsageError("x"), RefusedFileError("b", "x", "y")])
def test_what_ends_the_program_and_what_is_told_already_go_through(error: BaseException) -> None:
    with pytest.raises(type(error)) as raised:
        guarded("a.csv", failing(error))
    assert raised.value is error


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


def test_a_letter_cut_by_a_block_is_whole(tmp_path: Path) -> None:
    text = "a" * (SAMPLE_SIZE - 1) + "é"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert text_encoding(tmp_path / "a.txt", "a.txt") == "utf-8"
    assert read_text(tmp_path / "a.txt", "a.txt") == text


def test_what_comes_late_counts_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Un banc. " * 40_000 + "L'été à la mer".encode("cp1252"))
    assert read_text(tmp_path / "a.txt", "a.txt").endswith("L'été à la mer")


def test_newlines_are_plain(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"un\r\ndeux\rtrois\n")
    assert read_text(tmp_path / "a.txt", "a.txt") == "un\ndeux\ntrois\n"


@pytest.mark.parametrize(
    ("content", "problem"), [(bytes(range(256)) * 20, "binaire"), (b"\x01\x02\x03\x80" * 50, "texte lisible")]
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(RefusedFileError, match=problem):
        read_text(tmp_path / "a.txt", "a.txt")


def test_halves_of_characters_are_replaced_in_json_and_whole_ones_kept() -> None:
    assert loads_sound('{"a\\ud800": "\\ud83d\\ude00 é \\udfff", "n": 1.5}') == {"a\ufffd": "😀 é \ufffd", "n": 1.5}
