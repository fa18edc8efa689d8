"""The second document, `paroles`: every idea in its own words, under the title of its group, with where it was said and
its votes; then what is left to read again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import filterfalse

from pipeline.axes import COMPASS_CODES, compass
from pipeline.contracts.draft import Block, Draft, Node, Section, Sentence, Shown, TextNode, WordsNode
from pipeline.contracts.labels import STANCE_NAMES, WORDS_TITLE
from pipeline.language.syntax.standing import LOST_MAX, judge
from pipeline.restitution.draft import finished
from pipeline.restitution.nodes import listed
from pipeline.restitution.prose.places import file_heading
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.quotes import may_quote, quote_node, report_node
from pipeline.restitution.quoting.spans import trimmed
from pipeline.restitution.quoting.standing import lead_of
from pipeline.restitution.sections.closing import to_read_again
from pipeline.restitution.sections.positions import closed_answers
from pipeline.stances.reading import read_stances
from pipeline.workshop.model import Group, Item, may_tell

ONCE, UNTITLED, OUTSIDE = "Dit une fois", "Sous aucun titre", "Hors de la rose"
MARKED = "À relire : la note dit le contraire"
UNHEARD = "Tables que la restitution ne fait pas entendre"
COUNTED = "Comptées dans la restitution :"
BESIDE = "Rangées ici, et non comptées dans la restitution :"


def write_words(telling: Telling, restitution: Draft) -> Draft:
    """Every idea that may be shown, as data that the writers of the restitution render too."""
    sections = [*(_axis(telling, axis) for axis in COMPASS_CODES), closed_answers(telling)]
    sections += [_outside(telling), _unheard(telling, restitution)]
    sections += [to_read_again(telling)]
    return finished(telling, [section for section in sections if section is not None], WORDS_TITLE)


def _axis(telling: Telling, axis: str) -> Section | None:
    """The groups of an axis, then what no group holds; a title that no person took heads nothing beside theirs."""
    is_titled = telling.material.has_titles
    own = [group for group in telling.material.groups.values() if group.axis == axis]
    headed = [group for group in own if not (is_titled and group.is_proposed)]
    blocks = [block for group in headed for block in _group(telling, group)]
    left = [item for group in own if group not in headed for item in group.members]
    left += [item for item in telling.material.signals if item.axis == axis]
    held = [item for group in headed if not group.is_counted for item in group.members]
    blocks += _beside(telling, left, held, is_first=not blocks)
    return Section(axis, compass()[axis].section, tuple(blocks), axis) if blocks else None


def _beside(telling: Telling, left: list[Item], titled: list[Item], is_first: bool) -> list[Block]:
    """What stands under no title, then what the mark of its row denies, be it under one; a heading where another is."""
    is_marked = telling.material.is_marked_otherwise
    alone = _list(telling, filterfalse(is_marked, left))
    marked = _list(telling, filter(is_marked, [*titled, *left]))
    if alone and (marked or not is_first):
        alone = [_heading(UNTITLED if telling.material.has_titles else ONCE), *alone]
    return [*alone, *([_heading(MARKED), *marked] if marked else [])]


def _heading(text: str) -> Block:
    return Block("heading", level=1, value=Shown(text=text))


def _group(telling: Telling, group: Group) -> list[Block]:
    """A group under its title: the ideas that the restitution counts, then the others."""
    unit = telling.plan.units.get(group.group_id)
    is_told = unit is not None and unit.is_counted and unit.reason in ("told", "named")
    counted = set(unit.members) if unit is not None and is_told else set[str]()
    is_marked = telling.material.is_marked_otherwise
    own = [item for item in group.members if group.is_counted or not is_marked(item)]
    inside = _list(telling, (item for item in own if item.item_id in counted))
    beside = _list(telling, (item for item in own if item.item_id not in counted))
    if inside and beside:
        inside, beside = [_lead(telling, COUNTED), *inside], [_lead(telling, BESIDE), *beside]
    if not inside and not beside:
        return []
    return [Block("heading", level=1, groups=(group.group_id,), value=Shown(text=group.title)), *inside, *beside]


def _lead(telling: Telling, text: str) -> Block:
    return Block("paragraph", (telling.say(text, ("elements.xlsx",)),))


def _list(telling: Telling, items: Iterable[Item]) -> list[Block]:
    sentences = tuple(one for item in items if (one := _idea(telling, item)) is not None)
    return [Block("list", sentences)] if sentences else []


def _idea(telling: Telling, item: Item) -> Sentence | None:
    """One idea, with who says it and where, its votes, and the side that it takes as its file or a person tells."""
    node = _words(item)
    if node is None:
        return None
    places = telling.places
    brackets = (places.voice_of(item), places.in_brackets(item), telling.votes_of(item))
    told: list[list[Node]] = [nodes for nodes in brackets if nodes]
    key, _, answer = telling.material.in_column(item)
    if answer:
        told.append([file_heading(telling.material.asked[key].about), TextNode(" : "), file_heading(answer)])
    elif item.stance in ("contre", "nuance") and _is_side_known(telling, item):
        about: list[Node] = [TextNode(" "), file_heading(item.stance_on)] if item.stance_on else []
        told.append([TextNode(STANCE_NAMES[item.stance]), *about])
    v = telling.in_brackets(listed(told, ", ", ", "))
    return telling.say("{before}{q}{v}.", (item.item_id,), before=_before(item), q=node, v=v)


def _is_side_known(telling: Telling, item: Item) -> bool:
    """Whether the side that an idea takes is its file's, a person's, or that of a group that people looked at; a
    machine's own reading of a group turns some round."""
    group = telling.group(item.group)
    return item.is_sided or (group.is_counted if group is not None else read_stances([item.text]) != [item.stance])


def _before(item: Item) -> list[Node]:
    """The words before an idea that has its subject there, or that goes on from them: « On ne doit plus entendre »."""
    lead = lead_of(item)
    if lead is None or (judge(item.text).lost <= LOST_MAX and _ENDED.search(item.source_text[slice(*lead)])):
        return []
    return [report_node(item, trimmed(item.source_text, lead)), TextNode(" → ")]


_ENDED = re.compile(r"[.!?…][»”\"]?\s*$")


def _words(item: Item) -> WordsNode | None:
    if not may_tell(item):
        return None
    span = trimmed(item.source_text, item.own)
    if may_quote(item):
        return quote_node(item, span, shows_cuts=False)
    return report_node(item, span)


def _outside(telling: Telling) -> Section | None:
    items = (item for item in telling.material.items.values() if item.axis not in COMPASS_CODES)
    blocks = _list(telling, items)
    return Section("hors_axe", OUTSIDE, tuple(blocks), is_annex=True) if blocks else None


def _unheard(telling: Telling, restitution: Draft) -> Section | None:
    """The tables of which the restitution tells nothing, neither in a count nor in their words."""
    material = telling.material
    told = {key for section in restitution.sections for sentence in section.sentences for key in sentence.sources}
    heard = {(material.items[key].workshop, material.items[key].table) for key in told if key in material.items}
    spoke = {(item.workshop, item.table): item for item in reversed(material.items.values()) if item.table}
    silent = [spoke[key] for key in material.tables if key in spoke and key not in heard]
    if not silent:
        return None
    names = listed([telling.places.table_of(item) for item in silent], ", ", ", ")
    words = telling.say("Rien de ce qui y a été dit n’est dans la restitution : {x}.", [silent[0].item_id], x=names)
    return Section("sans_voix", UNHEARD, (Block("paragraph", (words,)),), is_annex=True)
