"""Subjects: the most shared first, each counted in contributions."""

from __future__ import annotations

from atelier import workshop

from pipeline.restitution.figures.subjects import n_contributions, subjects_of
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
