"""The essential: facts alone. What was gathered, the titles that gather most, what was voted with its result, and where
people disagree."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.contracts.draft import Block, NamedNode, NamedRef, Node, Section, Sentence, Shown, TextNode
from pipeline.contracts.plan import Entry, Unit
from pipeline.restitution.nodes import listed
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.quotes import plain_quotes
from pipeline.restitution.sections.closing import UNTITLED, notice, written
from pipeline.restitution.sections.opening import read_in, who
from pipeline.restitution.sections.positions import ballots, choices, decided, disputes, results
from pipeline.restitution.sections.titled import voted_on

KEY = "essentiel"
WIDEST_MAX, DIVIDED_MAX = 5, 3
"""Titles that it names for how much they gather, and for what divides."""
FIRST, PARTLY = "Premier état, que personne n’a encore relu.", "Premier état, relu en partie."
DRAWN = (
    "Rosace y range des faits et des paroles, sans rédiger. Une page en prose s’écrit avec un assistant : « Faire "
    "écrire la page par votre assistant »."
)
"""What is said beside it where no language model wrote."""


def essential_section(telling: Telling, words_max: int) -> Section:
    """The essential, in `words_max` words at most; before it, that nobody read it yet, or in part."""
    by_hand = written(telling, KEY)
    if by_hand is not None:
        return by_hand
    told = [
        *filter(None, [who(telling) or read_in(telling)]),
        *_widest(telling),
        *_most_voted(telling),
        *ballots(telling),
        *choices(telling),
        *decided(telling),
        *results(telling),
        *disputes(telling),
        *_divided(telling),
    ]
    while sum(one.n_words for one in told) > words_max and len(told) > 1:
        told.pop()
    asked = notice(telling)
    state = PARTLY if telling.material.is_read else FIRST
    state = f"{state} {asked}." if asked == UNTITLED else state  # how titles are given is said first
    mottos = [Block("motto", value=Shown(text=state))] if asked else []
    return Section(KEY, "L’essentiel", (*mottos, *([Block("paragraph", tuple(told))] if told else [])))


def _titles(telling: Telling) -> list[Entry]:
    """The titles of every axis, in order, that nobody told in her own words."""
    entries = (entry for found in telling.plan.axes.values() for entry in found if entry.units)
    groups = telling.material.groups
    return [one for one in entries if not any(groups[key].author_text for key in one.units)]


def _of_so_many(way: str, n: int) -> str:
    """A way to name titles, in the singular where there is one."""
    return way.replace("les titres", "le titre") if n == 1 else way


def _widest(telling: Telling) -> Iterator[Sentence]:
    """The titles that gather most, as people looked at them, each with how widely it was said; else those of which a
    machine surely put most under."""
    wholes = ((entry, telling.plan.whole(entry)) for entry in _titles(telling))
    looked_at = [(one, whole) for one, whole in wholes if whole.is_counted and telling.places.is_wide(whole)]
    looked_at.sort(key=lambda pair: (-pair[1].spread.tables - bool(pair[1].spread.answers), -pair[1].spread.n_heard))
    way, brief = "Ce dont on parle le plus largement : {x}.", telling.places.brief
    if not looked_at:
        looked_at = sorted(_at_least(telling), key=lambda pair: -pair[1].spread.n_heard)
        way = "Avant relecture, les titres où le plus de paroles sont sûres : {x}."
        brief = telling.places.at_least
    told, rubrics = looked_at[:WIDEST_MAX], telling.material.rubrics
    homes = {id(one): key for key, entries in telling.plan.axes.items() if key in rubrics for one in entries}
    for section in [one for one in telling.plan.axes if one in rubrics] + [""]:
        here = [(one, counted) for one, counted in told if homes.get(id(one), "") == section]
        named = [[_named(telling, one), *telling.in_brackets(brief(counted))] for one, counted in here]
        sources = [key for _, counted in here for key in counted.members]
        said = _of_so_many(way, len(here))
        if section and here:
            heading = NamedNode("given", plain_quotes(rubrics[section]), NamedRef("contexte"))
            yield telling.say(f"Sous {{r}}, {said[0].lower()}{said[1:]}", sources, x=listed(named), r=heading)
        elif here:
            yield telling.say(said, sources, x=listed(named))


def _at_least(telling: Telling) -> Iterator[tuple[Entry, Unit]]:
    """The titles under which words are shown that nobody looked at, with those who surely speak of them."""
    for entry in _titles(telling):
        counted = telling.plan.at_least(entry)
        if counted is not None and (entry.lines or entry.camps):
            yield entry, counted


def _named(telling: Telling, entry: Entry) -> Node:
    return telling.title(telling.material.groups[entry.units[0]])


def _divided(telling: Telling) -> Iterator[Sentence]:
    """The titles on which people take both sides, each side with its count."""
    told: list[list[Node]] = []
    sources: list[str] = []
    for entry in _titles(telling):
        sides = ((telling.unit(key), telling.plan.units.get(f"{key}.objection")) for key in entry.units)
        found = [(unit, against) for unit, against in sides if against is not None and unit.is_counted and unit.members]
        for unit, against in found[: len(told) < DIVIDED_MAX]:
            count: list[Node] = [TextNode(" ; contre : "), *telling.places.brief(against)]
            told.append([_named(telling, entry), *telling.in_brackets([*telling.places.brief(unit), *count])])
            sources += [*unit.members, *against.members]
        if entry.camps and not found and len(told) < DIVIDED_MAX:
            told.append([_named(telling, entry)])
            sources += [key for camp in entry.camps for key in telling.unit(camp.unit).members]
    if told:
        yield telling.say("Les avis se partagent sur ceci : {x}.", sources, x=listed(told))


def _most_voted(telling: Telling) -> list[Sentence]:
    items = telling.material.items.values()
    voted = [(ref, voted_on(telling, ref.item_id)) for ref in telling.plan.voted]
    most = max((one.votes for one in items if voted and one.votes and one.mark == voted[0][1].mark), default=0)
    first = next(((ref, one) for ref, one in voted if one.votes == most), None)
    if first is None:
        return []
    way = "En tête, avec {v} : {q}." if first[1].mark else "En tête des votes, avec {v} : {q}."
    votes = telling.votes_of(first[1])
    return [telling.say(way, (first[1].item_id,), q=[telling.words_at(first[0])], v=votes)]
