"""The rose: what it says, its numbers, whole titles; the files of a figure, the same each time."""

import re
import struct
from dataclasses import replace

import pytest
from labelled import true_of
from readable import numbers, texts
from workshop_told import group_of, hand_made

from pipeline.contracts.draft import Facts
from pipeline.restitution.figures.canvas import SQUARE, WIDE, Par, set_in, slide
from pipeline.restitution.figures.rose import Figure, Petal, Subject, csv_bytes, draw_rose, petals_of, rose, subjects_of
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.material.kinship import Kinship

AXES = (("nord", "Nord"), ("est", "Est"), ("sud", "Sud"), ("ouest", "Ouest"))
LONG = "Les aides à domicile ne trouvent plus à se loger dans les communes où elles travaillent chaque jour"


def _made() -> tuple[Figure, Facts, list[Subject]]:
    material = hand_made()
    facts, subjects = compute_facts(material, {}), subjects_of(material, Kinship(material))
    return rose(facts, petals_of(facts, subjects)), facts, subjects


def test_the_rose_tells_its_numbers_in_every_form() -> None:
    figure, facts, _ = _made()
    counts = {row[0]: row[2] for row in figure.rows}
    assert counts == {name: str(facts[f"axe.{code}"].value) for code, name in AXES}
    for drawing in (figure.svg, figure.square):
        for name, n in counts.items():
            assert f"{name} {n}" in figure.alt
            assert f"{name} · {n} idée{'s' if int(n) > 1 else ''}" in texts(drawing)
    assert figure.files()["rose.csv"].decode("utf-8-sig").splitlines()[0] == "Axe;Ce qu’on y met;Idées"


def test_petals_hold_the_subjects_of_their_axis_whole_with_their_contributions() -> None:
    figure, _, subjects = _made()
    assert subjects
    shown = [text for text in texts(figure.svg) if re.search(r" \((?:\d+|pour \d.*)\)$", text)]
    assert len(shown) == sum(min(3, sum(s.group.axis == code for s in subjects)) for code, _ in AXES) > 0
    for subject in subjects:
        if subject.group.axis == "est":
            n = len({i.contribution_id for i in subject.members})
            counted = (subject.group.sides.n_against and subject.group.sides_told) or n
            assert f"{subject.group.title} ({counted})" in shown


@pytest.mark.parametrize(
    ("stances", "is_sided", "told"),
    [
        ("pour pour contre", True, "pour 2, contre 1"),
        ("pour pour contre", False, "3"),
        ("pour pour contre contre", False, "pour 2, contre 2"),
    ],
)
def test_sides_are_counted_where_somebody_tells_them_or_several_are_on_each(
    stances: str, is_sided: bool, told: str
) -> None:
    said = (
        f"Un four à pain chauffé le {day}" for day in ("lundi", "mardi", "jeudi", "dimanche")[: len(stances.split())]
    )
    _, group = group_of("Un four à pain", *said, axis="sud", stance=stances.split(), is_sided=is_sided)
    assert Subject(group, group.members).told == f"Un four à pain ({told})"


@pytest.mark.parametrize("size", [(1224.0, 600.0), (1024.0, 930.0)], ids=["wide", "square"])
@pytest.mark.parametrize("n", [0, 1, 3], ids=["no subject", "one", "three"])
def test_long_titles_stay_whole_inside_the_picture(size: tuple[float, float], n: int) -> None:
    subject = _made()[2][0]
    told = replace(subject, group=replace(subject.group, title=LONG))
    petals = [
        Petal(name, "Ce qu’on y met", "#B5472F", rank * 10, (told,) * n, n + 2) for rank, (_, name) in enumerate(AXES)
    ]
    drawing = draw_rose(petals, *size)
    assert "Nord · 0 idée" in texts(drawing)
    shown = texts(drawing).count(f"{LONG} ({subject.n})")
    assert 4 * min(n, 1) <= shown <= 4 * n
    more = [one for one in texts(drawing) if re.fullmatch(r"et \S+ autres titres", one)]
    assert len(more) == 4  # none is dropped unsaid
    assert all(0 <= value <= max(size) for value in numbers(drawing, "y"))


def test_an_axis_without_ideas_has_no_sector() -> None:
    petals = [Petal(name, "", "#B5472F", n, (), 0) for (_, name), n in zip(AXES, (0, 5, 5, 5), strict=True)]
    assert draw_rose(petals, 1224, 600).count(" 0 0 1 ") == 3


def _figure() -> Figure:
    wide, square = (
        slide(size, "Titre", "Clef", "Ce qu’on voit", lambda width, _: set_in(width, Par("Été", 20)).at(0, 0))
        for size in (WIDE, SQUARE)
    )
    return Figure("essai", "Titre", "Ce qu’on voit", ("A",), (("1",),), wide, square)


@pytest.mark.usefixtures("drawn_anew")
def test_a_figure_is_drawn_wide_and_square_at_twice_its_size() -> None:
    files = _figure().files()
    assert set(files) == {"essai.csv", "essai.svg", "essai.png", "essai_carre.svg", "essai_carre.png"}
    assert struct.unpack(">II", files["essai.png"][16:24]) == (1280, 720)
    assert struct.unpack(">II", files["essai_carre.png"][16:24]) == (1080, 1080)
    assert _figure().files() == files


test_no_cell_is_a_formula = true_of(
    lambda cell: csv_bytes([[cell, "une idée"]]).decode("utf-8-sig").startswith(("'", "\"'")),
    "=1+1",
    "+33",
    "-2",
    "@cmd",
    "\tx",
)


def test_a_title_counts_its_ideas_of_every_axis() -> None:
    material, group = group_of("Le four à pain", "Rallumer le four", "Chauffer le four le samedi", "Le four fume")
    groups = {
        axis: replace(group, group_id=axis, axis=axis, members=members)
        for axis, members in (("sud", group.members[:2]), ("est", group.members[2:]))
    }
    found = subjects_of(replace(material, groups=groups), Kinship(material))
    assert [(one.group.axis, one.told) for one in found] == [("sud", "Le four à pain (3)")]


def test_a_subject_counts_the_ideas_of_which_its_title_is_true_of_two_contributions_at_least() -> None:
    material = hand_made()
    kinship = Kinship(material)
    found = subjects_of(material, kinship)
    counts = [subject.n for subject in found]
    assert counts == sorted(counts, reverse=True)
    for subject in found:
        assert 0 < subject.n <= len(kinship(subject.group))
        assert len({item.contribution_id for item in subject.members}) > 1
