"""The four sections of the rose, each by theme in the order of the document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from pipeline.axes import compass
from pipeline.contracts.draft import Block, Section, Shown
from pipeline.restitution.material.kinship import SAME_SHARE
from pipeline.restitution.material.model import Group
from pipeline.restitution.material.proposals import ANSWER_SHARE, Proposals
from pipeline.restitution.nodes import paragraph
from pipeline.restitution.prose.phrases import ways
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.prose.titles import has_good_title
from pipeline.restitution.sections.groups import told_groups
from pipeline.restitution.sections.ouest import is_gesture
from pipeline.restitution.sections.singles import singles
from pipeline.restitution.sections.sud import addressee, kind_of

TITLES = {
    "nord": "Nord : ce qui existe et mérite d’être connu",
    "est": "Est : ce qui freine, et comment le traverser",
    "sud": "Sud : ce que nous ferons ensemble et mettons en commun",
    "ouest": "Ouest : faire culture commune",
}
OTHER_SUBJECTS = "Autres"
SINGLES_MAX = 5
FEW_GROUPS = 3
FLAT_MAX = 4
PROPOSALS_MAX = 500
N_UNANSWERED = 5


def axis_section(telling: Telling, axis: str, length: str) -> Section:
    """Everything that an axis holds, by theme; Sud keeps demands apart, Ouest keeps gestures apart."""
    groups = telling.material.groups_of(axis)
    blocks = [Block("motto", value=Shown(text=compass()[axis].motto)), *_PARTS[axis](telling, groups, length)]
    if length != "essentiel" and sum(bool(block.groups) for block in blocks) < FEW_GROUPS:
        blocks += _alone(telling, axis, is_headed=any(block.kind == "heading" for block in blocks))
    if len(blocks) == 1:
        blocks += paragraph([telling.say(ways(f"nothing.{axis}"), ("elements.xlsx",))])
    return Section(axis, axis_title(telling, axis), tuple(blocks), axis)


def _nord(telling: Telling, groups: Sequence[Group], length: str) -> list[Block]:
    return by_theme(telling, groups, length)


def _est(telling: Telling, groups: Sequence[Group], length: str) -> list[Block]:
    return [*by_theme(telling, groups, length), *_unanswered(telling, groups)]


def _sud(telling: Telling, groups: Sequence[Group], length: str) -> list[Block]:
    by_kind: dict[str, list[Group]] = {"action": [], "commitment": [], "demand": []}
    for group in groups:
        by_kind[kind_of(telling, group)].append(group)
    return [
        *by_theme(telling, by_kind["action"], length),
        *by_theme(telling, by_kind["commitment"], length, "Ce à quoi l’on s’engage"),
        *_demands(telling, by_kind["demand"], length),
    ]


def _ouest(telling: Telling, groups: Sequence[Group], length: str) -> list[Block]:
    return [
        *by_theme(telling, [group for group in groups if not is_gesture(group)], length),
        *by_theme(telling, [group for group in groups if is_gesture(group)], length, "Des gestes de métier"),
    ]


_PARTS = {"nord": _nord, "est": _est, "sud": _sud, "ouest": _ouest}


def _alone(telling: Telling, axis: str, is_headed: bool) -> list[Block]:
    """What was said once, where little comes back; under a heading of its own when the rest has some."""
    found = paragraph(singles(telling, axis, SINGLES_MAX))
    heading = Block("heading", level=1, value=Shown(text="Et aussi"))
    return [heading, *found] if found and is_headed else found


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
