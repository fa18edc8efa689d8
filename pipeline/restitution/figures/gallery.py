"""All the pictures of a restitution, from one reading of its subjects and of its links; its poster, one page of A3."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from pipeline.config import RestitutionConfig
from pipeline.contracts.draft import Draft, FactNode, WordsNode
from pipeline.contracts.facts import Facts
from pipeline.contracts.plan import Plan
from pipeline.language.text.typography import NO_BREAK, capitalized, typeset
from pipeline.restitution.figures.canvas import (
    SOFT,
    Bar,
    Link,
    Par,
    draw_bars,
    draw_links,
    draw_voted,
    moved,
    pdf,
    set_in,
    svg,
)
from pipeline.restitution.figures.crossings import answered, bars_of, crossings, links_of
from pipeline.restitution.figures.figure import Figure, subjects_of
from pipeline.restitution.figures.rose import Petal, draw_rose, key_of, petals_of, rose
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.plan.build import VOTES, make_plan
from pipeline.workshop.model import Material


class Gallery:
    """The figures of a workshop, by name, and its poster.

    Attributes
    ----------
    others : names of the figures beside the rose.
    """

    def __init__(self, material: Material, kinship: Kinship, facts: Facts, matrix_min: int) -> None:
        self._facts = facts
        subjects = subjects_of(material, kinship)
        here = [subject for subject in subjects if material.is_home(subject.group)]  # a title is on one petal
        self._petals = petals_of(facts, here)
        counted = [subject for subject in subjects if subject.group.is_counted]
        self._links, self._bars = links_of(answered(material, kinship)), bars_of(material, counted)
        others = crossings(material, kinship, counted, matrix_min)
        self.others = tuple(others)
        self.figures: dict[str, Figure] = {"rose": rose(facts, here), **others}

    def poster(self, draft: Draft) -> dict[str, bytes]:
        """affiche.svg and affiche.pdf, from the draft and the same numbers."""
        return poster(draft, self._facts, self._petals, self._links, self._bars)


class Planned(NamedTuple):
    """What is said of a material, its numbers, and its figures."""

    plan: Plan
    facts: Facts
    gallery: Gallery


def planned(material: Material, options: RestitutionConfig) -> Planned:
    """Plan a restitution, and count and draw what it tells."""
    kinship = Kinship(material)
    plan = make_plan(material, lambda key: options.longueurs.get(key, options.longueur), kinship)
    facts = compute_facts(material, plan.units)
    return Planned(plan, facts, Gallery(material, kinship, facts, options.matrice_min_groupes))


A3 = (1123, 1588)
A3_POINTS = (841.89, 1190.55)
EDGE = 56
ROSE = 690
"""Height of the rose."""
TOLD = ("Date", "Lieu", "Participation")
"""Fields of the header that a poster shows."""


def poster(
    draft: Draft, facts: Facts, petals: Sequence[Petal], links: Sequence[Link], bars: Sequence[Bar]
) -> dict[str, bytes]:
    """affiche.svg and affiche.pdf; bars of contributions where it has neither links nor votes."""
    inner = A3[0] - 2 * EDGE
    told = " · ".join(field.value for field in draft.header if field.label in TOLD and field.value)
    head = set_in(inner, Par(draft.title, 36, bold=True), Par(told, 21, color=SOFT, before=8))
    foot = set_in(inner, Par(key_of(petals), 15, color=SOFT))
    top = EDGE + head.height + 24
    out = [head.at(EDGE, EDGE), moved(draw_rose(petals, inner, ROSE), EDGE, top), foot.at(EDGE, top + ROSE + 10)]
    top += ROSE + foot.height + 40
    parts = _parts(links, most_voted(draft, facts), bars)
    wide = (inner,) if len(parts) == 1 else (inner * 0.62, inner * 0.34)
    for rank, (title, draw) in enumerate(parts):
        x = EDGE if rank == 0 else A3[0] - EDGE - wide[rank]
        name = set_in(wide[rank], Par(title, 24, bold=True))
        body = draw(wide[rank], A3[1] - EDGE - top - name.height - 14)
        out += [name.at(x, top), moved(body, x, top + name.height + 14)]
    alt = f"Affiche : {told}. {draft.figures['rose'].alt}"
    drawing = svg(*A3, draft.title, alt, "".join(out))
    return {"affiche.svg": drawing, "affiche.pdf": pdf(drawing, *A3_POINTS, draft.title)}


def _parts(
    links: Sequence[Link], voted: Sequence[tuple[str, int]], bars: Sequence[Bar]
) -> list[tuple[str, Callable[[float, float], str]]]:
    """What stands under the rose, each with its title."""
    parts: list[tuple[str, Callable[[float, float], str]]] = []
    if links:
        parts.append(("Obstacles et ce qui y répond", partial(draw_links, links)))
    if voted:
        parts.append(("Votes reçus par idée", partial(draw_voted, voted)))
    if not parts and bars:
        parts.append(("Ce qui rassemble le plus de contributions", partial(draw_bars, bars)))
    return parts


def most_voted(draft: Draft, facts: Facts) -> list[tuple[str, int]]:
    """What the section of votes lists, in its words and its order, with the votes for each; those against after its
    words."""
    found: list[tuple[str, int]] = []
    for sentence in (one for section in draft.sections if section.key == VOTES for one in section.sentences):
        node = next((one for one in sentence.nodes if isinstance(one, WordsNode)), None)
        names = [one.ref.fact for one in sentence.nodes if isinstance(one, FactNode)]
        if node is None:
            continue
        words = typeset(node.text)
        told = f"«{NO_BREAK}{words}{NO_BREAK}»" if node.kind == "quote" else capitalized(words)
        against = "".join(f" ({facts[name].n} contre)" for name in names if name.endswith(".votes_contre"))
        found.append((f"{told}{against}", sum(facts[name].n for name in names if name.endswith(".votes"))))
    return found
