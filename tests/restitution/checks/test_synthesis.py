"""How far a draft synthesises: what its sentences rest on, what readers said of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.contracts.draft import Block, Draft, FactNode, FactRef, Section, Sentence, TextNode
from pipeline.contracts.plan import Plan, Spread, Unit
from pipeline.errors import UsageError
from pipeline.restitution.checks.synthesis import judged, synthesis

CONTRIBUTIONS = {"i1": "c1", "i2": "c2", "i3": "c3", "i4": "c3"}


def said(text: str, *sources: str, role: str = "general", counted: bool = False) -> Sentence:
    figure = (FactNode("deux tables", FactRef("g.tables", "tables")),) if counted else ()
    return Sentence((TextNode(text), *figure), sources, role=role)


DRAFT = Draft(
    "Atelier",
    "fr-FR",
    (),
    (
        Section(
            "est",
            "Est",
            (
                Block(
                    "paragraph",
                    (
                        said("Le four est froid", "i1", "i2", "i3", counted=True),
                        said("Le four est vide, mais on chauffe", "i1", "i2"),
                        said("On lit ceci", "i3", "i4"),
                        said("On lit cela", "i1", role="quote"),
                    ),
                ),
            ),
            "est",
        ),
        Section("recueil", "Recueil", (Block("paragraph", (said("On lit ceci", "i1"),)),)),
    ),
    (),
    (),
    {},
)
UNIT = Unit("g", "est", "t", ("i1",), (), Spread(1), 3.0, reason="told")
PLAN = Plan((), {"g": UNIT, "h": replace(UNIT, unit_id="h", weight=1.0, reason="said_once")})


@pytest.mark.parametrize(
    ("name", "n_good", "n"),
    [
        ("phrases_a_part", 1, 4),
        ("phrases_sur_1", 1, 3),
        ("phrases_sur_2", 1, 3),
        ("phrases_sur_3", 1, 3),
        ("phrases_etendue", 1, 4),
        ("connecteurs", 1, 4),
        ("debuts_repetes", 1, 4),
        ("groupes_dits", 300, 400),
    ],
)
def test_each_measure_counts_what_it_says(name: str, n_good: int, n: int) -> None:
    found = {measure.name: measure for measure in synthesis(DRAFT, PLAN, CONTRIBUTIONS)}
    assert (found[name].n_good, found[name].n) == (n_good, n)


def test_what_readers_said_is_counted_by_verdict() -> None:
    rows = b"reader,sentence_id,verdict,cause\na,est.1,sign,\na,est.2,fix,clumsy prose\nb,est.1,sign,\n"
    found = {measure.name: (measure.n_good, measure.n) for measure in judged(DRAFT, rows)}
    assert found == {"jugees_sign": (2, 3), "jugees_fix": (1, 3), "jugees_delete": (0, 3)}


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (b"reader,sentence_id,verdict\na,est.9,sign\n", "est.9"),
        (b"reader,sentence_id,verdict\na,est.1,meh\n", "colonnes attendues"),
        (b"reader,phrase\na,est.1\n", "colonnes attendues"),
    ],
    ids=["no such sentence", "no such verdict", "no such column"],
)
def test_judgements_of_another_draft_are_refused(rows: bytes, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        list(judged(DRAFT, rows))
