"""Each statement of the plan in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.contracts.draft import NamedNode, NamedRef, Node, Sentence, TextNode, WordsNode
from pipeline.contracts.plan import Statement
from pipeline.restitution.material.model import Item
from pipeline.restitution.nodes import Piece, listed
from pipeline.restitution.prose.telling import Telling, ways
from pipeline.restitution.quoting.quotes import report_node


def one_spot(telling: Telling, nodes: Sequence[WordsNode]) -> list[Node]:
    """Where all these words were said, when it is one place."""
    first, *others = (telling.places.spot(telling.material.items[node.ref.item_id]) for node in nodes)
    return first if all(spot == first for spot in others) else []


def _subject(telling: Telling, item: Item) -> list[Node]:
    """The subject of a table, between brackets; [] where tables had none."""
    subject = telling.material.tables.get((item.workshop, item.table), "")
    if not subject or len(telling.material.workshops) > 1 or len(subject.split()) > SUBJECT_WORDS_MAX:
        return []
    words = NamedNode("given", telling.titles.lexicon.lowered(subject), NamedRef("sujet", table=item.table))
    return telling.in_brackets([words])


SUBJECT_WORDS_MAX = 8


def place(telling: Telling, statement: Statement) -> Sentence:
    """What leads to a list: where or of what, and how many contributions said something of the kind."""
    rank = min(statement.rank, 1)  # the first says what the list is of
    if not statement.units:
        return telling.say(ways(f"place.{statement.axis}.elsewhere"), statement.items, rank)
    unit = telling.unit(statement.units[0])
    group, item = telling.group(unit.unit_id), telling.material.items[unit.members[0]]
    if group is not None:
        at = [TextNode("à propos "), *telling.titles.pieces(group)["about"]]
    else:
        at = telling.places.spot(item)
        at = [*at, *_subject(telling, item)] if at else []
    if not at and len(statement.items) >= unit.spread.contributions:
        return telling.say(ways(f"place.{statement.axis}.elsewhere"), unit.members, rank)
    is_counted = group is None and len(statement.items) < unit.spread.contributions
    templates = ways(f"place.{statement.axis}.{'some' if is_counted else 'all'}")
    return telling.say(templates, unit.members, rank, at=at, n=telling.places.count(unit))


def point(telling: Telling, statement: Statement) -> Sentence:
    """One idea of a list, with its votes."""
    votes = telling.in_brackets(telling.places.votes(telling.unit(statement.units[0])))
    return telling.say("{q}{v}.", statement.items, statement.rank, q=telling.words(statement)[0], v=votes)


def said(telling: Telling, statement: Statement) -> Sentence:
    """One idea by itself: where it was said, and its votes, between brackets."""
    node = telling.words(statement)[0]
    item = telling.material.items[node.ref.item_id]
    told = [nodes for nodes in (telling.places.in_brackets(item), telling.votes_of(item)) if nodes]
    return telling.say(
        "{q}{v}.", statement.items, statement.rank, q=node, v=telling.in_brackets(listed(told, ", ", ", "))
    )


def write(telling: Telling, statement: Statement) -> Sentence:
    """The sentence of a statement."""
    return replace(_WRITERS[statement.kind](telling, statement), role=statement.kind)


def _author(telling: Telling, statement: Statement) -> Sentence:
    group = telling.material.groups[statement.units[0]]
    words = NamedNode("given", group.author_text, NamedRef("author_text", group.group_id))
    return telling.say("{x}", statement.items, x=words)


def sentences_of(telling: Telling, statements: Sequence[Statement], is_brief: bool = False) -> list[Sentence]:
    """The sentences of statements: what makes a title seen follows it after a colon, where its own has none.

    Parameters
    ----------
    is_brief : whether what would be a sentence of its own is left out.
    """
    found: list[Sentence] = []
    rest = list(statements)
    while rest:
        statement, *rest = rest
        seen = rest[0] if rest and statement.kind == "general" and rest[0].kind in _SEEN else None
        if seen is not None and not _has_colon(telling, statement):
            found.append(replace(_general(telling, statement, seen), role="general"))
            rest = rest[1:]
        elif not (is_brief and statement.kind in _SEEN):
            found.append(write(telling, statement))
    return found


_SEEN = ("covers", "quote")


def _general_ways(telling: Telling, statement: Statement) -> Sequence[str]:
    key = statement.units[0]
    return ways(f"general.{statement.axis}.{telling.titles.form(telling.material.groups[key])}")


def _has_colon(telling: Telling, statement: Statement) -> bool:
    """Whether a title stands behind a colon already, or says itself what there is to see."""
    return any(" : " in way for way in _general_ways(telling, statement))


def _general(telling: Telling, statement: Statement, seen: Statement | None = None) -> Sentence:
    """The title of a group, how widely it was said, the votes, and words that make it seen."""
    unit, group = telling.unit(statement.units[0]), telling.material.groups[statement.units[0]]
    at = telling.places.spread(unit)
    votes = telling.in_brackets(telling.places.votes(unit))
    is_held = bool(at) and at[-1].text.endswith(")")  # no brackets beside brackets
    words = listed([[node] for node in telling.words(seen)]) if seen is not None else []
    tail = " : {q}." if words else "."
    templates = [
        f"{way[:-1]}{'' if is_held and way.endswith('{at}.') else '{v}'}{tail}"
        for way in _general_ways(telling, statement)
    ]
    pieces: dict[str, Piece] = {"at": at, "v": votes, "q": words, **telling.titles.pieces(group)}
    pieces["b"] = telling.titles.named(group)
    return telling.say(templates, statement.items, statement.rank, **pieces)


def _covers(telling: Telling, statement: Statement) -> Sentence:
    nodes = telling.words(statement)
    manner = _manner(telling, nodes)
    pieces: list[list[Node]] = [[node] for node in nodes]
    words = listed(pieces) if manner == "report" else listed(pieces, " et ", ", ")
    return telling.say(ways(f"covers.{manner}"), statement.items, statement.rank, q=words)


def _quote(telling: Telling, statement: Statement) -> Sentence:
    nodes = telling.words(statement)
    item = telling.material.items[nodes[0].ref.item_id]
    templates = ways(f"quote.{_manner(telling, nodes)}")
    return telling.say(templates, statement.items, statement.rank, at=telling.places.spot(item), q=nodes[0])


def _manner(telling: Telling, nodes: Sequence[WordsNode]) -> str:
    """`report` for notes, `heard` when all was spoken, else `quote`."""
    if nodes[0].kind == "report":
        return "report"
    channels = {telling.material.items[node.ref.item_id].channel for node in nodes}
    return "heard" if channels == {"transcript"} else "quote"


def _votes(telling: Telling, statement: Statement) -> Sentence:
    """Ideas, each with its votes; a motion of a meeting with the point that it was of."""
    nodes = [_without_a_count(telling.material.items[node.ref.item_id], node) for node in telling.words(statement)]
    pieces = [[node, *telling.in_brackets(telling.places.votes(telling.unit(node.ref.item_id)))] for node in nodes]
    is_told = nodes[0].kind == "report"
    at = one_spot(telling, nodes)
    words = listed(pieces) if is_told else listed(pieces, " et ", ", ")
    templates = ways(f"{statement.kind}.{nodes[0].kind}")
    return telling.say(templates, statement.items, statement.rank, at=at, q=words)


def _without_a_count(item: Item, node: WordsNode) -> WordsNode:
    """A motion told, without the count of those who were there, that its result tells."""
    count = _COUNT.search(node.text) if node.kind == "report" else None
    start = node.ref.span[0]
    if count is None or not count.start():
        return node
    told = report_node(item, (start, start + count.start()))
    return replace(told, text=node.text[: len(told.text)])


_COUNT = re.compile(r"\s*:\s*\d.*$", re.DOTALL)


def _side(telling: Telling, statement: Statement) -> Sentence:
    """What is said of a proposal, with all the places where it is."""
    nodes = telling.words(statement)
    if statement.kind == "condition":
        nodes = [_without_its_joint(telling.material.items[node.ref.item_id], node) for node in nodes]
    at = telling.places.spread(telling.unit(statement.units[1]))
    templates = ways(f"side.{statement.kind}{'s' if len(nodes) > 1 else ''}")
    words = listed([[node] for node in nodes])
    return telling.say(templates, statement.items, statement.rank, at=at, q=words)


def _without_its_joint(item: Item, node: WordsNode) -> WordsNode:
    """A condition told, without the words that say that it is one."""
    joint = _CONDITION.match(node.text) if node.kind == "report" else None
    start, end = node.ref.span
    return report_node(item, (start + joint.end(), end)) if joint is not None else node


_CONDITION = re.compile(r"à condition\s+(?=qu|d)", re.IGNORECASE)


def _divided(telling: Telling, statement: Statement) -> Sentence:
    sides = [
        [node, *telling.in_brackets(telling.places.in_brackets(telling.material.items[node.ref.item_id]))]
        for node in telling.words(statement)
    ]
    return telling.say(ways("side.divided"), statement.items, statement.rank, r=sides[0], s=sides[1])


def _answers(telling: Telling, statement: Statement) -> Sentence:
    """What would answer the first unit: the others, by name."""
    pieces = telling.named(Statement(statement.kind, statement.axis, statement.units[1:], statement.items))
    templates = ways(f"{statement.kind}.{'several' if len(pieces) > 1 else 'one'}")
    return telling.say(templates, statement.items, statement.rank, l=listed(pieces))


def _passed(telling: Telling, statement: Statement) -> Sentence:
    return telling.say(ways("passed.any"), statement.items, statement.rank, q=telling.words(statement))


def _question(telling: Telling, statement: Statement) -> Sentence:
    nodes: list[Node] = [*telling.words(statement)]
    if nodes:
        return telling.say(ways("question.asked"), statement.items, statement.rank, q=nodes)
    asked = telling.titles.question(telling.material.groups[statement.units[0]])
    return telling.say(ways("question.made"), statement.items, statement.rank, q=asked)


def _dominates(telling: Telling, statement: Statement) -> Sentence:
    templates = ways(f"dominates.{statement.axis}")
    return telling.say(templates, statement.items, l=listed(telling.named(statement)))


def _opposes(telling: Telling, statement: Statement) -> Sentence:
    names = [telling.titles.named(telling.material.groups[key]) for key in statement.units]
    return telling.say(ways("opposes.any"), statement.items, statement.rank, l=listed(names))


def _theme(telling: Telling, statement: Statement) -> Sentence:
    at = telling.places.spread(telling.unit(statement.units[0]))
    is_axis = not telling.unit(statement.units[0]).theme
    templates = ways(f"theme.{statement.axis if is_axis else 'any'}")
    return telling.say(templates, statement.items, statement.rank, at=at)


def _recurs(telling: Telling, statement: Statement) -> Sentence:
    """Themes by name, each with how widely it was spoken of."""
    titles = telling.material.theme_titles
    pieces: list[list[Node]] = []
    for key in statement.units:
        unit = telling.unit(key)
        name = NamedNode("given", telling.titles.lexicon.lowered(titles[unit.theme]), NamedRef("theme"))
        pieces.append([name, *telling.in_brackets(telling.places.brief(unit))])
    return telling.say(ways("recurs.any"), statement.items, statement.rank, l=listed(pieces))


def _more(telling: Telling, statement: Statement) -> Sentence:
    return telling.say(ways("more.any"), statement.items)


_WRITERS: dict[str, Callable[[Telling, Statement], Sentence]] = {
    "author": _author,
    "general": _general,
    "covers": _covers,
    "quote": _quote,
    "rejected": _votes,
    "objection": _side,
    "condition": _side,
    "divided": _divided,
    "answer": _answers,
    "resource": _answers,
    "passed": _passed,
    "question": _question,
    "dominates": _dominates,
    "opposes": _opposes,
    "place": place,
    "point": point,
    "theme": _theme,
    "recurs": _recurs,
    "said": said,
    "more": _more,
}
