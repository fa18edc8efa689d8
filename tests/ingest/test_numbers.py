"""Numbers from outside: bounded, told with their place, and never a reason to stop."""

from __future__ import annotations

import datetime
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import load_config
from pipeline.contracts.numbers import LARGEST, in_reading_order, whole_number
from pipeline.errors import RosaceError, UsageError
from pipeline.ingest.stage import IngestResult, ingest
from pipeline.ingest.workshop import DeclaredTable, FileOverride, Header, find_workshops, read_sheet, table_label

CONFIG = load_config()
SAID = "Pas de bus le soir"
WRITTEN = [
    ("4", 4), (" 4 ", 4), ("１２", 12), ("٣", 3), ("007", 7), ("²", None), ("-3", None), ("1e3", None), ("", None),
    ("1e400", None), ("9223372036854775808", None), ("9" * 5000, None), ("1 000", None), ("½", None), ("Ⅳ", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), WRITTEN, ids=[text[:20] for text, _ in WRITTEN])
def test_whole_numbers(text: str, number: int | None) -> None:
    assert whole_number(text) == number


@given(st.text(max_size=30) | st.integers().map(str))
def test_a_number_is_bounded_and_sorts(text: str) -> None:
    number = whole_number(text)
    assert number is None or 0 <= number <= LARGEST
    assert sorted([text, "10", "2"], key=in_reading_order).index("2") < sorted(
        [text, "10", "2"], key=in_reading_order
    ).index("10")


def test_names_of_tables_are_written_in_our_figures() -> None:
    assert [table_label(text) for text in ("Table １２", "table n° 03", "²", " 4 ", "0", "b")] == [
        "12",
        "3",
        "²",
        "4",
        "0",
        "B",
    ]


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


# any value under any key --------------------------------------------------------------------------------------------

TEXTS = st.sampled_from(
    ["", "²", "１２", " 4 ", "-3", "1e400", "9" * 30, "a\tb", "é\u202e", "*", "[", "\u00a0"]
) | st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
NUMBERS = st.sampled_from([0, -1, 2**63, -(2**63) - 1, 10**30, math.inf, math.nan, -0.0, 2.5, 1e308]) | st.integers()
DATES = st.dates() | st.times() | st.datetimes()
VALUES: st.SearchStrategy[Any] = st.recursive(
    TEXTS | NUMBERS | st.booleans() | DATES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=4,
)


def as_toml(value: Any) -> str:
    """A value as TOML writes it."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(f"\\U{ord(sign):08x}" for sign in value) + '"'
        case float():
            return {math.inf: "inf", -math.inf: "-inf"}.get(value, "nan" if math.isnan(value) else repr(float(value)))
        case datetime.date() | datetime.time():
            return value.isoformat()
        case list():
            return f"[{', '.join(map(as_toml, value))}]"
        case dict():
            return "{" + ", ".join(f"{key} = {as_toml(inner)}" for key, inner in value.items()) + "}"
    return str(value)


def sections(fields: Any) -> st.SearchStrategy[str]:
    pairs = st.dictionaries(st.sampled_from(sorted(fields)), VALUES, max_size=4)
    return pairs.map(lambda given: "\n".join(f"{key} = {as_toml(value)}" for key, value in given.items()))


SHEETS = st.tuples(
    sections(Header.model_fields), sections(DeclaredTable.model_fields), sections(FileOverride.model_fields)
).map(lambda parts: "[atelier]\n{}\n[[tables]]\nnumero = 1\n[[tables]]\n{}\n[[fichiers]]\n{}\n".format(*parts))


@settings(max_examples=300, deadline=None)
@given(SHEETS)
def test_any_value_of_a_sheet_is_taken_or_refused_by_its_key(
    tmp_path_factory: pytest.TempPathFactory, toml: str
) -> None:
    folder = tmp_path_factory.mktemp("fiche")
    (folder / "atelier.toml").write_text(toml, encoding="utf-8")
    try:
        (workshop,) = find_workshops(folder, ["atelier.toml"])
    except UsageError as error:
        assert "atelier.toml" in str(error)
        assert len(str(error)) < 3000
        return
    people = [workshop.header.participants, *(table.participants for table in workshop.tables)]
    assert all(n is None or 0 <= n < 2**31 for n in people)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS | NUMBERS.map(str), TEXTS | NUMBERS.map(str) | DATES.map(str)), min_size=1, max_size=5))
def test_any_cell_of_a_table_of_post_its_leaves_the_others_read(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("cells")
    rows = [f'"{table}";"{votes}";{SAID} {rank}' for rank, (table, votes) in enumerate(cells)]
    try:
        result = read(folder, a__csv="\n".join(["Table;Votes;Texte", *rows, f"1;2;{SAID}"]) + "\n")
    except RosaceError as error:  # pragma: no cover
        raise AssertionError(str(error)) from error
    assert SAID in result.contributions["text"].tolist()
    assert len(result.contributions) + len(result.rejects) == len(cells) + 1
