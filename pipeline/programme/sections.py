"""The parts of the document of a programme: title by title, workshop by workshop, with numbers where people checked who
says it, else in words alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.axes import COMPASS_CODES, compass
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
from pipeline.language.text.typography import Spaces, capitalized, typeset
from pipeline.programme.reading import AGAINST, IF, Move, Reading, side_of
from pipeline.programme.titles import Part, Shared
from pipeline.programme.workshops import Workshop
from pipeline.restitution.material.kinship import is_sure
from pipeline.restitution.nodes import listed, paragraph
from pipeline.restitution.prose.telling import Telling, ways
from pipeline.restitution.quoting.quotes import plain_quotes, quote
from pipeline.restitution.quoting.standing import standing_words
from pipeline.restitution.sections.closing import slots
from pipeline.restitution.sections.planned import TITLES

LEADS = {
    "est": "Ce qui freine",
    "sud": "Ce qui est proposé",
    "nord": "Ce qui existe et compte",
    "ouest": "Ce qui reste à penser",
}
ESSENTIAL, ASKED = 3, 12
"""Titles of an axis named in the essential; others named, and questions told: the rest is in the workbook."""
TABLE = "titres"
WORKBOOK = ("programme.xlsx",)


@dataclass
class Words:
    """The hand that writes a programme; `told` are the contributions whose words are on the page already."""

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
        return [*self.bare(workshop, strong), *self.all.in_brackets(self._date(workshop))]

    def bare(self, workshop: Workshop, strong: bool = False) -> list[Node]:
        """`Vaux`."""
        return [NamedNode("place", workshop.name, NamedRef(workshop=workshop.key), strong)]

    def _date(self, workshop: Workshop) -> list[Node]:
        fact = f"date.{workshop.key}"
        if not workshop.date or fact not in self.reading.facts:
            return []
        return [FactNode(str(self.reading.facts[fact].value), FactRef(fact, "date"))]

    def title(self, title: Shared) -> list[Node]:
        """A title as it stands in a list: no word is added to it."""
        words = self.all.titles.lexicon.lowered(title.text)
        return [NamedNode("title", typeset(plain_quotes(words), self.spaces), NamedRef(group_id=title.title_id))]

    def titled(self, title: Shared) -> list[Node]:
        """The same, and in how many workshops."""
        return [*self.title(title), *self.all.in_brackets([self.fact(f"{title.title_id}.ateliers", "workshops")])]

    def fact(self, name: str, form: str) -> FactNode:
        """A fact in one of its forms."""
        return self.all.places.fact(name, form)

    def quoted(self, unit: str, again: bool = False, sure_first: bool = False) -> list[WordsNode]:
        """Words of a unit: those that stand alone first (of sure axes, where the axis says something), none that is on
        the page already unless `again`; [] where nothing may be told."""
        items = [self.reading.material.items[key] for key in self.reading.units[unit].members]
        kept = [one for one in items if one.quote_choice != "bannie"]
        kept.sort(key=lambda one: (one.quote_choice != "choisie", sure_first and not is_sure(one)))
        for how in (standing_words, quote):
            for item in kept:
                node = how(item) if again or item.contribution_id not in self.told else None
                if node is not None:
                    self.told.add(item.contribution_id)
                    return [self.all.words_at(node.ref)]
        return []

    def say(self, template: str, sources: Sequence[str], **pieces: Node | Sequence[Node] | str) -> Sentence:
        """A sentence of ours."""
        return self.all.say(template, sources, 0, **pieces)

    def part(self, title: Shared, part: Part, is_again: bool = False) -> Iterator[Sentence]:
        """What a workshop says under a title, then who is against, then who sets a condition."""
        home = self.workshop(self.reading.by_key[part.workshop], strong=True)
        if part.axis != title.axis and self.reading.is_sure_of(part):
            side = f"côté {compass()[part.axis].name}"
            home = [TextNode(side)] if is_again else [*home, TextNode(f", {side}")]
        elif is_again:
            home = [TextNode("là encore")]
        for side in ("", AGAINST, IF):
            unit = self.reading.units.get(side_of(part, side))
            if unit is None or not unit.members:
                continue
            words = self.quoted(unit.unit_id, sure_first=part.axis != title.axis)
            lead, clause = self._clause(part, side)
            template = f"{lead}{clause}{{q}}." if words else f"{lead}{clause}".rstrip(" :,") + "."
            if not words and not part.group.is_counted:
                template = f"{lead}aucune de ses paroles ne peut être citée seule."
            yield self.say(template, unit.members, w=home, who=self._who(part, side), q=words)

    def _who(self, part: Part, side: str) -> list[Node]:
        return self.tellings[part.workshop].places.who(self.reading.units[side_of(part, side)])[0]

    def _clause(self, part: Part, side: str) -> tuple[str, str]:
        """How a sentence opens, and its verb: a number only where people checked what is under the title."""
        lead = "{w} : " if not side or not self.reading.is_said(part) else ""
        places, unit = self.tellings[part.workshop].places, self.reading.units[side_of(part, side)]
        number = "p" if places.who(unit)[1] else "s"
        if part.is_placed and not side:
            return lead, "peut-être aussi "
        if not side:
            verb = "{who} le disent" if number == "p" else "{who} le dit"
            return lead, f"{verb}, par exemple " if part.group.is_counted else "on y lit "
        if not part.group.is_counted:
            return lead, "mais on y lit aussi, contre cela : " if side == AGAINST and not lead else _UNCOUNTED[side]
        kind = "condition" if side == IF else "objection" if part.axis == "sud" else "contrary"
        clause = ways(f"{kind}.{number}")[0]
        return lead, f"{clause} : "


_UNCOUNTED = {AGAINST: "on y lit, contre cela : ", IF: "on y met une condition : "}


def together(parts: Sequence[Sequence[Node]]) -> list[Node]:
    """Parts of a list in one sentence, apart by semicolons."""
    return listed([part for part in parts if part])


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
    table = Section(
        "tableau", "Titre par titre, atelier par atelier", (Block("figure", value=Shown(figure=TABLE)),), "", True
    )
    annexes = [table, _asked(reading, words), method]
    return [section for section in (*found, *annexes) if section is not None and section.blocks]


def _sources(titles: Sequence[Shared]) -> tuple[str, ...]:
    return tuple(item.item_id for title in titles for part in title.parts for item in part.items)


def _essential(reading: Reading, words: Words) -> Section:
    n, facts = words.fact("ateliers", "workshop_count"), reading.facts
    told: list[Sentence | None] = [words.say("{n} sont lus ensemble, sous les titres de chacun.", WORKBOOK, n=n)]
    is_everywhere = len(reading.workshops) > 2 and 0 < facts["titres"].n == facts["titres.partout"].n
    if reading.common and not is_everywhere:
        verb = "reviennent" if facts["titres"].n > 1 else "revient"
        back: list[Node] = [words.fact("titres", "title_count"), TextNode(f" {verb}")]
        told.append(words.say("{x} de l’un à l’autre.", WORKBOOK, x=back))
    elif not reading.common:
        told.append(words.say("Aucun titre ne revient de l’un à l’autre sans qu’une personne le confirme.", WORKBOOK))
    if len(reading.workshops) > 2 and facts["titres.partout"].n:
        verb = "se retrouvent" if facts["titres.partout"].n > 1 else "se retrouve"
        everywhere = words.fact("titres.partout", "title_count")
        told.append(words.say(f"{{n}} {verb} dans tous les ateliers.", WORKBOOK, n=everywhere))
    for axis in COMPASS_CODES:
        first = [one for one in reading.common if one.axis == axis][:ESSENTIAL]
        if first:
            names = together([words.titled(one) for one in first])
            told.append(words.say(f"{LEADS[axis]} : {{x}}.", _sources(first), x=names))
    others = [one for one in reading.shared if len(one.homes) < 2][:ASKED]
    if others:
        text = "Des paroles d’un autre atelier vont peut-être aussi sous ces titres : {x}."
        told.append(words.say(text, _sources(others), x=together([words.title(one) for one in others])))
    return Section("essentiel", "L’essentiel", tuple(paragraph(told)))


def _recurring(reading: Reading, words: Words) -> Section | None:
    """Axis by axis, each title that comes back: a paragraph, workshop by workshop, one quotation each."""
    blocks: list[Block] = []
    order = reading.numbers
    for axis in COMPASS_CODES:
        titles = [one for one in reading.shared if one.axis == axis]
        if titles:
            blocks.append(Block("heading", level=1, value=Shown(text=TITLES[axis], axis=axis)))
        for title in titles:
            groups = (title.title_id,)
            blocks.append(Block("heading", level=2, value=Shown(text=_headed(title.text, words)), groups=groups))
            told: list[Sentence] = []
            last = ""
            for part in sorted(title.parts, key=lambda one: (one.is_placed, order[one.workshop], one.axis != axis)):
                told += words.part(title, part, part.workshop == last)
                last = part.workshop
            blocks.append(Block("paragraph", tuple(told), groups=groups))
    return Section("revient", "Ce qui revient d’un atelier à l’autre", tuple(blocks)) if blocks else None


def _headed(text: str, words: Words) -> str:
    return typeset(capitalized(text), words.spaces)


def _elsewhere(reading: Reading, words: Words) -> Section | None:
    """Obstacles of one workshop, and what another one proposes or has."""
    points: list[Sentence] = []
    for one in reading.elsewhere:
        ends = [reading.by_key[part.workshop] for part in one]
        if ends[0].territory and ends[0].territory == ends[1].territory:
            continue  # what a territory says later is told with what moves
        titles = [reading.homes[part.part_id] for part in one]
        said = words.quoted(one.answer.part_id, again=True, sure_first=True)
        verb = "propose" if one.answer.axis == "sud" else "connaît"
        name = words.title(titles[1]) if titles[1] is not titles[0] else []
        joint = [TextNode(" : ")] if name and said else []
        if not name and not said:
            continue
        told = [*name, *joint, *said]
        sources = tuple(item.item_id for part in one for item in part.items)
        pieces = {"w": words.bare(ends[0], strong=True), "v": words.bare(ends[1], strong=True)}
        template = f"{{w}} bute sur {{x}} ; {{v}} {verb} {{y}}."
        points.append(words.say(template, sources, x=words.title(titles[0]), y=told, **pieces))
    if not points:
        return None
    caution = words.say(
        "Cela pourrait y répondre : rien ne dit que ce soit le cas, ni que ce qui marche ici marche là.", WORKBOOK
    )
    return Section(
        "ailleurs", "Obstacles d’ici, réponses d’ailleurs", (*paragraph([caution]), Block("list", tuple(points)))
    )


def _over_time(reading: Reading, words: Words) -> Section | None:
    """What a territory says again, no longer, or for the first time."""
    blocks: list[Block] = []
    for move in reading.moves():
        points = _of_move(reading, words, move)
        if points:
            blocks.append(Block("heading", level=1, value=Shown(text=typeset(move.first.territory, words.spaces))))
            ends = {"w": words.workshop(move.first), "v": words.workshop(move.last)}
            blocks += paragraph([words.say("Entre {w} et {v} :", ("atelier.toml",), **ends)])
            blocks.append(Block("list", tuple(points)))
    if not blocks:
        return None
    caution = words.say(
        "Un titre qu’on ne retrouve pas n’est pas pour autant réglé : d’autres personnes étaient là, d’autres sujets "
        "étaient posés, et la même chose peut porter un autre titre. Les dates disent un ordre, pas une cause.",
        WORKBOOK,
    )
    return Section("temps", "D’un atelier au suivant, sur un même territoire", (*blocks, *paragraph([caution])))


def _of_move(reading: Reading, words: Words, move: Move) -> list[Sentence]:
    lifted = tuple(dict.fromkeys(reading.homes[one.obstacle.part_id] for one in move.answered))
    told = (
        (move.stays, "Se dit encore : {x}."),
        (move.comes, "Vient au second : {x}."),
        (move.goes, "Ne se retrouve pas au second : {x}."),
        (move.became, "Était proposé au premier, et existe peut-être au second : {x}."),
        (lifted, "Freinait au premier, et trouve peut-être une réponse dans ce que dit le second : {x}."),
    )
    return [
        words.say(text, _sources(titles), x=together([words.title(one) for one in titles]))
        for titles, text in told
        if titles
    ]


def _proper(reading: Reading, words: Words) -> Section | None:
    """What is of one workshop alone: titles of people with their words, then by name those that a machine proposes."""
    blocks: list[Block] = []
    for workshop in reading.workshops:
        own = [one for one in reading.titles if one.workshops == (workshop.key,)]
        own = [one for one in own if one.title_id not in reading.questioned]
        points = [_proper_point(reading, words, one) for one in own if one.is_of_people]
        proposed = [one for one in own if not one.is_of_people]
        if not points and not proposed:
            continue
        blocks.append(Block("heading", level=1, value=Shown(text=typeset(workshop.name, words.spaces))))
        if points:
            blocks.append(Block("list", tuple(points)))
        if proposed:
            names = together([words.title(one) for one in proposed])
            text = "Titres proposés par la machine, que personne n’a encore pris : {x}."
            blocks += paragraph([words.say(text, _sources(proposed), x=names)])
    return Section("propre", "Ce qui est propre à chaque atelier", tuple(blocks)) if blocks else None


def _proper_point(reading: Reading, words: Words, title: Shared) -> Sentence:
    (part, *_) = title.parts
    name = words.title(title)
    if part.group.is_counted and reading.is_said(part):
        brief = words.tellings[part.workshop].places.brief(reading.units[part.part_id])
        name = [*name, *words.all.in_brackets(brief)]
    said = words.quoted(part.part_id)
    return words.say("{x} : {y}." if said else "{x}.", _sources([title]), x=name, y=said)


def _asked(reading: Reading, words: Words) -> Section | None:
    """What a person may say: whether two titles are one."""
    points = []
    for one in reading.questions[:ASKED]:
        parts = [reading.parts[key] for key in one[:2]]
        names = [words.title(reading.homes[part.part_id]) for part in parts]
        homes = [words.bare(reading.by_key[part.workshop]) for part in parts]
        pieces = {"x": names[0], "w": homes[0], "y": names[1], "v": homes[1]}
        sources = tuple(item.item_id for part in parts for item in part.items)
        points.append(words.say("{x} ({w}) et {y} ({v}) ?", sources, **pieces))
    if not points:
        return None
    n = words.fact("questions", "pair_count")
    text = "{n} qu’une personne peut confirmer ou refuser, dans programme.xlsx. En voici les plus probables."
    blocks = (*paragraph([words.say(text, WORKBOOK, n=n)]), Block("list", tuple(points)))
    return Section("questions", "Est-ce le même titre ?", blocks, "", True)
