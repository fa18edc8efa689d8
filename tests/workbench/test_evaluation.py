"""Measures as lines of a scoreboard, told in French."""

from labelled import each

from pipeline.config import load_config
from pipeline.workbench.pairs import wall_lines
from pipeline.workbench.reports import Line, aligned, number, problems

test_numbers = each(
    number,
    (0.5, "0,500"),
    (-0.0625, "−0,062"),
    (12.0, "12,000"),
    (None, "–"),
    names=["half", "negative", "whole", "not measured"],
)
test_a_bound_is_a_floor_or_a_ceiling = each(
    lambda line: line.holds,
    (Line("a", 0.5), True),
    (Line("a", 0.5, 0.5), True),
    (Line("a", 0.499, 0.5), False),
    (Line("a", 0.3, 0.3, True), True),
    (Line("a", 0.31, 0.3, True), False),
    (Line("a", 0.1 + 0.2, 0.3, True), True),
)


def test_columns_are_aligned_and_problems_are_five_at_most() -> None:
    lines = [
        Line("Justes", 0.5, 0.4, detail="10 textes"),
        Line("Redites de la page", 0.3, 0.2, True, problems=list("abcdefg")),
    ]
    head, first, second = aligned(lines)
    assert head.index("Valeur") == first.index("0,500") == second.index("0,300")
    assert first.endswith("oui    10 textes")
    assert second.split() == ["Redites", "de", "la", "page", "0,300", "≤", "0,200", "non"]
    assert problems(lines[1:])[-2:] == ["  · e", "  · et 2 de plus"]


def test_what_was_measured_of_groups_is_told_a_profile_at_a_time() -> None:
    lines = {line.label: line for line in wall_lines(load_config())}
    ours = lines["Murs avec rubriques et ordre, precis, groupes purs"]
    assert ours.bound and ours.holds
    assert ours.value > lines["Murs sans rubriques ni ordre, precis, piles pures"].value
    assert "paires justes" in ours.detail
    assert len(lines) == len(wall_lines(load_config()))
