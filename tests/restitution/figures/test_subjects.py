"""Subjects: the most shared first, each counted in contributions."""

from __future__ import annotations

from dataclasses import replace

from atelier import workshop

from pipeline.language.text.typography import typeset
from pipeline.restitution.figures.subjects import n_contributions, shown_title, subjects_of
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.material.load import read_material


def test_a_subject_counts_the_contributions_of_which_its_title_is_true() -> None:
    material = read_material(workshop())
    kinship = Kinship(material)
    found = subjects_of(material, kinship)
    counts = [subject.n for subject in found]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) > 1
    for subject in found:
        assert subject.n == len({item.contribution_id for item in kinship(subject.group)})
    member = found[0].members[0]
    assert n_contributions([member, member]) == 1


def test_words_of_one_that_the_machine_gave_for_a_title_stand_between_quotation_marks() -> None:
    group = read_material(workshop()).groups["g-toit"]
    one = replace(group.members[0], provenance="ecrit", masks=())
    said = replace(group, members=(one, *group.members[1:]), title=one.text.capitalize(), coverage=0.25)
    assert shown_title(said) == f"«\u00a0{typeset(one.text)}\u00a0»"
    assert shown_title(replace(said, title="Le toit")) == "Le toit"
    text = f"Le « grand toit » : {one.text}"
    nested = replace(one, text=text, source_text=text, start=0, end=len(text))
    found = shown_title(replace(said, members=(nested, *group.members[1:]), title=text))
    assert found.startswith("«\u00a0Le “grand toit”\u00a0: ")
    assert (found.count("«"), found.count("»")) == (1, 1)
    for trusted in ({"coverage": 0.75}, {"coverage": None}, {"is_accepted": True}, {"is_titled": True}):
        assert shown_title(replace(said, **trusted)) == said.title
