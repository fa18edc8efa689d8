"""The sections that the plan makes: the essential in prose, and each axis, group by group under their titles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.axes import compass
from pipeline.contracts.draft import Block, NamedNode, NamedRef, Node, Section, Sentence, Shown
from pipeline.contracts.plan import SectionPlan, Statement
from pipeline.restitution.nodes import listed
from pipeline.restitution.prose.telling import Telling, ways
from pipeline.restitution.sections.closing import invitation, written
from pipeline.workshop.model import Item

TITLES = {
    "nord": "Nord : ce qui existe et mérite d’être connu",
    "est": "Est : ce qui freine, et comment le traverser",
    "sud": "Sud : ce que nous ferons ensemble et mettons en commun",
    "ouest": "Ouest : faire culture commune",
}
PROPOSED = "Titres proposés par la machine, à relire : personne ne les a encore pris."
"""What stands above the first group of an axis whose title is a proposal, when people gave titles."""
_CONTRASTS = {"est": "nord", "sud": "est", "ouest": "sud"}
"""The axis after which another one is told by contrast, or as what goes on from it."""


def axis_section(telling: Telling, plan: SectionPlan) -> Section:
    """Everything that an axis tells: a heading and a paragraph for each group, then what no group tells."""
    blocks = [Block("motto", value=Shown(text=compass()[plan.axis].motto))]
    is_told = not any(group.is_titled for group in telling.material.groups.values())
    for paragraph in plan.paragraphs:
        group = telling.group(paragraph.unit)
        groups = (paragraph.unit,) if paragraph.unit else ()
        if group is not None and group.is_proposed and not is_told:
            is_told = True
            blocks.append(Block("motto", value=Shown(text=PROPOSED)))
        if group is not None:
            blocks.append(Block("heading", level=1, groups=groups, value=Shown(text=group.title)))
        sentences = [write(telling, statement) for statement in paragraph.statements]
        while sentences and sentences[0].role == "place":  # each place has its paragraph
            blocks.append(Block("paragraph", (sentences.pop(0),)))
        if sentences:
            blocks.append(Block("paragraph", tuple(sentences), groups=groups))
    if len(blocks) == 1:
        blocks.append(Block("paragraph", (telling.say(ways("nothing.any"), ("elements.xlsx",)),)))
    return Section(plan.key, axis_title(telling, plan.axis), tuple(blocks), plan.axis)


def axis_title(telling: Telling, axis: str) -> str:
    """The title of an axis; a culture is common only where two tables at least spoke."""
    return "Ouest : à explorer" if axis == "ouest" and telling.places.facts["tables"].n < 2 else TITLES[axis]


def essential_section(telling: Telling, plan: SectionPlan, opening: Sequence[Block], words_max: int) -> Section:
    """The essential, in prose and in `words_max` words: who spoke, then what weighs on each axis, and against what."""
    by_hand = written(telling, plan.key)
    if by_hand is not None:
        return replace(by_hand, blocks=(*by_hand.blocks, *invitation(telling)))
    told: list[Sentence] = [*(one for block in opening[:1] for one in block.sentences[:1])]
    last = ""
    for paragraph in plan.paragraphs:
        told += [replace(_essential(telling, one, last), role=one.kind) for one in paragraph.statements]
        last = paragraph.statements[0].axis
    while sum(one.n_words for one in told) > words_max and len(told) > 2:
        told.pop()
    blocks = [Block("paragraph", tuple(told))] if told else []
    return Section("essentiel", "L’essentiel", (*blocks, *invitation(telling)))


def _essential(telling: Telling, statement: Statement, last: str) -> Sentence:
    if statement.kind == "weighs":
        is_counted = all(telling.unit(key).is_counted for key in statement.units)
        kind = "weighs.but" if last and _CONTRASTS.get(statement.axis) == last else "weighs"
        kind = kind if is_counted else "weighs.uncounted"
        pieces = telling.named(statement.units)
        templates = ways(f"{kind}.{statement.axis}")
        template = templates[min(len(templates), 2) - 1 if len(pieces) == 1 else 0]
        return telling.say(template, statement.items, l=listed(pieces, " ; "))
    if statement.kind == "disputed":
        names = [telling.titles.named(telling.material.groups[key]) for key in statement.units]
        return telling.say(ways("disputed.any"), statement.items, l=listed(names))
    return telling.say(ways(f"first.{statement.axis}"), statement.items, q=listed(_with_votes(telling, statement)))


def write(telling: Telling, statement: Statement) -> Sentence:
    """The sentence of a statement."""
    return replace(_WRITERS[statement.kind](telling, statement), role=statement.kind)


def _author(telling: Telling, statement: Statement) -> Sentence:
    group = telling.material.groups[statement.units[0]]
    words = NamedNode("given", group.author_text, NamedRef("author_text", group.group_id))
    return telling.say("{x}", statement.items, x=words)


def _spread(telling: Telling, statement: Statement) -> Sentence:
    """How widely the title above is said, with its votes, and what it covers after a colon."""
    unit, group = telling.unit(statement.units[0]), telling.material.groups[statement.units[0]]
    who, is_plural = telling.places.who(unit)
    form = telling.titles.form(group).partition("_")[0] if "?" not in group.title[:-1] else "claim"
    where = "refusal" if group.is_refusal else f"{statement.axis}.{form}"
    templates = ways(f"spread.{where}.{'p' if is_plural else 's'}")
    template = templates[statement.rank % len(templates)]
    words = listed([[node] for node in telling.words(statement)])
    votes = telling.in_brackets(telling.places.votes(unit))
    return telling.say(f"{template}{' : {q}' if words else ''}.", statement.items, who=who, v=votes, q=words)


def _proof(telling: Telling, statement: Statement) -> Sentence:
    node = telling.words(statement)[0]
    item = telling.material.items[node.ref.item_id]
    manner = "report" if node.kind == "report" else "heard" if item.channel == "transcript" else "quote"
    at = telling.places.spot(item)
    return telling.say(ways(f"proof.{manner}"), statement.items, statement.rank if at else 2, at=at, q=node)


def _covers(telling: Telling, statement: Statement) -> Sentence:
    is_counted = telling.unit(statement.units[0]).is_counted
    return telling.say(
        ways("covers.any"), statement.items, statement.rank, q=listed(_with_places(telling, statement, not is_counted))
    )


def _with_places(telling: Telling, statement: Statement, shows_places: bool = True) -> list[list[Node]]:
    """The words of a statement, each with where it was said."""
    if not shows_places:
        return [[node] for node in telling.words(statement)]
    items = telling.material.items
    return [
        [node, *telling.in_brackets(telling.places.in_brackets(items[node.ref.item_id]))]
        for node in telling.words(statement)
    ]


def _reason(telling: Telling, statement: Statement) -> Sentence:
    node = telling.words(statement)[0]
    at = telling.places.spot(telling.material.items[node.ref.item_id])
    return telling.say(ways(f"{statement.kind}.any"), statement.items, statement.rank if at else 0, at=at, q=node)


def _side(telling: Telling, statement: Statement) -> Sentence:
    """What is said of a group by all who take a side, with their number."""
    who, is_plural = telling.places.who(telling.unit(statement.units[1]))
    is_of_sud = statement.axis == "sud" and not telling.material.groups[statement.units[0]].is_refusal
    kind = "contrary" if statement.kind == "objection" and not is_of_sud else statement.kind
    words = telling.words(statement)
    template = ways(f"{kind}.{'p' if is_plural else 's'}")[0]
    return telling.say(f"{template}{' : {q}' if words else ''}.", statement.items, who=who, q=words)


def _answers(telling: Telling, statement: Statement) -> Sentence:
    """What would answer the first unit: the others, by name."""
    pieces = telling.named(statement.units[1:])
    templates = ways(f"{statement.kind}.{'several' if len(pieces) > 1 else 'one'}")
    return telling.say(templates, statement.items, statement.rank, l=listed(pieces))


def _passed(telling: Telling, statement: Statement) -> Sentence:
    return telling.say(ways("passed.any"), statement.items, statement.rank, q=telling.words(statement))


def _question(telling: Telling, statement: Statement) -> Sentence:
    asked = telling.titles.question(telling.material.groups[statement.units[0]])
    return telling.say(ways("question.any"), statement.items, statement.rank, b=asked)


def _with_votes(telling: Telling, statement: Statement) -> list[list[Node]]:
    """The words of a statement, each with its votes."""
    nodes = telling.words(statement)
    return [[node, *telling.in_brackets(telling.votes_of(telling.material.items[node.ref.item_id]))] for node in nodes]


def _voted(telling: Telling, statement: Statement) -> Sentence:
    """Ideas that people voted for, or against, each with its votes."""
    pieces = _with_votes(telling, statement)
    is_told = "report" in statement.manners
    key = statement.axis if statement.kind == "voted" else "any"
    templates = ways(f"{statement.kind}{'.told' if is_told else ''}.{key}")
    words = listed(pieces) if is_told else listed(pieces, " et ", ", ")
    return telling.say(templates, statement.items, statement.rank, q=words)


def _place(telling: Telling, statement: Statement) -> Sentence:
    """Ideas of one place, with the subject of its table."""
    item = telling.material.items[statement.words[0].item_id]
    at = telling.places.spot(item)
    pieces = _with_votes(telling, statement)
    if not at:
        is_after = any(plan.axis == statement.axis and plan.paragraphs[0].unit for plan in telling.plan.sections)
        return telling.say(ways("place.bare"), statement.items, int(is_after), q=listed(pieces))
    return telling.say(ways("place.any"), statement.items, at=[*at, *_subject(telling, item)], q=listed(pieces))


def _subject(telling: Telling, item: Item) -> list[Node]:
    """The subject of a table, between brackets; [] where tables had none."""
    subject = telling.material.tables.get((item.workshop, item.table), "")
    if not subject or len(telling.material.workshops) > 1 or len(subject.split()) > SUBJECT_WORDS_MAX:
        return []
    words = NamedNode("given", telling.titles.lexicon.lowered(subject), NamedRef("sujet", table=item.table))
    return telling.in_brackets([words])


SUBJECT_WORDS_MAX = 8


def _once(telling: Telling, statement: Statement) -> Sentence:
    """Ideas said once, in our sentence, each with where it was said."""
    return telling.say(ways("once.any"), statement.items, q=listed(_with_places(telling, statement)))


_WRITERS: dict[str, Callable[[Telling, Statement], Sentence]] = {
    "author": _author,
    "spread": _spread,
    "covers": _covers,
    "proof": _proof,
    "cause": _reason,
    "consequence": _reason,
    "objection": _side,
    "condition": _side,
    "passed": _passed,
    "answer": _answers,
    "resource": _answers,
    "question": _question,
    "voted": _voted,
    "rejected": _voted,
    "place": _place,
    "once": _once,
}
