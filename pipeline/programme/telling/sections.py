"""The parts of the document of a programme: what is told, in which order, from what was said and counted alone."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.draft import Block, Node, Section, Sentence, Shown, TextNode
from pipeline.language.text.folding import fold
from pipeline.language.text.typography import capitalized, typeset
from pipeline.programme.matching.columns import Column
from pipeline.programme.reading import Reading
from pipeline.programme.telling.movement import Move, moves
from pipeline.programme.telling.words import Words, together
from pipeline.programme.threads import Thread
from pipeline.restitution.nodes import paragraph
from pipeline.restitution.sections.closing import slots
from pipeline.restitution.sections.planned import LEADS, TITLES

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
    annexes = [_in_a_table(reading), _asked(reading, words), method]
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
    told: list[Sentence | None] = [
        words.say("{n} sont lus ensemble.", ("programme.xlsx",), n=n),
        words.say("{x} de l’un à l’autre.", ("programme.xlsx",), x=_come_back(words)),
        _everywhere(reading, words),
    ]
    for axis in COMPASS_CODES:
        first = [thread for thread in threads if thread.axis == axis][:ESSENTIAL]
        names = [[*words.thread(t.thread_id), *_brief(words, t)] for t in first]
        if names:
            told.append(words.say(f"{LEADS[axis].strip()[:-1]} : {{x}}.", _sources(reading, first), x=together(names)))
    return Section("essentiel", "L’essentiel", tuple(paragraph(told)))


def _come_back(words: Words) -> list[Node]:
    places = words.all.places
    verb = "reviennent" if places.facts["fils"].n > 1 else "revient"
    return [places.fact("fils", "subject_count"), TextNode(f" {verb}")]


def _everywhere(reading: Reading, words: Words) -> Sentence | None:
    """How many threads every workshop says; nothing among two, of which each thread is."""
    facts = words.all.places.facts
    if len(reading.workshops) < 3 or not facts["fils.partout"].n:
        return None
    told = "sont dits" if facts["fils.partout"].n > 1 else "est dit"
    n = words.all.places.fact("fils.partout", "subject_count")
    return words.say(f"{{n}} {told} dans tous les ateliers.", ("programme.xlsx",), n=n)


def _brief(words: Words, thread: Thread) -> list[Node]:
    """In how many workshops, between brackets."""
    return words.all.in_brackets([words.all.places.fact(f"{thread.thread_id}.ateliers", "workshops")])


def _sources(reading: Reading, threads: Sequence[Thread]) -> tuple[str, ...]:
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
            blocks += paragraph([words.say("Reviennent aussi : {x}.", _sources(reading, others), x=together(names))])
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
    points = [words.say("Se dit encore : {x}.", _sources(reading, stays), x=together(names))] if stays else []
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


def _in_a_table(reading: Reading) -> Section | None:
    if not reading.woven.threads:
        return None
    return Section(
        "tableau", "Ce qui revient, atelier par atelier", (Block("figure", value=Shown(figure=TABLE)),), "", True
    )


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
