"""A table of labelled rows as a test: one case a row, what a function gives of it being what stands beside.

test_a_conjugated_verb = each(has_verb, ("on s'organise", True), ("la marche du ponton", False))
test_infinitives = true_of(is_infinitive, "ouvrir", "planter")
"""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

Test = Callable[[tuple[Any, ...]], None]
NOTHING = object()
FIRST = "first"
Names = Iterable[str] | str


def each(function: Callable[..., Any], *rows: Any, is_told: Any = NOTHING, names: Names = ()) -> Test:
    """The function of the cells of a row is its last one, or `is_told`; True, False and None are told by themselves.

    `names` : of the rows, where their cells do not say what they are cases of; FIRST: the first cell is that name.
    """

    def check(row: tuple[Any, ...]) -> None:
        *given, told = row if is_told is NOTHING else (*row, is_told)
        found = function(*given)
        is_right = found is told if told is None or isinstance(told, bool) else found == told
        assert is_right, f"{given}: {found!r}, not {told!r}"

    return _by_row(rows, names, check)


def true_of(function: Callable[..., Any], *rows: Any, names: Names = ()) -> Test:
    """The function of the cells of each row is true, or not empty."""

    def check(row: tuple[Any, ...]) -> None:
        assert function(*row), f"not of {row}"

    return _by_row(rows, names, check)


def false_of(function: Callable[..., Any], *rows: Any, names: Names = ()) -> Test:
    """The function of the cells of each row is false, empty or None."""

    def check(row: tuple[Any, ...]) -> None:
        assert not (found := function(*row)), f"{row}: {found!r}"

    return _by_row(rows, names, check)


def parted(row: tuple[str, str]) -> tuple[str, str, list[str]]:
    """A name, a text and its pieces, of a name and that text with « | » before each piece but the first."""
    name, marked = row
    return name, marked.replace("| ", ""), [piece.strip(" ,") for piece in marked.split("|")]


def _by_row(rows: tuple[Any, ...], names: Names, check: Test) -> Test:
    cells = [row if isinstance(row, tuple) else (row,) for row in rows]
    assert cells
    if names == FIRST:
        names, cells = [row[0] for row in cells], [row[1:] for row in cells]
    ids = list(names) or ["-".join(map(_named, row))[:60] for row in cells]
    return pytest.mark.parametrize("row", cells, ids=ids)(check)


def _named(cell: object) -> str:
    """A cell in the name of a case: the same in every process, whatever the order of a set."""
    return str(sorted(cell, key=str) if isinstance(cell, set | frozenset) else cell)
