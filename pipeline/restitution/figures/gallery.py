"""What is planned, counted and drawn of a material, from one reading of its subjects; its poster, a page of A3."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.config import RestitutionConfig
from pipeline.contracts.draft import Draft, Facts
from pipeline.contracts.plan import Plan
from pipeline.language.text.typography import NO_BREAK, capitalized, typeset
from pipeline.restitution.figures.canvas import SOFT, Par, draw_voted, moved, pdf, set_in, svg
from pipeline.restitution.figures.rose import Figure, Petal, draw_rose, key_of, petals_of, rose, subjects_of
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.material.quantifiers import mark_said
from pipeline.restitution.plan.build import VOTES, make_plan
from pipeline.workshop.model import Material


class Planned(NamedTuple):
    """What is said of a material, its numbers, its figures by name, and the petals of its rose, drawn only of what is
    told axis by axis."""

    plan: Plan
    facts: Facts
    figures: dict[str, Figure]
    petals: list[Petal]


def planned(material: Material, options: RestitutionConfig) -> Planned:
    """Plan a restitution, and count and draw what it tells."""
    kinship = Kinship(material)
    plan = make_plan(material, options.longueur, kinship)
    facts = compute_facts(material, plan.units)
    petals = petals_of(facts, subjects_of(material, kinship))
    return Planned(plan, facts, {"rose": rose(facts, petals)} if material.is_on_axes else {}, petals)


A3 = (1123, 1588)
A3_POINTS = (841.89, 1190.55)
EDGE = 56
ROSE = 690
"""Height of the rose."""
TOLD = ("Date", "Lieu", "Participation")
"""Fields of the header that a poster shows."""


def poster(draft: Draft, facts: Facts, petals: Sequence[Petal]) -> dict[str, bytes]:
    """affiche.svg and affiche.pdf: the rose, then what received most votes; nothing where no rose is drawn."""
    if "rose" not in draft.figures:
        return {}
    inner = A3[0] - 2 * EDGE
    told = " · ".join(field.value for field in draft.header if field.label in TOLD and field.value)
    head = set_in(inner, Par(draft.title, 36, bold=True), Par(told, 21, color=SOFT, before=8))
    foot = set_in(inner, Par(key_of(petals), 15, color=SOFT))
    voted_in, voted = most_voted(draft, facts)
    top = EDGE + head.height + 24
    tall = ROSE if voted else A3[1] - EDGE - top - foot.height - 10
    out = [head.at(EDGE, EDGE), moved(draw_rose(petals, inner, tall), EDGE, top), foot.at(EDGE, top + tall + 10)]
    top += tall + foot.height + 40
    if voted:
        name = set_in(inner, Par(f"{voted_in} par idée", 24, bold=True))
        body = draw_voted(voted, inner, A3[1] - EDGE - top - name.height - 14)
        out += [name.at(EDGE, top), moved(body, EDGE, top + name.height + 14)]
    alt = f"Affiche : {told}. {draft.figures['rose'].alt}"
    drawing = svg(*A3, draft.title, alt, "".join(out))
    return {"affiche.svg": drawing, "affiche.pdf": pdf(drawing, *A3_POINTS, draft.title)}


def most_voted(draft: Draft, facts: Facts) -> tuple[str, list[tuple[str, int, int]]]:
    """What the section of votes lists first, votes or else likes: their name, and, in its words and its order, each
    idea with those for it and those against."""
    by_mark: dict[tuple[str, ...], list[tuple[str, int, int]]] = {}
    sentences = [sentence for section in draft.sections if section.key == VOTES for sentence in section.sentences]
    for node in (one for sentence in sentences for one in sentence.words):
        given = [facts.get(f"{node.ref.item_id}.{name}") for name in ("votes", "votes_contre")]
        marks = [one.labels for one in given if one]
        if not marks:  # told beside what was voted, as its answer
            continue
        words = typeset(node.text)
        told = f"«{NO_BREAK}{words}{NO_BREAK}»" if node.kind == "quote" else capitalized(words)
        n_for, n_against = (one.n if one else 0 for one in given)
        by_mark.setdefault(marks[0], []).append((told, n_for, n_against))
    mark, found = next(iter(by_mark.items()), ((), []))
    return f"{capitalized(mark_said(mark))} reçues" if mark else "Votes reçus", found
