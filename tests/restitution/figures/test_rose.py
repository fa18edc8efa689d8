"""The rose: what it says, its numbers, and cells that no spreadsheet runs."""

from __future__ import annotations

import pytest
from atelier import workshop

from pipeline.restitution.figures.rose import csv_bytes, rose
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.material.load import read_material


def test_the_rose_tells_its_numbers_in_every_form() -> None:
    facts = compute_facts(read_material(workshop()), {})
    figure = rose(facts)
    counts = {row[0]: row[2] for row in figure.rows}
    assert counts == {
        name: str(facts[f"axe.{code}"].value)
        for code, name in (("nord", "Nord"), ("est", "Est"), ("sud", "Sud"), ("ouest", "Ouest"))
    }
    assert all(f"{name} {n}" in figure.alt for name, n in counts.items())
    assert all(f"{name} · {n}".encode() in figure.svg for name, n in counts.items())
    assert figure.png.startswith(b"\x89PNG")
    assert rose(facts).svg == figure.svg  # ids do not go on counting from one figure to the next
    assert figure.as_csv().decode("utf-8-sig").splitlines()[0] == "Axe;Ce qu’on y met;Idées"


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-2", "@cmd", "\tx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert csv_bytes([[cell, "une idée"]]).decode("utf-8-sig").startswith(("'", "\"'"))
