"""The parts of the document of a programme: what is told, in which order, from what was said and counted alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.draft import (
    Block,
    FactNode,
    FactRef,
    NamedNode,
    NamedRef,
    Node,
    Section,
    Sentence,
    Shown,
    TextNode,
    WordsNode,
)
from pipeline.language.text.folding import fold
from pipeline.language.text.typography import Spaces, capitalized, typeset
from pipeline.programme.columns import Column, Elsewhere, Near
from pipeline.programme.reading import Reading, part_of
from pipeline.programme.threads import Thread
from pipeline.programme.workshops import Workshop, following
from pipeline.restitution.material.model import Group, Item
from pipeline.restitution.nodes import listed, paragraph
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.quotes import plain_quotes, quote, repeats
from pipeline.restitution.quoting.standing import standing_words
from pipeline.restitution.sections.closing import slots
from pipeline.restitution.sections.planned import TITLES

LEADS = {
    "": "Ce qui est le plus soutenu :",
    "est": "Ce qui freine, notamment :",
    "sud": "Ce qui est proposé, notamment :",
    "nord": "Ce qui existe et compte, notamment :",
    "ouest": "Ce qui reste à penser, notamment :",
}
FEW, SAID_MANY = 2, 2
"""Contributions above which so many are quoted, one otherwise."""


@dataclass
class Words:
    """The hand that writes a programme; `told` are the words that are on the page already."""

    reading: Reading
    tellings: dict[str, Telling]
    spaces: Spaces
    told: set[str] = field(default_factory=set)

    @property
    def all(self) -> Telling:
        """Who writes of all workshops."""
        return self.tellings[""]

    def workshop(self, workshop: Workshop, strong: bool = False) -> list[Node]:
        """`Vaux (12 mars 2025)`, without what nobody said."""
        return [*self.bare(workshop, strong), *self.all.in_brackets(self.date(workshop))]

    def bare(self, workshop: Workshop, strong: bool = False) -> list[Node]:
        """`Vaux`."""
        return [NamedNode("place", workshop.name, NamedRef(workshop=workshop.key), strong)]

    def date(self, workshop: Workshop) -> list[Node]:
        """The date of a workshop as a fact; [] without one."""
        fact = f"date.{workshop.key}"
        if not workshop.date or fact not in self.reading.facts:
            return []
        return [FactNode(str(self.reading.facts[fact].value), FactRef(fact, "date"))]

    def quoted(self, unit_id: str) -> list[WordsNode]:
        """Words of a unit that stand alone: one, or two where many spoke, none that is on the page already."""
        unit = self.reading.units[unit_id]
        items = [self.reading.material.items[key] for key in unit.members]
        most = SAID_MANY if unit.spread.contributions > FEW else 1
        found: list[WordsNode] = []
        for item in _in_order(items):
            node = standing_words(item)
            known = [one.text for one in found]
            if node is not None and item.contribution_id not in self.told and not repeats(node.text, known):
                found.append(node)
                self.told.add(item.contribution_id)
            if len(found) == most:
                return found
        if not found:
            short = (quote(item) for item in items if item.contribution_id not in self.told)
            found = [node for node in short if node is not None][:1]
            self.told.update(node.ref.contribution_id for node in found)
        return [self.all.words_at(node.ref) for node in found]

    def said_there(self, thread: Thread, column: Column) -> Sentence:
        """`Vaux (12 mars 2025), à deux tables sur trois : « … » ; « … ».`"""
        workshop = self.reading.by_key[column.workshop]
        unit = self.reading.units[part_of(thread, column.column_id)]
        words = [[node] for node in self.quoted(unit.unit_id)]
        at = self.tellings[column.workshop].places.brief(unit)
        told: Sequence[Node] = listed(words) if words else self.name(column)
        template = "{w}, {at} : {x}." if told else "{w}, {at}."
        return self.all.say(template, unit.members, 0, w=self.workshop(workshop, strong=True), at=at, x=told)

    def name(self, column: Column) -> list[Node]:
        """A column named inside a sentence: its title, or the words of its idea."""
        if column.group is not None:
            return self._title(column.group)
        words = self.words_of(column.items[0])
        return [words] if words is not None else []

    def words_of(self, item: Item) -> WordsNode | None:
        """The words of an idea, as they may be told."""
        found = standing_words(item) or quote(item)
        return None if found is None else self.all.words_at(found.ref)

    def named_with_spread(self, column: Column) -> list[Node]:
        """The same, and how widely it was said, between brackets."""
        places = self.tellings[column.workshop].places
        name = self.name(column)
        return [*name, *self.all.in_brackets(places.brief(self.reading.units[column.column_id]))] if name else []

    def thread(self, thread_id: str) -> list[Node]:
        """A thread named inside a sentence."""
        return self._title(self.reading.material.groups[thread_id])

    def _title(self, group: Group) -> list[Node]:
        """A title as it stands in a list: no word is added to it."""
        words = self.all.titles.lexicon.lowered(group.title)
        return [NamedNode("title", typeset(plain_quotes(words), self.spaces), NamedRef(group_id=group.group_id))]

    def say(self, template: str, sources: Sequence[str], **pieces: Node | Sequence[Node] | str) -> Sentence:
        """A sentence of ours."""
        return self.all.say(template, sources, 0, **pieces)


def _in_order(items: Sequence[Item]) -> list[Item]:
    """Those that people chose first, none that they set aside."""
    kept = [item for item in items if item.quote_choice != "bannie"]
    return sorted(kept, key=lambda item: item.quote_choice != "choisie")


def together(parts: Sequence[Sequence[Node]]) -> list[Node]:
    """Parts of a list in one sentence, apart by semicolons."""
    return listed([part for part in parts if part]) if parts else [TextNode("")]


@dataclass(frozen=True)
class Move:
    """Two workshops of one territory, in order.

    Attributes
    ----------
    stays : threads said in both.
    comes, goes : groups said in one of them alone, of which nobody is asked if the other says them; heaviest first.
    answered : obstacles of the first that an idea of the second might answer.
    became : proposals of the first, and what the second knows that may be they.
    """

    first: Workshop
    last: Workshop
    stays: tuple[Thread, ...]
    comes: tuple[Column, ...]
    goes: tuple[Column, ...]
    answered: tuple[Elsewhere, ...]
    became: tuple[Near, ...]


def moves(reading: Reading) -> list[Move]:
    """Every two workshops of a territory that follow each other."""
    return [_move(reading, first, last) for first, last in following(reading.workshops)]


def _move(reading: Reading, first: Workshop, last: Workshop) -> Move:
    ends = {first.key, last.key}
    both = [thread for thread in reading.woven.threads if ends <= _homes(reading, thread.columns)]
    became = tuple(one for one in reading.became if _homes(reading, one[:2]) == ends)
    asked = (one for one in reading.woven.questions if _homes(reading, one[:2]) == ends)
    told = {key for thread in both for key in thread.columns}
    told |= {key for one in (*became, *asked) for key in one[:2]}
    right = (one for one in reading.elsewhere if one.said is not False)
    answered = (one for one in right if reading.columns[one.obstacle].workshop == first.key)
    answered_there = tuple(one for one in answered if reading.columns[one.answer].workshop == last.key)
    told |= {one.obstacle for one in answered_there}
    comes, goes = (_left(reading, workshop.key, told) for workshop in (last, first))
    return Move(first, last, tuple(both), comes, goes, answered_there, became)


def _left(reading: Reading, workshop: str, told: AbstractSet[str]) -> tuple[Column, ...]:
    """The groups of a workshop of which nothing was told, the heaviest first."""
    mine = (column for column in reading.columns.values() if column.workshop == workshop and not column.is_alone)
    left = [column for column in mine if column.column_id not in told]
    return tuple(sorted(left, key=lambda column: (-reading.units[column.column_id].weight, column.column_id)))


def _homes(reading: Reading, columns: Iterable[str]) -> set[str]:
    return {reading.columns[key].workshop for key in columns}


IN_FULL, NAMED, PROPER, MOVED, ANSWERS, ASKED = 6, 12, 6, 5, 8, 12
"""Threads of an axis told in full, then by name; groups of a workshop, of a move; answers; questions."""
ESSENTIAL = 3
TABLE = "fils"


def sections(reading: Reading, words: Words, method: Section) -> list[Section]:
    """All of them, in order; those that have nothing to say are not there."""
    found = [
        _essential(reading, words),
        *slots("fil_rouge"),
        _recurring(reading, words),
        _elsewhere(reading, words),
        _over_time(reading, words),
        _proper(reading, words),
        *slots("suites"),
    ]
    figure = (Block("figure", value=Shown(figure=TABLE)),) if reading.woven.threads else ()
    table = Section("tableau", "Ce qui revient, atelier par atelier", figure, "", True)
    annexes = [table, _asked(reading, words), method]
    return [section for section in (*found, *annexes) if section is not None and section.blocks]


def _essential(reading: Reading, words: Words) -> Section:
    places, threads = words.all.places, reading.woven.threads
    n = places.fact("ateliers", "workshop_count")
    if not threads:
        nothing = words.say(
            "{n} sont lus ensemble. Aucun sujet n’y revient assez nettement pour être dit sans qu’une personne le "
            "confirme.",
            ("programme.xlsx",), n=n,
        )  # fmt: skip
        return Section("essentiel", "L’essentiel", tuple(paragraph([nothing])))
    verb = "reviennent" if places.facts["fils"].n > 1 else "revient"
    come_back: list[Node] = [places.fact("fils", "subject_count"), TextNode(f" {verb}")]
    told: list[Sentence | None] = [
        words.say("{n} sont lus ensemble.", ("programme.xlsx",), n=n),
        words.say("{x} de l’un à l’autre.", ("programme.xlsx",), x=come_back),
        _everywhere(reading, words),
    ]
    for axis in COMPASS_CODES:
        first = [thread for thread in threads if thread.axis == axis][:ESSENTIAL]
        names = [[*words.thread(t.thread_id), *_brief(words, t)] for t in first]
        if names:
            told.append(
                words.say(f"{LEADS[axis].strip()[:-1]} : {{x}}.", _members_of(reading, first), x=together(names))
            )
    return Section("essentiel", "L’essentiel", tuple(paragraph(told)))


def _everywhere(reading: Reading, words: Words) -> Sentence | None:
    """How many threads every workshop says; nothing among two, of which each thread is."""
    facts = words.all.places.facts
    if len(reading.workshops) < 3 or not facts["fils.partout"].n:
        return None
    told = "sont dits" if facts["fils.partout"].n > 1 else "est dit"
    n = words.all.places.fact("fils.partout", "subject_count")
    return words.say(f"{{n}} {told} dans tous les ateliers.", ("programme.xlsx",), n=n)


def _brief(words: Words, thread: Thread) -> list[Node]:
    return words.all.in_brackets([words.all.places.fact(f"{thread.thread_id}.ateliers", "workshops")])


def _members_of(reading: Reading, threads: Sequence[Thread]) -> tuple[str, ...]:
    return tuple(member for thread in threads for member in reading.units[thread.thread_id].members)


def _recurring(reading: Reading, words: Words) -> Section | None:
    """Axis by axis, what comes back: each thread with the words of each workshop, then the others by name."""
    blocks: list[Block] = []
    for axis in COMPASS_CODES:
        threads = [thread for thread in reading.woven.threads if thread.axis == axis]
        if threads:
            blocks.append(Block("heading", level=1, value=Shown(text=TITLES[axis], axis=axis)))
        for thread in threads[:IN_FULL]:
            title = typeset(capitalized(thread.title), words.spaces)
            blocks.append(Block("heading", level=2, value=Shown(text=title), groups=(thread.thread_id,)))
            blocks += _of_thread(reading, words, thread)
        if others := threads[IN_FULL : IN_FULL + NAMED]:
            names = [[*words.thread(t.thread_id), *_brief(words, t)] for t in others]
            blocks += paragraph([words.say("Reviennent aussi : {x}.", _members_of(reading, others), x=together(names))])
    return Section("revient", "Ce qui revient d’un atelier à l’autre", tuple(blocks)) if blocks else None


def _of_thread(reading: Reading, words: Words, thread: Thread) -> list[Block]:
    columns = [reading.columns[key] for key in thread.columns]
    sources = reading.units[thread.thread_id].members
    n = words.all.places.fact(f"{thread.thread_id}.ateliers", "workshops")
    opening = words.say("Dit dans {n}.", sources, n=n)
    points = tuple(words.said_there(thread, column) for column in columns)
    told = [opening] if len(reading.workshops) > 2 else []  # of two workshops, each thread is in both
    return [*paragraph(told), Block("list", points, groups=(thread.thread_id,))]


def _elsewhere(reading: Reading, words: Words) -> Section | None:
    """Obstacles of one workshop, and what another one says that might answer them."""
    points: list[Sentence] = []
    for one in reading.elsewhere:
        ends = [reading.by_key[reading.columns[key].workshop] for key in (one.obstacle, one.answer)]
        is_here = bool(ends[0].territory) and ends[0].territory == ends[1].territory
        if len(points) == ANSWERS or is_here or one.said is False:
            continue  # what a territory says later is told with what moves
        sides = [reading.material.items[key] for key in (one.obstacle_item, one.answer_item)]
        said = [words.words_of(item) for item in sides]
        if said[0] is None or said[1] is None:
            continue
        homes = [words.bare(end, strong=True) for end in ends]
        verb = "connaît" if sides[1].axis == "nord" else "propose"
        template = f"{{w}} bute sur : {{x}} ; {{v}} {verb} : {{y}}."
        sources = tuple(item.item_id for item in sides)
        points.append(words.say(template, sources, w=homes[0], x=said[0], v=homes[1], y=said[1]))
    if not points:
        return None
    caution = words.say(
        "Ces idées pourraient se répondre : rien ne dit qu’elles l’aient fait, ni que ce qui marche ici marche là.",
        ("programme.xlsx",),
    )
    blocks = (*paragraph([caution]), Block("list", tuple(points)))
    return Section("ailleurs", "Obstacles d’ici, réponses d’ailleurs", blocks)


def _over_time(reading: Reading, words: Words) -> Section | None:
    """What a territory says again, no longer, or for the first time."""
    found = moves(reading)
    if not found:
        return None
    blocks: list[Block] = []
    for move in found:
        blocks.append(Block("heading", level=1, value=Shown(text=typeset(move.first.territory, words.spaces))))
        blocks += _of_move(reading, words, move)
    caution = words.say(
        "Ce qu’on ne retrouve pas n’est pas pour autant réglé : d’autres personnes étaient là, et d’autres sujets "
        "posés. Les dates disent un ordre, pas une cause.",
        ("programme.xlsx",),
    )
    return Section("temps", "D’un atelier au suivant, sur un même territoire", (*blocks, *paragraph([caution])))


def _of_move(reading: Reading, words: Words, move: Move) -> list[Block]:
    stays = move.stays[:MOVED]
    names = [words.thread(thread.thread_id) for thread in stays]
    points = [words.say("Se dit encore : {x}.", _members_of(reading, stays), x=together(names))] if stays else []
    became = [reading.columns[near.one] for near in move.became]
    lifted = dict.fromkeys(reading.columns[one.obstacle] for one in move.answered)
    for columns, text in (
        (move.comes, "Se dit pour la première fois : {x}."),
        (move.goes, "Ne se retrouve pas au second : {x}."),
        (became, "Était proposé au premier, et existe peut-être au second : {x}."),
        (lifted, "Butait au premier, et trouve peut-être une réponse dans ce que dit le second : {x}."),
    ):
        point = _listed(reading, words, [column for column in columns if not column.is_alone][:MOVED], text)
        points += [point] if point is not None else []
    if not points:
        return []
    ends = {"w": words.workshop(move.first), "v": words.workshop(move.last)}
    return [*paragraph([words.say("Entre {w} et {v} :", ("atelier.toml",), **ends)]), Block("list", tuple(points))]


def _listed(reading: Reading, words: Words, columns: Sequence[Column], text: str) -> Sentence | None:
    """Columns named in one sentence; None for none."""
    if not columns:
        return None
    sources = tuple(key for column in columns for key in reading.units[column.column_id].members)
    return words.say(text, sources, x=together([words.name(column) for column in columns]))


def _proper(reading: Reading, words: Words) -> Section | None:
    """What each workshop alone says: its heaviest groups that no thread holds, with their words."""
    blocks: list[Block] = []
    for workshop in reading.workshops:
        own = [c for c in reading.columns.values() if c.workshop == workshop.key and not c.is_alone]
        own = [c for c in own if reading.woven.thread_of(c.column_id) is None]
        own = [c for c in own if reading.units[c.column_id].is_titled and c.column_id not in reading.questioned]
        own.sort(key=lambda c: (-reading.units[c.column_id].weight, c.column_id))
        own = list({fold(c.group.title): c for c in reversed(own) if c.group is not None}.values())[::-1]
        points = [point for column in own[:PROPER] if (point := _proper_point(reading, words, column)) is not None]
        if points:
            blocks.append(Block("heading", level=1, value=Shown(text=typeset(workshop.name, words.spaces))))
            blocks.append(Block("list", tuple(points)))
    return Section("propre", "Ce qui est propre à chaque atelier", tuple(blocks)) if blocks else None


def _proper_point(reading: Reading, words: Words, column: Column) -> Sentence | None:
    name, members = words.named_with_spread(column), reading.units[column.column_id].members
    said = words.quoted(column.column_id)[:1]
    if not name:
        return None
    if not said:
        return words.say("{x}.", members, x=name)
    return words.say("{x} : {y}.", members, x=name, y=said[0])


def _asked(reading: Reading, words: Words) -> Section | None:
    """What a person may say: whether two columns are one."""
    points = []
    for near in reading.woven.questions[:ASKED]:
        columns = [reading.columns[key] for key in (near.one, near.other)]
        names = [words.name(column) for column in columns]
        if all(names):
            homes = [words.bare(reading.by_key[column.workshop]) for column in columns]
            pieces = {"x": names[0], "w": homes[0], "y": names[1], "v": homes[1]}
            sources = [key for column in columns for key in reading.units[column.column_id].members]
            points.append(words.say("{x} ({w}) et {y} ({v}) ?", tuple(sources), **pieces))
    if not points:
        return None
    told = words.all.places.fact("questions", "pair_count")
    opening = words.say(
        "{n} qu’une personne peut confirmer ou refuser, dans programme.xlsx. En voici les plus probables.",
        ("programme.xlsx",), n=told,
    )  # fmt: skip
    return Section(
        "questions", "Est-ce la même chose ?", (*paragraph([opening]), Block("list", tuple(points))), "", True
    )
