"""The groups of one theme: those told in full, those of one saying together, those that are only named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.contracts.draft import Block, GivenNode, GivenRef, Node, TextNode
from pipeline.language.syntax import sentence_forms
from pipeline.restitution.material.model import Group
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
from pipeline.restitution.sections.ouest import told_thought
from pipeline.restitution.sections.sud import also_proposed, may_join, short_place, told_action

QUOTES = {"essentiel": 1, "standard": 2, "complet": 4}
GROUPS_PER_THEME = {"essentiel": 1, "standard": 4, "complet": 1_000_000}
BESIDE = {"essentiel": 0, "standard": 2, "complet": 8}
NAMED_MAX = 6
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


@dataclass
class _Sorted:
    """The groups of a theme by how they are told, and the blocks of those that have a paragraph."""

    blocks: list[Block] = field(default_factory=list)
    full: list[Group] = field(default_factory=list)
    brief: list[tuple[Group, Saying]] = field(default_factory=list)
    bare: list[Group] = field(default_factory=list)
    named: list[Group] = field(default_factory=list)


def told_groups(telling: Telling, groups: Sequence[Group], length: str) -> list[Block]:
    """The first groups told in full, each in its paragraph, those of one saying together; a question ends Est."""
    axis, theme = groups[0].axis, groups[0].theme_id
    found = _sort(telling, groups, length)
    blocks = found.blocks
    others = beside(telling, found.full, BESIDE[length]) if axis == "est" else []
    last = [*(saying for _, saying in found.brief), *others]
    blocks += paragraphs(telling, last, [group.group_id for group, _ in found.brief], theme, related=False)
    if found.bare:
        also = also_proposed(telling, found.bare, is_first=not blocks)
        blocks += paragraph([also], [group.group_id for group in found.bare], theme)
    if length == "essentiel":
        return blocks
    closing = [_named(telling, found.named)] if found.named else []
    closing += open_question(telling, found.full) if axis == "est" else []
    turn = telling.material.theme_ranks.get(theme, 0)
    frames = [replace(frame, turn=turn) for frame in closing]
    return [*blocks, *paragraphs(telling, frames, [group.group_id for group in found.named], "")]


def _sort(telling: Telling, groups: Sequence[Group], length: str) -> _Sorted:
    """Those that several places share first."""
    found = _Sorted()
    theme = groups[0].theme_id
    n_named = 0 if length == "essentiel" else NAMED_MAX
    for group in sorted(groups, key=lambda group: not telling.kinship.is_shared(group)):
        parts = told(telling, group, QUOTES[length]) if len(found.full) < GROUPS_PER_THEME[length] else []
        if not parts:
            if len(found.named) < n_named and _is_worth_naming(telling, group):
                found.named.append(group)
            continue
        found.full.append(group)
        if len(parts) == 1 and isinstance(parts[0], Saying):
            found.brief.append((group, parts[0]))
        elif len(parts) == 1 and may_join(telling, group):
            found.bare.append(group)
        else:
            found.blocks += paragraphs(telling, parts, [group.group_id], theme)
    return found


def _is_worth_naming(telling: Telling, group: Group) -> bool:
    """Whether a group that is not told may be named: its title says something that was not told yet."""
    family = telling.kinship(group)
    if not family or not has_good_title(group):
        return False
    if any(item.item_id in telling.memory.told for item in family) or repeats(group.title, telling.memory.heard):
        return False
    form = telling.titles.lexicon.phrase(group.title).kind  # a parse: asked last
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
