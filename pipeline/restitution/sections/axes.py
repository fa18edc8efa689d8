"""The four sections of the rose, each by theme in the order of the document."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.axes import compass
from pipeline.restitution.material import Group
from pipeline.restitution.nodes import Block, Node, Section, Sentence
from pipeline.restitution.sections.est import as_answer, told_obstacle
from pipeline.restitution.sections.nord import told_resource
from pipeline.restitution.sections.ouest import is_gesture, told_question_group
from pipeline.restitution.sections.sud import is_commitment, is_demand, told_action, told_demand
from pipeline.restitution.telling import Teller, paragraph

TITLES = {
    "nord": "Nord : ce qui existe et mérite d’être connu",
    "est": "Est : ce qui freine, et comment le traverser",
    "sud": "Sud : ce que nous ferons ensemble",
    "ouest": "Ouest : ce que nous pensons à plusieurs",
}
QUOTES = {"essentiel": 0, "standard": 2, "complet": 4}
GROUPS_PER_THEME = {"essentiel": 1, "standard": 4, "complet": 1_000_000}
Tell = Callable[[Teller, Group, int], list[Sentence]]
TELL: dict[str, Tell] = {
    "nord": told_resource,
    "est": told_obstacle,
    "sud": lambda teller, group, n: (told_demand if is_demand(group) else told_action)(teller, group, n),
    "ouest": told_question_group,
}


def axis_section(teller: Teller, axis: str, length: str) -> Section:
    """Everything that an axis holds, by theme; Sud keeps demands apart, Ouest keeps gestures apart."""
    groups = teller.material.groups_of(axis)
    blocks = [Block("motto", value={"text": compass()[axis].motto})]
    if axis == "sud":
        ours = [group for group in groups if not is_demand(group) and not is_commitment(group)]
        blocks += _part(teller, ours, axis, length, "")
        blocks += _part(
            teller, [g for g in groups if is_commitment(g) and not is_demand(g)], axis, length, "Des engagements pris"
        )
        blocks += _part(teller, [g for g in groups if is_demand(g)], axis, length, "Ce que nous demandons, et à qui")
    elif axis == "ouest":
        blocks += _part(teller, [group for group in groups if not is_gesture(group)], axis, length, "")
        blocks += _part(teller, [group for group in groups if is_gesture(group)], axis, length, "Des gestes de métier")
    else:
        blocks += _part(teller, groups, axis, length, "")
    if axis == "est":
        blocks += _unanswered(teller, groups)
    if not groups:
        blocks += paragraph([_nothing(teller, axis)])
    return Section(axis, _title(teller, axis), tuple(blocks), axis)


def _title(teller: Teller, axis: str) -> str:
    if axis == "ouest" and teller.facts["tables"]["value"] < 2:
        return "Ouest : à explorer"
    return TITLES[axis]


def _nothing(teller: Teller, axis: str) -> Sentence:
    words = {
        "nord": "Rien de ce qui a été recueilli ne revient assez pour être raconté ici.",
        "est": "Aucun obstacle ne revient assez pour être raconté ici.",
        "sud": "Aucune proposition ne revient assez pour être racontée ici.",
        "ouest": "Aucune question ne revient assez pour être racontée ici.",
    }
    return teller.say(words[axis], ("elements.xlsx",))


def _part(teller: Teller, groups: Sequence[Group], axis: str, length: str, title: str) -> list[Block]:
    """The groups of one part of an axis, under the heading of each theme."""
    if not groups:
        return []
    blocks = [Block("heading", level=1, value={"text": title})] if title else []
    level = 2 if title else 1
    for theme in teller.material.themes:
        of_theme = [group for group in groups if group.theme_id == theme.theme_id]
        if of_theme:
            blocks.append(Block("heading", level=level, theme=theme.theme_id, value={"text": theme.title}))
            blocks += told_groups(teller, of_theme, axis, length)
    return blocks


def told_groups(teller: Teller, groups: Sequence[Group], axis: str, length: str) -> list[Block]:
    """The first groups told in full, each in its paragraph, the others named in one sentence."""
    full = list(groups[: GROUPS_PER_THEME[length]])
    blocks: list[Block] = []
    for group in full:
        if group.author_text:
            words = Node("given", group.author_text, {"group_id": group.group_id, "field": "author_text"})
            sentences = [teller.say("{x}", [item.item_id for item in group.members], x=words)]
        else:
            sentences = TELL[axis](teller, group, QUOTES[length])
        blocks += paragraph(sentences, [group.group_id], group.theme_id)
    rest = groups[len(full) :]
    if rest and length != "essentiel":
        blocks += paragraph([_named(teller, rest[:6], axis)], [group.group_id for group in rest[:6]])
    return blocks


def _named(teller: Teller, groups: Sequence[Group], axis: str) -> Sentence:
    nodes: list[Node] = []
    for index, group in enumerate(groups):
        nodes += [Node("text", "" if index == 0 else " ; "), as_answer(teller, group)]
    template = {
        "nord": "On a aussi nommé : {x}.",
        "est": "On a aussi relevé : {x}.",
        "sud": "D’autres idées ont été avancées : {x}.",
        "ouest": "On a aussi évoqué : {x}.",
    }[axis]
    return teller.say(template, [item.item_id for group in groups for item in group.members], x=nodes)


def _unanswered(teller: Teller, groups: Sequence[Group]) -> list[Block]:
    """Obstacles that nothing said in the workshop answers, named so that they are not forgotten."""
    alone = [group for group in groups if not teller.material.answers.get(group.group_id)][:5]
    if not alone or not teller.material.answers:
        return []
    nodes: list[Node] = []
    for index, group in enumerate(alone):
        nodes += [Node("text", "" if index == 0 else " ; "), as_answer(teller, group)]
    sources = [item.item_id for group in alone for item in group.members]
    template = "Dans ce qui a été recueilli, aucune piste ne répond encore à ceci : {x}."
    return [
        Block("heading", level=1, value={"text": "Ce qui attend encore une réponse"}),
        *paragraph([teller.say(template, sources, x=nodes)]),
    ]
