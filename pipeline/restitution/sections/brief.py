"""The short version, for the one field of the seed's form: one paragraph per direction, within a number of words."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.restitution.material import Group
from pipeline.restitution.nodes import Block, Node, Section, Sentence
from pipeline.restitution.sections.est import as_answer, told_lead
from pipeline.restitution.sections.nord import told_resource
from pipeline.restitution.sections.opening import gathered
from pipeline.restitution.sections.ouest import told_question_group
from pipeline.restitution.sections.sud import is_demand, told_demand
from pipeline.restitution.telling import Teller

LEADS = {
    "nord": "Ce qui existe et compte. ",
    "est": "Ce qui freine. ",
    "sud": "Ce que nous ferions ensemble. ",
    "ouest": "Ce que nous cherchons à comprendre. ",
}
AXES = tuple(LEADS)


def brief(teller: Teller, words_max: int) -> Section:
    """The essential in `words_max` words: each axis in turn gives its next group while there is room."""
    opening = _opening(teller)
    left = words_max - sum(block.n_words for block in opening)
    queues = {axis: _sentences(teller, axis) for axis in AXES}
    kept: dict[str, list[Sentence]] = {axis: [] for axis in AXES}
    while any(queues.values()):
        for axis in AXES:
            if not queues[axis]:
                continue
            sentence = queues[axis].pop(0)
            if sentence.n_words + (5 if not kept[axis] else 0) > left:
                queues[axis] = []
                continue
            left -= sentence.n_words + (5 if not kept[axis] else 0)
            kept[axis].append(sentence)
    paragraphs = [
        Block("paragraph", (_headed(kept[axis][0], LEADS[axis]), *kept[axis][1:])) for axis in AXES if kept[axis]
    ]
    return Section("essentiel", "L’essentiel", (*opening, *paragraphs))


def _opening(teller: Teller) -> list[Block]:
    return [Block("paragraph", block.sentences[:1]) for block in gathered(teller)[:1]]


def _headed(sentence: Sentence, lead: str) -> Sentence:
    return Sentence((Node("text", lead, strong=True), *sentence.nodes), sentence.sources)


def _sentences(teller: Teller, axis: str) -> list[Sentence]:
    groups = sorted(teller.material.groups_of(axis), key=lambda group: (-round(group.recurrence, 3), group.group_id))[
        :4
    ]
    if axis == "est":
        return [told_lead(teller, group) for group in groups]
    if axis == "sud":
        demands = [group for group in groups if is_demand(group)]
        ours = [group for group in groups if not is_demand(group)]
        listed = [_listed(teller, ours)] if ours else []
        return [*listed, *(told_demand(teller, group, 0)[0] for group in demands[:1])]
    tell = told_resource if axis == "nord" else told_question_group
    return [told[0] for group in groups if (told := tell(teller, group, 0))]


def _listed(teller: Teller, groups: Sequence[Group]) -> Sentence:
    nodes: list[Node] = []
    for index, group in enumerate(groups[:3]):
        nodes += [Node("text", "" if index == 0 else " ; "), as_answer(teller, group)]
    template = "Des pistes ont été proposées : {x}." if len(groups) > 1 else "Une piste a été proposée : {x}."
    return teller.say(template, [item.item_id for group in groups[:3] for item in group.members], x=nodes)
