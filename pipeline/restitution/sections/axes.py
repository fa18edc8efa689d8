"""The four sections of the rose, each by theme in the order of the document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from pipeline.axes import compass
from pipeline.contracts.draft import Block, GivenNode, GivenRef, Node, Section, Shown, TextNode
from pipeline.language.syntax import sentence_forms
from pipeline.restitution.material.kinship import SAME_SHARE
from pipeline.restitution.material.model import Group
from pipeline.restitution.material.proposals import ANSWER_SHARE, Proposals
from pipeline.restitution.nodes import paragraph
from pipeline.restitution.prose.frames import Frame
from pipeline.restitution.prose.phrases import ways
from pipeline.restitution.prose.sayings import Part, Saying
from pipeline.restitution.prose.sequence import paragraphs
from pipeline.restitution.prose.stands_alone import is_clear
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.prose.titles import has_good_title
from pipeline.restitution.quoting.quotes import CUT, repeats
from pipeline.restitution.sections.est import beside, open_question, told_obstacle
from pipeline.restitution.sections.nord import told_resource
from pipeline.restitution.sections.ouest import is_gesture, told_thought
from pipeline.restitution.sections.singles import singles
from pipeline.restitution.sections.sud import (
    addressee,
    also_proposed,
    is_commitment,
    is_demand,
    may_join,
    short_place,
    told_action,
)

TITLES = {
    "nord": "Nord : ce qui existe et mérite d’être connu",
    "est": "Est : ce qui freine, et comment le traverser",
    "sud": "Sud : ce que nous ferons ensemble et mettons en commun",
    "ouest": "Ouest : faire culture commune",
}
QUOTES = {"essentiel": 1, "standard": 2, "complet": 4}
GROUPS_PER_THEME = {"essentiel": 1, "standard": 4, "complet": 1_000_000}
BESIDE = {"essentiel": 0, "standard": 2, "complet": 8}
OTHER_SUBJECTS = "Autres"
NAMED_MAX = 6
SINGLES_MAX = 5
FEW_GROUPS = 3
FLAT_MAX = 4
PROPOSALS_MAX = 500
N_UNANSWERED = 5
TELL: dict[str, Callable[[Telling, Group, int], list[Part]]] = {
    "nord": told_resource,
    "est": told_obstacle,
    "sud": told_action,
    "ouest": told_thought,
}
NAMED_FORMS = {
    "nord": (sentence_forms.NOUN, sentence_forms.FRAGMENT),
    "est": (sentence_forms.CLAUSE, sentence_forms.NOUN, sentence_forms.FRAGMENT),
    "sud": (sentence_forms.NOUN, sentence_forms.INFINITIVE),
    "ouest": (sentence_forms.QUESTION, sentence_forms.CLAUSE, sentence_forms.NOUN, sentence_forms.INFINITIVE),
}
"""What may stand in a list of things that exist, that hinder, to do, to think about."""


def axis_section(telling: Telling, axis: str, length: str) -> Section:
    """Everything that an axis holds, by theme; Sud keeps demands apart, Ouest keeps gestures apart."""
    groups = telling.material.groups_of(axis)
    blocks = [Block("motto", value=Shown(text=compass()[axis].motto))]
    if axis == "sud":
        blocks += by_theme(
            telling, [g for g in groups if not is_demand(telling, g) and not is_commitment(telling, g)], length
        )
        blocks += by_theme(telling, [g for g in groups if is_commitment(telling, g)], length, "Ce à quoi l’on s’engage")
        blocks += _demands(telling, [g for g in groups if is_demand(telling, g)], length)
    elif axis == "ouest":
        blocks += by_theme(telling, [g for g in groups if not is_gesture(g)], length)
        blocks += by_theme(telling, [g for g in groups if is_gesture(g)], length, "Des gestes de métier")
    else:
        blocks += by_theme(telling, groups, length)
    if axis == "est":
        blocks += _unanswered(telling, groups)
    if length != "essentiel" and sum(bool(block.groups) for block in blocks) < FEW_GROUPS:
        alone = paragraph(singles(telling, axis, SINGLES_MAX))
        if alone and any(block.kind == "heading" for block in blocks):
            blocks.append(Block("heading", level=1, value=Shown(text="Et aussi")))
        blocks += alone
    if len(blocks) == 1:
        blocks += paragraph([telling.say(ways(f"nothing.{axis}"), ("elements.xlsx",))])
    return Section(axis, axis_title(telling, axis), tuple(blocks), axis)


def axis_title(telling: Telling, axis: str) -> str:
    """The title of an axis; a culture is common only where two tables at least spoke."""
    return "Ouest : à explorer" if axis == "ouest" and telling.places.facts["tables"].n < 2 else TITLES[axis]


def by_theme(telling: Telling, groups: Sequence[Group], length: str, title: str = "") -> list[Block]:
    """Groups of one axis under the heading of each theme, after `title` when they are a part of their own."""
    if not groups:
        return []
    blocks = [Block("heading", level=1, value=Shown(text=title))] if title else []
    if title and len(groups) <= FLAT_MAX:
        return [*blocks, *told_blocks] if (told_blocks := _in_order(telling, groups, length)) else []
    for theme in telling.material.themes:
        of_theme = [group for group in groups if group.theme_id == theme.theme_id]
        told_blocks = told_groups(telling, of_theme, length) if of_theme else []
        if told_blocks:
            heading = Block("heading", level=2 if title else 1, theme=theme.theme_id, value=Shown(text=theme.title))
            blocks += [heading, *told_blocks]
    if len(blocks) <= bool(title):
        return []
    headings = [block for block in blocks if block.theme and block.kind == "heading"]
    is_vague = len(headings) == 1 and headings[0].value.text.startswith(OTHER_SUBJECTS)
    return [block for block in blocks if not (is_vague and block is headings[0])]


def _in_order(telling: Telling, groups: Sequence[Group], length: str) -> list[Block]:
    """A few groups of a part of their own, in the order of themes: a heading over each would say nothing."""
    order = {theme.theme_id: rank for rank, theme in enumerate(telling.material.themes)}
    ordered = sorted(groups, key=lambda group: order.get(group.theme_id, len(order)))
    return told_groups(telling, ordered, length)


def told_groups(telling: Telling, groups: Sequence[Group], length: str) -> list[Block]:
    """The first groups told in full, each in its paragraph, those of one saying together; a question ends Est."""
    axis, theme = groups[0].axis, groups[0].theme_id
    full: list[Group] = []
    named: list[Group] = []
    n_named = 0 if length == "essentiel" else NAMED_MAX
    blocks: list[Block] = []
    brief: list[tuple[Group, Part]] = []
    bare: list[Group] = []
    for group in sorted(groups, key=lambda group: not telling.kinship.is_shared(group)):
        parts = told(telling, group, QUOTES[length]) if len(full) < GROUPS_PER_THEME[length] else []
        if parts:
            full.append(group)
            if len(parts) == 1 and isinstance(parts[0], Saying):
                brief.append((group, parts[0]))
            elif len(parts) == 1 and may_join(telling, group):
                bare.append(group)
            else:
                blocks += paragraphs(telling, parts, [group.group_id], theme)
        elif len(named) < n_named and _is_worth_naming(telling, group):
            named.append(group)
    others = beside(telling, full, BESIDE[length]) if axis == "est" else []
    last = [*(part for _, part in brief), *others]
    blocks += paragraphs(telling, last, [group.group_id for group, _ in brief], theme, related=False)
    if bare:
        blocks += paragraph(
            [also_proposed(telling, bare, is_first=not blocks)], [group.group_id for group in bare], theme
        )
    if length == "essentiel":
        return blocks
    closing = [_named(telling, named)] if named else []
    closing += open_question(telling, full) if axis == "est" else []
    turn = telling.material.theme_ranks.get(theme, 0)
    last_frames = [replace(frame, turn=turn) for frame in closing]
    return [*blocks, *paragraphs(telling, last_frames, [group.group_id for group in named], "")]


def _is_worth_naming(telling: Telling, group: Group) -> bool:
    """Whether a group that is not told may be named: its title says something that was not told yet."""
    family = telling.kinship(group)
    if not family or not has_good_title(group):
        return False
    if any(item.item_id in telling.memory.told for item in family) or repeats(group.title, telling.memory.heard):
        return False
    form = telling.titles.lexicon.phrase(group.title).form  # a parse: asked last
    return form in NAMED_FORMS[group.axis] and CUT not in telling.titles.named(group).text and is_clear(group.title)


def _named(telling: Telling, groups: Sequence[Group]) -> Frame:
    """Several groups in one sentence, each with its place."""
    sources = [item.item_id for group in groups for item in group.members]
    nodes: list[Node] = []
    for rank, group in enumerate(groups):
        place = short_place(telling, group)
        nodes += [TextNode(" ; " if rank else ""), telling.titles.named(group)]
        nodes += [TextNode(" ("), *place, TextNode(")")] if place else []
    templates = ways(f"{'others' if len(groups) > 1 else 'one_more'}.{groups[0].axis}")
    return telling.tell(templates, sources, x=nodes)


def told(telling: Telling, group: Group, n_quotes: int) -> list[Part]:
    """What is told of a group: the author's own sentences when she wrote them, else ours."""
    if group.author_text:
        words = GivenNode(group.author_text, GivenRef("author_text", group.group_id))
        return [telling.tell("{x}", [item.item_id for item in group.members], x=words)]
    return TELL[group.axis](telling, group, n_quotes)


