"""All the pictures of a restitution, from one reading of its subjects and of its links."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.config import RestitutionConfig
from pipeline.contracts.draft import Draft
from pipeline.contracts.facts import Facts
from pipeline.contracts.plan import Plan
from pipeline.restitution.figures import poster
from pipeline.restitution.figures.crossings import answered, bars_of, crossings, links_of
from pipeline.restitution.figures.figure import Figure
from pipeline.restitution.figures.rose import petals_of, rose
from pipeline.restitution.figures.subjects import subjects_of
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.material.model import Material
from pipeline.restitution.plan.build import make_plan


class Gallery:
    """The figures of a workshop, by name, and its poster.

    Attributes
    ----------
    others : names of the figures beside the rose.
    """

    def __init__(self, material: Material, kinship: Kinship, facts: Facts, matrix_min: int) -> None:
        self._facts = facts
        subjects = subjects_of(material, kinship)
        self._petals = petals_of(facts, subjects)
        self._links, self._bars = links_of(answered(material, kinship)), bars_of(material, subjects)
        others = crossings(material, kinship, subjects, matrix_min)
        self.others = tuple(others)
        self.figures: dict[str, Figure] = {"rose": rose(facts, subjects), **others}

    def poster(self, draft: Draft) -> dict[str, bytes]:
        """affiche.svg and affiche.pdf, from the draft and the same numbers."""
        return poster.poster(draft, self._facts, self._petals, self._links, self._bars)


class Planned(NamedTuple):
    """What is said of a material, its numbers, and its figures."""

    plan: Plan
    facts: Facts
    gallery: Gallery


def planned(material: Material, options: RestitutionConfig) -> Planned:
    """Plan a restitution, and count and draw what it tells."""
    kinship = Kinship(material)
    plan = make_plan(material, options.plan, lambda key: options.longueurs.get(key, options.longueur), kinship)
    facts = compute_facts(material, plan.units)
    return Planned(plan, facts, Gallery(material, kinship, facts, options.matrice_min_groupes))
