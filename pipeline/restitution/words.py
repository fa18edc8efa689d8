"""The second document, `paroles`: every idea in its own words, under its title, with where it was said and its votes;
then what is left to read again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.draft import Block, Draft, Node, Section, Sentence, Shown, TextNode, WordsNode
from pipeline.contracts.labels import STANCE_NAMES, WORDS_TITLE
from pipeline.contracts.plan import TITLES
from pipeline.language.syntax.standing import LOST_MAX, judge
from pipeline.language.text.typography import capitalized
from pipeline.restitution.draft import finished
from pipeline.restitution.material.quantifiers import place_noun
from pipeline.restitution.nodes import listed
from pipeline.restitution.prose.places import file_heading
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.quotes import may_quote, quote_node, report_node
from pipeline.restitution.quoting.spans import trimmed
from pipeline.restitution.quoting.standing import lead_of
from pipeline.restitution.sections.closing import to_read_again
from pipeline.restitution.sections.positions import closed_answers
from pipeline.restitution.sections.titled import section_of
from pipeline.stances.reading import read_stances
from pipeline.workshop.model import Group, Item, Material, may_tell

TITLED, OTHER_TITLES, UNTITLED = "Sous les titres", "Autres titres", "Sous aucun titre"
OUTSIDE, OF_NO_KIND = "Hors de la rose", "Ni frein, ni ressource, ni piste, ni question"
"""What is surely of no axis, where titles are told axis by axis and where they are not."""
MARKED = "À relire, la note dit le contraire :"
UNHEARD = "{} que la restitution ne fait pas entendre"
COUNTED = "Comptées dans la restitution :"
BESIDE = "Rangées ici, et non comptées dans la restitution :"
OUTSIDE_MIN = 0.75
"""Confidence from which an idea is surely of no axis: all such are, of 380 that two readers read."""


def write_words(telling: Telling, restitution: Draft) -> Draft:
    """Every idea that may be shown, as data that the writers of the restitution render too."""
    sections = [*_titled(telling), _untitled(telling), closed_answers(telling)]
    sections += [_outside(telling), _unheard(telling, restitution)]
    sections += [to_read_again(telling)]
    return finished(telling, [section for section in sections if section is not None], WORDS_TITLE)


def _titled(telling: Telling) -> Iterator[Section]:
    """The titles in the order of the restitution: in a person's rubrics, on the axis that a person gives them or
    accepted, else on none, which a machine alone reads amiss too often; proposals where people took no title."""
    material = telling.material
    others, are_told = _unplanned(telling), False
    for key, entries in telling.plan.axes.items():
        titles = [[material.groups[one] for one in entry.units] for entry in entries if entry.units]
        own = [one for one in titles if key not in COMPASS_CODES or _is_on_axis(material, one[0])]
        others += [one for one in titles if one not in own]
        if blocks := _blocks(telling, own, key in COMPASS_CODES):
            are_told = True
            title = TITLED if key == TITLES and not material.rubrics else section_of(telling, key).title
            yield Section(key, title, blocks, key if key in COMPASS_CODES else "")
    if blocks := _blocks(telling, others):
        yield Section("autres_titres", OTHER_TITLES if are_told else TITLED, blocks)


def _unplanned(telling: Telling) -> list[list[Group]]:
    """The groups that the restitution does not tell: proposals where people took no title, and those that wait."""
    material = telling.material
    planned = {key for entries in telling.plan.axes.values() for entry in entries for key in entry.units}
    left = (one for one in material.groups.values() if one.group_id not in planned)
    return [[one] for one in left if not (material.has_titles and one.is_proposed)]


def _is_on_axis(material: Material, group: Group) -> bool:
    """Whether a person says of which axis a group is: she gave its title one, or accepted the group where it was."""
    given = material.axes_given.get(group.title)
    return bool(given) if given is not None else group.is_trusted


def _untitled(telling: Telling) -> Section | None:
    """What stands under no title, but what is surely of no axis."""
    material = telling.material
    left = (one for one in material.items.values() if not (_is_outside(one) or _is_titled(material, one)))
    blocks = _list(telling, left)
    return Section("sans_titre", UNTITLED, tuple(blocks)) if blocks else None


def _is_titled(material: Material, item: Item) -> bool:
    group = material.groups.get(item.group)
    return group is not None and not (material.has_titles and group.is_proposed)


def _is_outside(item: Item) -> bool:
    return item.axis not in COMPASS_CODES and item.confidence >= OUTSIDE_MIN


def _blocks(telling: Telling, titles: Iterable[Sequence[Group]], is_on_axis: bool = False) -> tuple[Block, ...]:
    """Titles with their ideas; on an axis, those that the mark of their row denies apart."""
    return tuple(block for groups in titles for block in _title(telling, groups, is_on_axis))


def _title(telling: Telling, groups: Sequence[Group], is_on_axis: bool) -> Iterator[Block]:
    """A title with the ideas that the restitution counts, then the others."""
    counted = {key for group in groups for key in _counted(telling, group)}
    may_deny = is_on_axis and not groups[0].is_counted
    found: dict[str, list[Item]] = {COUNTED: [], BESIDE: [], MARKED: []}
    for item in (item for group in groups for item in group.members):
        is_denied = may_deny and telling.material.is_marked_otherwise(item)
        found[MARKED if is_denied else COUNTED if item.item_id in counted else BESIDE].append(item)
    told = {lead: blocks for lead, items in found.items() if (blocks := _list(telling, items))}
    if told:
        yield Block("heading", level=1, groups=(groups[0].group_id,), value=Shown(text=groups[0].title))
    for lead, blocks in told.items():
        if len(told) > 1 or lead == MARKED:
            yield _lead(telling, lead)
        yield from blocks


def _counted(telling: Telling, group: Group) -> tuple[str, ...]:
    unit = telling.plan.units.get(group.group_id)
    return unit.members if unit is not None and unit.is_counted and unit.reason in ("told", "named") else ()


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
    blocks = _list(telling, filter(_is_outside, telling.material.items.values()))
    title = OUTSIDE if telling.material.is_on_axes else OF_NO_KIND
    return Section("hors_axe", title, tuple(blocks), is_annex=True) if blocks else None


def _unheard(telling: Telling, restitution: Draft) -> Section | None:
    """The tables of which the restitution tells no words, its own or those of a sentence that is written from them, in
    reading order: a count makes nobody heard."""
    material = telling.material
    sentences = chain.from_iterable(section.sentences for section in restitution.sections)
    told = chain.from_iterable(
        one.sources if one.rewritten or one.role == "author" else one.quoted_items for one in sentences
    )
    heard = {(one.workshop, one.table) for key in told if (one := material.items.get(key)) is not None}
    spoke: dict[tuple[str, str], Item] = {}
    for item in material.items.values():
        spoke.setdefault((item.workshop, item.table), item)
    silent = [one for key, one in spoke.items() if key in material.tables and key not in heard]
    if not silent or telling.places.facts["tables"].n < 2:
        return None
    names = listed([telling.places.table_of(item) for item in silent], " ; ", " ; ")
    words = telling.say("Aucune parole n’en est citée dans la restitution : {x}.", [silent[0].item_id], x=names)
    called = f"{capitalized(place_noun(telling.places.facts['tables'].labels).singular)}s"
    return Section("sans_voix", UNHEARD.format(called), (Block("paragraph", (words,)),), is_annex=True)
