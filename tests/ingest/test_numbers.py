"""Numbers from outside: bounded, told with their place, and never a reason to stop."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from labelled import each

from pipeline.config import load_config
from pipeline.contracts.numbers import LARGEST, in_reading_order, read_number, whole_number
from pipeline.errors import UsageError
from pipeline.ingest.formats.columns import votes_in
from pipeline.ingest.formats.transcripts import seconds
from pipeline.ingest.stage import IngestResult, ingest
from pipeline.ingest.workshop import read_sheet, table_label
from pipeline.language.vocabulary.degrees import number_of
from tests.fuzz.strategies import CELLS, drawn

CONFIG = load_config()
SAID = "Pas de bus le soir"

test_whole_numbers = each(
    whole_number,
    ("4", 4),
    (" 4 ", 4),
    ("１２", 12),
    ("²", None),
    ("-3", None),
    ("1e3", None),
    ("", None),
    ("1e400", None),
    ("9" * 5000, None),
    ("1 000", None),
)

READERS: dict[Callable[[str], float | None], float] = {
    whole_number: LARGEST,
    read_number: LARGEST,
    votes_in: LARGEST,
    number_of: 999,
    seconds: 1e9,
}
"""What reads numbers from outside, and the most that each may give."""


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@drawn(200, 3_000)
@given(CELLS | st.text("0123456789٣²½-.,:/eE+ ×★", max_size=40) | st.integers(0, LARGEST).map(str))
def test_whatever_is_written_is_a_number_within_bounds_or_none(read: Callable[[str], float | None], text: str) -> None:
    number = read(text)
    assert number is None or 0 <= number <= READERS[read]
    if text.isdecimal() and int(text) <= READERS[read] and (read is not number_of or len(text) <= 3):
        assert number == int(text)


@given(st.text(max_size=30) | st.integers().map(str))
def test_a_number_sorts(text: str) -> None:
    assert sorted([text, "10", "2"], key=in_reading_order).index("2") < sorted(
        [text, "10", "2"], key=in_reading_order
    ).index("10")


def test_names_of_tables_are_written_in_our_figures() -> None:
    assert [table_label(text) for text in ("Table １２", "table n° 03", "²", " 4 ", "0", "b", "Santé")] == (
        "12 3 ² 4 0 B Santé".split()
    )


def read(folder: Path, **files: str) -> IngestResult:
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_text(content, encoding="utf-8")
    return ingest(folder, CONFIG)


@pytest.mark.parametrize("name", ["²", "９", "9" * 5000, "9223372036854775808", "1e400", "-3", "½"])
def test_any_name_of_a_table_is_read(name: str, tmp_path: Path) -> None:
    result = read(tmp_path, a__csv=f"table;texte\n{name};{SAID}\n2;Une place de marché\n")
    assert len(result.contributions) == 2
    assert len(result.workshop_tables) == 2


SHEET = 'participants = 8\n[[tables]]\nnumero = 1\nparticipants = 3\n[[tables]]\nnumero = "²"\nparticipants = {}\n'


@pytest.mark.parametrize("value", ["9223372036854775808", "-3", "1e400", "nan", '"beaucoup"', "true", "[1]", "2.5"])
def test_a_number_of_the_sheet_that_is_refused_is_told_and_the_rest_is_read(value: str, tmp_path: Path) -> None:
    toml = f"[atelier]\n{SHEET.format(value)}"
    result = read(tmp_path, a__csv=f"table;texte\n1;{SAID}\n", atelier__toml=toml)
    (line,) = (line for line in result.warnings if "atelier.toml" in line)
    assert "tables.2.participants" in line
    assert result.workshops["participants"].tolist() == [8]
    tables = result.workshop_tables.set_index("table")["participants"]
    assert tables["1"] == 3
    with pytest.raises(UsageError, match=r"tables\.2\.participants"):
        read_sheet(tmp_path / "atelier.toml")


def test_a_table_without_a_name_is_told_and_left_out(tmp_path: Path) -> None:
    toml = "[atelier]\nparticipants = -1\n[[tables]]\nnumero = [3]\n[[tables]]\nnumero = 4\n"
    result = read(tmp_path, a__csv=f"table;texte\n4;{SAID}\n", atelier__toml=toml)
    assert [line.split(" : ")[0] for line in result.warnings] == [
        "atelier.toml, atelier.participants",
        "atelier.toml, tables.1.numero",
    ]
    assert result.workshop_tables["table"].tolist() == ["4"]


def test_figures_and_brackets_without_end_are_refused_in_words(tmp_path: Path) -> None:
    for value in ("9" * 5000, "[" * 5000 + "]" * 5000, "0x" + "f" * 5000):
        (tmp_path / "atelier.toml").write_text(f"[atelier]\nlieu = {value}\n", encoding="utf-8")
        with pytest.raises(UsageError) as refused:
            read_sheet(tmp_path / "atelier.toml")
        assert len(str(refused.value)) < 2000
