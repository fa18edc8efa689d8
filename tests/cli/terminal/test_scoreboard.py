"""Measures told in a terminal."""

from __future__ import annotations

import pytest

from pipeline.cli.terminal.scoreboard import Line, print_problems, print_table


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        (Line("a", 0.5), True),
        (Line("a", 0.5, 0.5), True),
        (Line("a", 0.499, 0.5), False),
        (Line("a", 0.3, 0.3, True), True),
        (Line("a", 0.31, 0.3, True), False),
        (Line("a", 0.1 + 0.2, 0.3, True), True),
    ],
)
def test_a_bound_is_a_floor_or_a_ceiling(line: Line, holds: bool) -> None:
    assert line.holds is holds


def test_columns_are_aligned_and_problems_are_five_at_most(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        Line("Justes", 0.5, 0.4, detail="10 textes"),
        Line("Redites de la page", 0.3, 0.2, True, problems=list("abcdefg")),
    ]
    print_table(lines)
    head, first, second = capsys.readouterr().out.splitlines()
    assert head.index("Valeur") == first.index("0,500") == second.index("0,300")
    assert first.endswith("oui    10 textes")
    assert second.split() == ["Redites", "de", "la", "page", "0,300", "≤", "0,200", "non"]
    print_problems(lines[1:])
    assert capsys.readouterr().out.splitlines()[-2:] == ["  · e", "  · et 2 de plus"]
