"""The document of a programme as a draft, which the writers of a restitution render: title by title, workshop by
workshop, with numbers where people checked who says it, else in words alone.

Marks of sources are of a workshop, by its number, and of a contribution, by its place in its run: `A2.14`.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, pairwise

from pipeline.axes import COMPASS_CODES, SUD, compass
from pipeline.config import Config
from pipeline.contracts.draft import (
    Block,
    Draft,
    Fact,
    FigureText,
    HeaderField,
    NamedNode,
    NamedRef,
    Node,
    Section,
    Sentence,
    Shown,
    Source,
    TextNode,
    WordsNode,
)
from pipeline.contracts.labels import CHANNEL_NAMES
from pipeline.language.text.typography import Spaces, capitalized, counted, typeset
from pipeline.programme.reading import AGAINST, IF, Reading, side_of
from pipeline.programme.titles import Part, Shared
from pipeline.programme.workshops import About
from pipeline.restitution.material.facts import french_date
from pipeline.restitution.material.kinship import is_sure
from pipeline.restitution.nodes import listed, paragraph
from pipeline.restitution.prose.telling import SIDES as SAID_OF
from pipeline.restitution.quoting.lock import check, leave_out_broken
from pipeline.restitution.quoting.quotes import masked, may_quote, plain_quotes, quote_node
from pipeline.restitution.quoting.standing import QUOTE_WORDS_MAX, standing_words
from pipeline.restitution.writers.office import write_offices
from pipeline.restitution.writers.page import write_page
from pipeline.restitution.writers.text import MARKDOWN
from pipeline.review.exchange.workbook import CELL_MAX, write_sheet
from pipeline.workshop.model import Item, may_tell

BODY = "Éléments saillants, d’un atelier à l’autre"
LEADS = {
    "est": "Ce qui freine",
    "sud": "Ce qui est proposé",
    "nord": "Ce qui existe et compte",
    "ouest": "Ce qui reste à penser",
}
ESSENTIAL = 3
"""Titles of an axis named in the essential: the rest is in the workbook."""
TABLE = "titres"
OF_ALL = ("programme.xlsx",)
_UNCOUNTED = {AGAINST: "on y lit, contre cela : ", IF: "on y met une condition : "}


def _whole(item: Item) -> WordsNode | None:
    """All the words of a short contribution, between « »; None where they may not be quoted."""
    is_short = len(item.source_text[slice(*item.whole)].split()) <= QUOTE_WORDS_MAX
    return quote_node(item, item.whole) if may_quote(item) and is_short else None


@dataclass
class Words:
    """The hand that writes a programme; `told` are the contributions whose words are on the page already."""

    reading: Reading
    spaces: Spaces
    told: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.tellings = self.reading.tellings(self.spaces)
        self.all = self.tellings[""]
        self.fact = self.all.places.fact

    def workshop(self, key: str, is_dated: bool = False, strong: bool = False) -> list[Node]:
        """`Vaux`, or `Vaux (12 mars 2025)`, without what nobody said."""
        name = NamedNode("place", self.reading.by_key[key].name, NamedRef(workshop=key), strong)
        dated = f"date.{key}" if is_dated and self.reading.by_key[key].date else ""
        return [name, *self.all.in_brackets([self.fact(dated, "date")] if dated in self.reading.facts else [])]

    def titles(self, titles: Sequence[Shared], form: str = "") -> list[Node]:
        """Titles as they stand in a list, no word added to them; how many workshops have each, when `form` says it."""
        found = []
        for title in titles:
            text = typeset(plain_quotes(self.all.lexicon.lowered(title.text)), self.spaces)
            n = [self.fact(f"{title.title_id}.ateliers", form)] if form else []
            found.append([NamedNode("title", text, NamedRef(group_id=title.title_id)), *self.all.in_brackets(n)])
        return listed(found)

    def quoted(self, unit: str, again: bool = False, sure_first: bool = False) -> list[WordsNode]:
        """Words of a unit: those that stand alone first (of sure axes, where the axis says something), none that is on
        the page already unless `again`; [] where nothing may be told."""
        items = [self.reading.material.items[key] for key in self.reading.units[unit].members]
        kept = [one for one in items if one.quote_choice != "bannie"]
        kept.sort(key=lambda one: (one.quote_choice != "choisie", sure_first and not is_sure(one)))
        for how in (standing_words, _whole):
            for item in kept:
                node = how(item) if again or item.contribution_id not in self.told else None
                if node is not None:
                    self.told.add(item.contribution_id)
                    return [self.all.words_at(node.ref)]
        return []

    def say(self, template: str, sources: Sequence[str] = OF_ALL, **pieces: Node | Sequence[Node] | str) -> Sentence:
        """A sentence of ours."""
        return self.all.say(template, sources, **pieces)

    def part(self, title: Shared, part: Part, is_again: bool = False) -> Iterator[Sentence]:
        """What a workshop says under a title, then who is against, then who sets a condition."""
        home: list[Node] = [TextNode("là encore")] if is_again else self.workshop(part.workshop, True, strong=True)
        if part.axis != title.axis and self.reading.is_sure_of(part):
            side = f"côté {compass()[part.axis].name}"
            home = [TextNode(side)] if is_again else [*home, TextNode(f", {side}")]
        for side in ("", AGAINST, IF):
            unit = self.reading.units.get(side_of(part, side))
            if unit is None or not unit.members:
                continue
            words = self.quoted(unit.unit_id, sure_first=part.axis != title.axis)
            who, is_several = self.tellings[part.workshop].places.who(unit)
            lead = "{w} : " if not side or not self.reading.is_said(part) else ""
            clause = self._clause(part, side, bool(lead), is_several)
            template = f"{lead}{clause}{{q}}." if words else f"{lead}{clause}".rstrip(" :,") + "."
            if not words and not part.group.is_counted:
                template = f"{lead}aucune de ses paroles ne peut être citée seule."
            yield self.say(template, unit.members, w=home, who=who, q=words)

    def _clause(self, part: Part, side: str, is_first: bool, is_several: bool) -> str:
        """A verb: with a number only where people checked what is under the title."""
        if not part.group.is_counted:
            contrary = "mais on y lit aussi, contre cela : "
            return "on y lit " if not side else contrary if side == AGAINST and not is_first else _UNCOUNTED[side]
        if not side:
            return "{who} en parlent, par exemple " if is_several else "{who} en parle, par exemple "
        kind = "condition" if side == IF else "objection" if part.axis == SUD else "contrary"
        return f"{SAID_OF[kind][is_several]} : "


def sections(reading: Reading, words: Words, method: Section) -> list[Section]:
    """All of them, in order; those that have nothing to say are not there."""
    table = Block("figure", value=Shown(figure=TABLE))
    found = [
        Section("essentiel", "L’essentiel", tuple(paragraph(list(_essential(reading, words))))),
        Section("revient", "Ce qui revient d’un atelier à l’autre", tuple(_recurring(reading, words))),
        Section("ailleurs", "Obstacles d’ici, réponses d’ailleurs", tuple(_elsewhere(reading, words))),
        Section("temps", "D’un atelier au suivant, sur un même territoire", tuple(_over_time(reading, words))),
        Section("tableau", "Titre par titre, atelier par atelier", (table,), "", True),
        method,
    ]
    return [section for section in found if section.blocks]


def _under(titles: Sequence[Shared]) -> tuple[str, ...]:
    return tuple(item.item_id for title in titles for part in title.parts for item in part.items)


def _essential(reading: Reading, words: Words) -> Iterator[Sentence]:
    n, facts = words.fact("ateliers", "workshop_count"), reading.facts
    yield words.say("{n} sont lus ensemble, sous les titres de chacun.", n=n)
    everywhere = facts["titres.partout"].n if len(reading.workshops) > 2 else 0
    if not reading.common:
        yield words.say("Aucun titre ne revient de l’un à l’autre sans qu’une personne le confirme.")
    elif facts["titres"].n != everywhere:
        verb = "reviennent" if facts["titres"].n > 1 else "revient"
        yield words.say(f"{{n}} {verb} de l’un à l’autre.", n=words.fact("titres", "title_count"))
    if everywhere:
        verb = "se retrouvent" if everywhere > 1 else "se retrouve"
        yield words.say(f"{{n}} {verb} dans tous les ateliers.", n=words.fact("titres.partout", "title_count"))
    for axis in COMPASS_CODES:
        if first := [one for one in reading.common if one.axis == axis][:ESSENTIAL]:
            yield words.say(f"{LEADS[axis]} : {{x}}.", _under(first), x=words.titles(first, "workshops"))


def _recurring(reading: Reading, words: Words) -> Iterator[Block]:
    """Axis by axis, each title that comes back: a paragraph, workshop by workshop, one quotation each."""
    for axis in COMPASS_CODES:
        titles = [one for one in reading.common if one.axis == axis]
        if titles:
            yield Block("heading", level=1, value=Shown(text=compass()[axis].section, axis=axis))
        for title in titles:
            groups, heading = (title.title_id,), Shown(text=typeset(capitalized(title.text), words.spaces))
            yield Block("heading", level=2, value=heading, groups=groups)
            order = {key: number for number, key in enumerate(reading.by_key)}
            parts = sorted(title.parts, key=lambda one: (order[one.workshop], one.axis != axis))
            is_again = [part.workshop == before.workshop for before, part in pairwise(parts)]
            told = [words.part(title, *two) for two in zip(parts, [False, *is_again], strict=True)]
            yield Block("paragraph", tuple(chain.from_iterable(told)), groups=groups)


def _elsewhere(reading: Reading, words: Words) -> Iterator[Block]:
    """Obstacles of one workshop, and what another one proposes or has."""
    points: list[Sentence] = []
    for one in reading.elsewhere:
        ends = [reading.by_key[part.workshop] for part in one]
        titles = [reading.homes[part.part_id] for part in one]
        said = words.quoted(one.answer.part_id, again=True, sure_first=True)
        name = words.titles(titles[1:]) if titles[1] is not titles[0] else []
        if name or said:
            template = f"{{w}} bute sur {{x}} ; {{v}} {'propose' if one.answer.axis == SUD else 'connaît'} {{y}}."
            told = [*name, *([TextNode(" : ")] if name and said else []), *said]
            w, v = (words.workshop(end.key, strong=True) for end in ends)
            sources = tuple(item.item_id for part in one for item in part.items)
            points.append(words.say(template, sources, w=w, v=v, x=words.titles(titles[:1]), y=told))
    if points:
        text = "Cela pourrait y répondre : rien ne dit que ce soit le cas, ni que ce qui marche ici marche là."
        yield from paragraph([words.say(text)])
        yield Block("list", tuple(points))


def _over_time(reading: Reading, words: Words) -> Iterator[Block]:
    """What a territory says again, no longer, or for the first time."""
    is_told = False
    for move in reading.moves():
        told = (
            (move.stays, "Se dit encore : {x}."),
            (move.comes, "Vient au second : {x}."),
            (move.goes, "Ne se retrouve pas au second : {x}."),
        )
        points = [words.say(text, _under(titles), x=words.titles(titles)) for titles, text in told if titles]
        if points:
            is_told = True
            yield Block("heading", level=1, value=Shown(text=typeset(move.first.territory, words.spaces)))
            w, v = (words.workshop(one.key, is_dated=True) for one in (move.first, move.last))
            yield from paragraph([words.say("Entre {w} et {v} :", ("atelier.toml",), w=w, v=v)])
            yield Block("list", tuple(points))
    if is_told:
        text = (
            "Un titre qu’on ne retrouve pas n’est pas pour autant réglé : d’autres personnes étaient là, d’autres "
            "sujets étaient posés, et la même chose peut porter un autre titre. Les dates disent un ordre, pas une "
            "cause."
        )
        yield from paragraph([words.say(text)])


def write_draft(reading: Reading, about: About, config: Config) -> tuple[Draft, dict[str, Fact]]:
    """The whole document as data, and its facts. Raises BrokenDraftError: it says what its sources do not (a bug)."""
    words = Words(reading, config.restitution.espaces)
    method = Section("methode", "Comment ces ateliers ont été lus ensemble", tuple(_method(reading, words)), "", True)
    sound, left_out = leave_out_broken(sections(reading, words, method), reading.facts, reading.material)
    numbered = tuple(
        replace(section, blocks=tuple(_marked(block, reading) for block in section.blocks)) for section in sound
    )
    title, figures = typeset(about.titre or "Plusieurs ateliers, lus ensemble"), {TABLE: _table(reading)}
    sources = tuple(_sources(numbered, reading))
    draft = Draft(title, "fr-FR", _header(reading, about), numbered, sources, left_out, figures, typeset(BODY))
    check(draft, reading.facts, reading.material)
    return draft, reading.facts


def render(draft: Draft, config: Config) -> dict[str, bytes]:
    """The document in each format, by its name."""
    options, level = config.restitution, config.restitution.niveau_titre
    offices = write_offices(draft, {}, level, {"docx": options.modele_docx, "odt": options.modele_odt})
    return {
        "programme.md": MARKDOWN.write(draft, level),
        "programme.html": write_page(draft, {}, level),
        **{f"programme.{kind}": content for kind, content in offices.items()},
    }


def _header(reading: Reading, about: About) -> tuple[HeaderField, ...]:
    workshops = reading.workshops
    dated = ((reading.numbered[one.key], one.date) for one in workshops)
    told = [f"{name} ({french_date(date)})" if date else name for name, date in dated]
    people = [(one.name, n) for one in workshops if (n := one.material.declared_participants) is not None]
    attendance = " ; ".join(f"{name}, {counted(n, 'personne', feminine=True)}" for name, n in people)
    fields = (
        ("Ateliers", " ; ".join(told)),
        ("Territoires", " ; ".join(dict.fromkeys(one.territory for one in workshops if one.territory))),
        ("Participation", attendance),
        ("Auteur·e", about.auteur),
    )
    return tuple(HeaderField(label, typeset(value), "given" if value else "empty") for label, value in fields)


def _method(reading: Reading, words: Words) -> list[Block]:
    told = [
        "Les titres de chaque atelier, ce qu’il y a dessous et ce que des personnes y ont décidé sont repris tels "
        "quels. Les titres qui ont les mêmes mots n’en font qu’un ; d’autres n’en font qu’un quand une personne le "
        "dit. Un titre que la machine propose reste celui de son atelier.",
        "Un nombre n’est dit que là où des personnes ont rangé les paroles sous le titre, ou les y ont relues ; "
        "ailleurs, on ne lit que des paroles. Qui s’oppose n’est pas compté avec qui le dit.",
    ]
    undated = [words.workshop(one.key) for one in reading.workshops if not one.date]
    if undated:
        told.append("Sans date connue, hors de ce qui est dit du temps : {x}.")
    if reading.silent:
        told.append("Un atelier dont rien n’a pu être lu n’est pas compté.")
    return paragraph([words.say(text, x=listed(undated)) for text in told])


def _table(reading: Reading) -> FigureText:
    columns = ["Titre", *reading.numbered.values()]
    rows = []
    for title in (one for one in reading.titles if one.is_of_people):
        cells = [cell_of(reading, title.on(key)) or "–" for key in reading.by_key]
        rows.append(tuple(typeset(cell) for cell in (capitalized(title.text), *cells)))
    name = "Titre par atelier : personnes, ou contributions où on ne les connaît pas ; « lu » où personne n’a compté"
    return FigureText(name, name, tuple(typeset(one) for one in columns), tuple(rows), "table")


def workbook(reading: Reading) -> bytes:
    """`programme.xlsx`: what each workshop says under each title, and the words of the titles of people."""
    import xlsxwriter

    titles = [
        {
            "Titre": title.text,
            "Axe": compass()[title.axis].name,
            "De qui": "des personnes" if title.is_of_people else "proposé par la machine",
            "Nombre d'ateliers": len(title.workshops),
            **{name: cell_of(reading, title.on(key)) for key, name in reading.numbered.items()},
        }
        for title in reading.titles
    ]
    words = [
        {
            "Titre": title.text,
            "Atelier": reading.numbered[part.workshop],
            "Axe": compass()[part.axis].name,
            "Parole": masked(item)[:CELL_MAX],
            "Source": f"{item.source}, {item.locator}",
            "Repère": _mark(item, reading),
        }
        for title in reading.titles
        if title.is_of_people
        for part in title.parts
        for item in part.items
        if may_tell(item)
    ]
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": datetime(2026, 1, 1), "title": "Programme", "author": "Rosace"})
        for name, rows in (("Titres", titles), ("Paroles", words)):
            write_sheet(book, name, rows, {"Titre": 50, "Parole": 70})
    return buffer.getvalue()


def cell_of(reading: Reading, parts: Sequence[Part]) -> str:
    """What a workshop says under a title: « 3 », « 3 ; contre 1 », « lu » where nobody checked; "" for nothing."""
    told = []
    for part in parts:
        said = [
            f"{f'{side} ' if side else ''}{reading.units[unit_id].spread.n_heard}"
            if part.group.is_counted
            else f"lu {side}".strip()
            for side in ("", IF, AGAINST)
            if (unit_id := side_of(part, side)) in reading.units and reading.units[unit_id].members
        ]
        lead = f"{compass()[part.axis].name} : " if len(parts) > 1 else ""
        told.append(lead + ", ".join(said))
    return " ; ".join(told)


def _marked(block: Block, reading: Reading) -> Block:
    sentences = tuple(
        replace(one, marks=tuple(_mark(reading.material.items[node.ref.item_id], reading) for node in one.words))
        for one in block.sentences
    )
    return replace(block, sentences=sentences)


def _mark(item: Item, reading: Reading) -> str:
    workshop = reading.by_key[item.workshop]
    return f"A{reading.numbers[item.workshop]}.{workshop.ranks[item.contribution_id]}"


def _sources(told: tuple[Section, ...], reading: Reading) -> Iterator[Source]:
    items = {
        node.ref.contribution_id: reading.material.items[node.ref.item_id]
        for section in told
        for sentence in section.sentences
        for node in sentence.words
    }
    ranks = {key: reading.by_key[item.workshop].ranks[key] for key, item in items.items()}
    for key in sorted(items, key=lambda key: (reading.numbers[items[key].workshop], ranks[key])):
        item = items[key]
        number, name = reading.numbers[item.workshop], reading.by_key[item.workshop].name
        piece = capitalized(CHANNEL_NAMES[item.channel].piece)
        yield Source(_mark(item, reading), f"Atelier {number}, {name}", f"{piece}, {item.source}", item.locator)
