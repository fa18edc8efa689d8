"""The word by which a title is counted: its own, as people say it, and found again by whoever looks for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from workshop_told import group_of

from pipeline.restitution.plan.title_words import TitleWords

FOUR = ("rouvre", "ferme", "chante", "brille")


def counted(title: str, *texts: str, others: tuple[str, ...] = (), **changes: Any) -> tuple[str, int]:
    """The word of a title, and how many of the texts under it say it; `others` stand elsewhere."""
    material, made = group_of(title, *texts, *others, **changes)
    group = replace(made, members=made.members[: len(texts)], origin="personne")
    word, held = TitleWords(replace(material, groups={"g": group}), frozenset()).own_word(title, group.members)
    return word, len(held)


@pytest.mark.parametrize(
    ("title", "said", "word", "n"),
    [
        ("Un lavoir vivant", "Le lavoir", "lavoir", 4),
        ("Les lavoirs du canton", "Le Lavoir", "lavoirs", 4),  # one of them is one
        ("Nos journaux", "Le journal", "journaux", 4),
        ("Le FPGA, pour quoi faire ?", "le fpga", "FPGA", 4),
        ("Retraites trop basses", "Les retraités du canton", "", 0),  # another word
        ("Les cours du soir", "La cour du château", "", 0),
        ("Les prud'hommes du canton", "Ce prud'homme", "", 0),  # no piece of a word
        ("Vivre ensemble", "On vit ensemble", "", 0),  # it is said of anything
    ],
)
def test_a_title_is_counted_by_its_own_word_as_people_say_it(title: str, said: str, word: str, n: int) -> None:
    assert counted(title, *(f"{said} {what}" for what in FOUR)) == (word, n)


def test_a_word_that_is_said_elsewhere_more_than_here_is_not_the_title_s() -> None:
    others = tuple(f"Le lavoir {what} ailleurs" for what in FOUR)
    assert counted("Un lavoir vivant", "Le lavoir rouvre", "Le lavoir chante", others=others[:2]) == ("lavoir", 2)
    assert counted("Un lavoir vivant", "Le lavoir rouvre", others=others[:2]) == ("", 0)


def test_what_is_masked_is_not_said() -> None:
    texts = [f"Quentine garde le four {what}" for what in FOUR]
    assert counted("Le pain de Quentine", *texts) == ("Quentine", 4)
    assert counted("Le pain de Quentine", *texts, masks=((0, 8),))[0] != "Quentine"
