"""Clauses and members side by side: which commas and which "et" part two ideas."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.ingest.segmentation.clauses import parallels


def parts(text: str, is_speech: bool = False) -> list[str]:
    cuts = sorted(set(parallels(text, is_speech)))
    return [text[start:end].strip(" ,") for start, end in pairwise([0, *cuts, len(text)])]


WRITTEN = [
    ("infinitives", "relancer le bal, repeindre la scène", ["relancer le bal", "repeindre la scène"]),
    ("infinitives joined", "relancer le bal et repeindre la scène", ["relancer le bal", "et repeindre la scène"]),
    (
        "an enumeration",
        "un four à pain, des bancs neufs, le lavoir couvert",
        ["un four à pain", "des bancs neufs", "le lavoir couvert"],
    ),
    ("lacks", "pas de crèche, pas de médecin", ["pas de crèche", "pas de médecin"]),
    ("more and less", "plus de pistes cyclables, moins de camions", ["plus de pistes cyclables", "moins de camions"]),
    (
        "clauses",
        "les toilettes sont fermées, la plage est sale",
        ["les toilettes sont fermées", "la plage est sale"],
    ),
    (
        "clauses joined",
        "les volets du moulin claquent et la roue perd ses pales",
        ["les volets du moulin claquent", "et la roue perd ses pales"],
    ),
]


@pytest.mark.parametrize(("text", "ideas"), [case[1:] for case in WRITTEN], ids=[case[0] for case in WRITTEN])
def test_two_ideas(text: str, ideas: list[str]) -> None:
    assert parts(text) == ideas


TOGETHER = [
    ("two objects", "le club prête ses tapis et ses ballons aux écoles"),
    ("each of them", "les voisins mangent ensemble, chacun apporte un plat"),
    ("what follows from it", "le pont est coupé et depuis les cars font le tour"),
    ("the same subject", "le moulin tourne encore, il moud le blé du plateau"),
    ("a listing before et", "on mélange les âges, les quartiers et les métiers du bourg"),
    ("clauses under a label", "Moulin : la roue perd ses pales, les volets claquent"),
    ("one verb for two members", "les enfants et les parents jouent ensemble"),
]


@pytest.mark.parametrize("text", [case[1] for case in TOGETHER], ids=[case[0] for case in TOGETHER])
def test_one_idea(text: str) -> None:
    assert parts(text) == [text]


SPOKEN = [
    (
        "a new subject after et",
        "le marché est parti sur le quai et le boulanger il a fermé",
        ["le marché est parti sur le quai", "et le boulanger il a fermé"],
    ),
    (
        "a comma between two subjects",
        "le lait reste trop cher, le gasoil a encore doublé",
        ["le lait reste trop cher", "le gasoil a encore doublé"],
    ),
    ("the same story", "je descends au quai le matin et je regarde les bateaux", None),
]


@pytest.mark.parametrize(("text", "ideas"), [case[1:] for case in SPOKEN], ids=[case[0] for case in SPOKEN])
def test_in_speech(text: str, ideas: list[str] | None) -> None:
    assert parts(text, is_speech=True) == (ideas or [text])