def _demands(telling: Telling, groups: Sequence[Group], length: str) -> list[Block]:
    """What is asked, by whom it is asked of."""
    if not groups:
        return []
    blocks = [Block("heading", level=1, value=Shown(text="Ce que nous demandons, et à qui"))]
    by_name: dict[str, list[Group]] = {}
    for group in groups:
        by_name.setdefault(addressee(telling.kinship(group), group.title), []).append(group)
    for name, asked in sorted(by_name.items(), key=lambda pair: pair[0] == ""):
        title = f"{name[0].upper()}{name[1:]}" if name else "Sans destinataire nommé"
        told_blocks = told_groups(telling, asked, length)
        if told_blocks:
            blocks += [Block("heading", level=2, value=Shown(text=title)), *told_blocks]
    return blocks if len(blocks) > 1 else []


def _unanswered(telling: Telling, groups: Sequence[Group]) -> list[Block]:
    """Obstacles that nothing said in the workshop answers, named so that they are not forgotten.

    One that a proposal or a resource speaks of is left out: it may be an answer that no link has found.
    """
    if not telling.material.answers:
        return []
    proposed = [item for item in telling.material.items.values() if item.axis in ("sud", "nord")]
    share = ANSWER_SHARE if len(proposed) <= PROPOSALS_MAX else SAME_SHARE  # among many, one word says little
    proposals = Proposals(telling.kinship, proposed)
    waiting = (
        group
        for group in groups
        if not telling.material.answers.get(group.group_id)
        and telling.kinship(group)
        and has_good_title(group)
        and not proposals.may_answer(group, share)
    )
    alone = list(islice(waiting, N_UNANSWERED))
    if not alone:
        return []
    sources = [item.item_id for group in alone for item in group.members]
    opening = "À ces difficultés" if len(alone) > 1 else "À cette difficulté"
    template = f"{opening}, nous n’avons pas trouvé de réponse dans ce qui a été dit : {{x}}."
    heading = Block("heading", level=1, value=Shown(text="Ce qui attend encore une réponse"))
    return [heading, *paragraph([telling.say(template, sources, x=telling.titles.named_list(alone))])]
