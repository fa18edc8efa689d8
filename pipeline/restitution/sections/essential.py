"""The essential: who spoke, the titles that weigh on each axis as they were given, what answers them, what is open or
was decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.axes import COMPASS_CODES, SUD
from pipeline.contracts.draft import Block, NamedNode, NamedRef, Node, Section, Sentence, Shown, TextNode
from pipeline.contracts.plan import SectionPlan, Statement, Unit
from pipeline.language.text.lists import either, read_words
from pipeline.restitution.nodes import listed
from pipeline.restitution.prose.telling import Telling, ways
from pipeline.restitution.sections.closing import UNTITLED, notice, written
from pipeline.restitution.sections.opening import sources_of, who
from pipeline.restitution.sections.positions import ballots, choices, decided, disputes, results
from pipeline.workshop.model import Group


def essential_section(telling: Telling, plan: SectionPlan, words_max: int) -> Section:
    """The essential, in `words_max` words at most; before it, that nobody read it yet, or in part."""
    by_hand = written(telling, plan.key)
    if by_hand is not None:
        return by_hand
    statements = [one for paragraph in plan.paragraphs for one in paragraph.statements]
    others = [
        *_most_voted(telling),
        *ballots(telling),
        *choices(telling),
        *decided(telling),
        *results(telling),
        *disputes(telling),
    ]
    first = list(filter(None, [who(telling), None if statements else _subjects(telling)]))
    told = [*first, *titles_told(telling, statements), *others]
    while sum(one.n_words for one in told) > words_max:  # the last titles of the longest axis, then the last things
        longest = max(statements, key=lambda one: len(one.units) if one.axis else 0, default=None)
        if longest is None or not longest.axis or len(longest.units) <= NAMED_MIN:
            break
        statements[statements.index(longest)] = replace(longest, units=longest.units[:-1])
        told = [*first, *titles_told(telling, statements), *others]
    while sum(one.n_words for one in told) > words_max and len(told) > 1:
        told.pop()
    asked = notice(telling)
    state = PARTLY if telling.material.is_read else FIRST
    state = f"{state} {asked}." if asked == UNTITLED else state  # how titles are given is said first
    mottos = [Block("motto", value=Shown(text=state))] if asked else []
    return Section(plan.key, "L’essentiel", (*mottos, *([Block("paragraph", tuple(told))] if told else [])))


NAMED_MIN = 2
"""Titles of an axis that stay when there are too many words."""


def _subjects(telling: Telling) -> Sentence | None:
    """The headings of files that most of what was said stands under, where nobody gave titles; None for fewer than
    two."""
    items = [one for one in telling.material.items.values() if one.channel != "enquete" and one.axis in COMPASS_CODES]
    under = {one.contribution_id: one for one in items if telling.places.above(one)}
    counts = Counter(telling.material.heading_of(one) for one in under.values())
    some = [heading for heading, n in counts.most_common() if n >= SUBJECT_MIN]
    named = [NamedNode("given", telling.low(heading), NamedRef("sujet")) for heading in some[:SUBJECTS_MAX]]
    x = listed([[one] for one in named])
    return telling.say(ways("essential.headings"), sources_of(telling), x=x) if len(named) > 1 else None


SUBJECTS_MAX, SUBJECT_MIN = 4, 3
"""Headings of files that the essential names, and contributions that stand under one."""


def titles_told(telling: Telling, statements: Sequence[Statement]) -> list[Sentence]:
    """The titles that weigh, axis by axis; what answers one, what they ask, and what divides."""
    told, asked, answers = list[Sentence](), list[list[Node]](), set[str]()
    for statement in statements:
        if not statement.axis:
            told.append(replace(_across(telling, statement), role=statement.kind))
            continue
        found = _named(telling, [key for key in statement.units if key not in answers], statement.axis)
        questions = [one for one in found if _ASKS.search(one[0].text)]
        asked += questions
        named = [one for one in found if one not in questions]
        if named:
            way = ways(f"essential.{statement.axis}")
            told.append(replace(telling.say(way, statement.items, x=listed(named)), role=statement.kind))
        if (answer := _answer(telling, statement)) is not None:
            told.append(replace(_answered(telling, answer), role=statement.kind))
            answers |= {*answer.units}
    if asked:
        sources = [key for one in statements for key in one.items]
        told.append(telling.say(ways(f"essential.open.{'p' if len(asked) > 1 else 's'}"), sources, x=listed(asked)))
    return told


_ASKS = re.compile(r"^[^?]*\?$")
FIRST, PARTLY = "Premier état, que personne n’a encore relu.", "Premier état, relu en partie."
DRAWN = (
    "Ce texte est tiré des paroles par la machine. Un assistant peut l’écrire, d’un clic, depuis la page de relecture."
)
"""What is said beside it where no language model wrote."""


def _named(telling: Telling, units: Sequence[str], axis: str) -> list[list[Node]]:
    """Titles, each with how widely it was said; what was voted or done is no more proposed, and one to which a machine
    alone gave an axis neither is nor hinders."""
    found = []
    for unit in map(telling.unit, units):
        group = telling.material.groups[unit.unit_id]
        is_done = axis == SUD and DONE.search(group.title) is not None
        is_topic = axis and not group.is_counted and telling.material.axes_given.get(group.title) == ""
        if not (is_done or is_topic):
            found.append([telling.title(group), *_beside(telling, unit, group)])
    return found


def _beside(telling: Telling, unit: Unit, group: Group) -> list[Node]:
    return [] if group.author_text else telling.in_brackets(_spread(telling, unit))  # her text says how widely


def _spread(telling: Telling, unit: Unit) -> list[Node]:
    """How widely a title is said where people looked, and who objects to it."""
    against = telling.plan.units.get(f"{unit.unit_id}.objection")
    parts = [telling.places.brief(unit)]
    parts += [[TextNode("contre : "), *telling.places.brief(against)]] if against is not None else []
    return listed([one for one in parts if one], " ; ")


def _answer(telling: Telling, statement: Statement) -> Statement | None:
    """What answers the heaviest obstacle of an axis that has an answer."""
    own = (one for one in telling.plan.statements if one.kind == "answer" and one.units[0] in statement.units)
    return next(own, None)


def _answered(telling: Telling, answer: Statement) -> Sentence:
    obstacle, *units = answer.units
    way = ways(f"essential.answered.{'p' if len(units) > 1 else 's'}")
    named = telling.title(telling.material.groups[obstacle])
    return telling.say(way, answer.items, b=named, l=listed(telling.named(units)))


DONE = re.compile(rf"\b(?:{either(read_words(__name__, 'done'))})ée?s?\b|\bdéjà\b|\bretenue?s?\b", re.IGNORECASE)


def _across(telling: Telling, statement: Statement) -> Sentence:
    """What people take both sides on."""
    named = [[telling.title(telling.material.groups[telling.unit(unit).unit_id])] for unit in statement.units]
    return telling.say(ways("essential.disputed"), statement.items, l=listed(named))


def _most_voted(telling: Telling) -> list[Sentence]:
    """What people voted most for, of all that they voted on."""
    items = telling.material.items
    voted = [one for one in telling.plan.statements if one.kind == "voted"]
    mark = items[voted[0].items[0]].mark if voted else ""
    most = max((item.votes for item in items.values() if item.votes and item.mark == mark), default=0)
    first = next((one for one in voted if items[one.items[0]].votes == most), None)
    if first is None:
        return []
    votes = telling.votes_of(items[first.items[0]])
    return [
        telling.say(ways(f"essential.{'liked' if mark else 'voted'}"), first.items, q=telling.words(first), v=votes)
    ]
