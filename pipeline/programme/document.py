"""The document of a programme as a draft, which the writers of a restitution render: title by title, workshop by
workshop, with numbers where people checked who says it, else in words alone.

Marks of sources are of a workshop, by its number, and of a contribution, by its place in its run: `A2.14`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from pipeline.axes import COMPASS_CODES, compass
from pipeline.config import Config
from pipeline.contracts.draft import (
    Block,
    Draft,
    FactNode,
    FactRef,
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
from pipeline.contracts.facts import Fact
from pipeline.contracts.labels import CHANNEL_NAMES
from pipeline.language.text.typography import NO_BREAK, Spaces, capitalized, counted, typeset
from pipeline.programme.reading import AGAINST, IF, Move, Reading, side_of
from pipeline.programme.titles import Part, Shared
from pipeline.programme.workshops import About, Workshop
from pipeline.restitution.material.facts import french_date
from pipeline.restitution.material.kinship import is_sure
from pipeline.restitution.nodes import listed, paragraph
from pipeline.restitution.prose.telling import Telling, ways
from pipeline.restitution.quoting.lock import check, leave_out_broken
from pipeline.restitution.quoting.quotes import masked, may_tell, plain_quotes, quote
from pipeline.restitution.quoting.standing import standing_words
from pipeline.restitution.sections.closing import slots
from pipeline.restitution.sections.planned import TITLES
from pipeline.restitution.writers.markdown import write_markdown
from pipeline.restitution.writers.office import write_offices
from pipeline.restitution.writers.page import write_page
from pipeline.review.exchange.workbook import CELL_MAX, Form, write_sheet
from pipeline.workshop.model import Item

BODY = "Éléments saillants, d’un atelier à l’autre"
LEADS = {
    "est": "Ce qui freine",
    "sud": "Ce qui est proposé",
    "nord": "Ce qui existe et compte",
    "ouest": "Ce qui reste à penser",
}
ESSENTIAL, ASKED = 3, 12
"""Titles of an axis named in the essential; others named, and questions told: the rest is in the workbook."""
TABLE = "titres"
OF_ALL = ("programme.xlsx",)


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

    def say(self, template: str, sources: Sequence[str] = OF_ALL, **pieces: Node | Sequence[Node] | str) -> Sentence:
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


def _under(titles: Sequence[Shared]) -> tuple[str, ...]:
    return tuple(item.item_id for title in titles for part in title.parts for item in part.items)


def _essential(reading: Reading, words: Words) -> Section:
    n, facts = words.fact("ateliers", "workshop_count"), reading.facts
    told: list[Sentence | None] = [words.say("{n} sont lus ensemble, sous les titres de chacun.", n=n)]
    is_everywhere = len(reading.workshops) > 2 and 0 < facts["titres"].n == facts["titres.partout"].n
    if reading.common and not is_everywhere:
        verb = "reviennent" if facts["titres"].n > 1 else "revient"
        back: list[Node] = [words.fact("titres", "title_count"), TextNode(f" {verb}")]
        told.append(words.say("{x} de l’un à l’autre.", x=back))
    elif not reading.common:
        told.append(words.say("Aucun titre ne revient de l’un à l’autre sans qu’une personne le confirme."))
    if len(reading.workshops) > 2 and facts["titres.partout"].n:
        verb = "se retrouvent" if facts["titres.partout"].n > 1 else "se retrouve"
        everywhere = words.fact("titres.partout", "title_count")
        told.append(words.say(f"{{n}} {verb} dans tous les ateliers.", n=everywhere))
    for axis in COMPASS_CODES:
        first = [one for one in reading.common if one.axis == axis][:ESSENTIAL]
        if first:
            names = listed([words.titled(one) for one in first])
            told.append(words.say(f"{LEADS[axis]} : {{x}}.", _under(first), x=names))
    others = [one for one in reading.shared if len(one.homes) < 2][:ASKED]
    if others:
        text = "Des paroles d’un autre atelier vont peut-être aussi sous ces titres : {x}."
        told.append(words.say(text, _under(others), x=listed([words.title(one) for one in others])))
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
            blocks.append(
                Block(
                    "heading", level=2, value=Shown(text=typeset(capitalized(title.text), words.spaces)), groups=groups
                )
            )
            told: list[Sentence] = []
            last = ""
            for part in sorted(title.parts, key=lambda one: (one.is_placed, order[one.workshop], one.axis != axis)):
                told += words.part(title, part, part.workshop == last)
                last = part.workshop
            blocks.append(Block("paragraph", tuple(told), groups=groups))
    return Section("revient", "Ce qui revient d’un atelier à l’autre", tuple(blocks)) if blocks else None


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
        "Cela pourrait y répondre : rien ne dit que ce soit le cas, ni que ce qui marche ici marche là."
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
        words.say(text, _under(titles), x=listed([words.title(one) for one in titles]))
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
            names = listed([words.title(one) for one in proposed])
            text = "Titres proposés par la machine, que personne n’a encore pris : {x}."
            blocks += paragraph([words.say(text, _under(proposed), x=names)])
    return Section("propre", "Ce qui est propre à chaque atelier", tuple(blocks)) if blocks else None


def _proper_point(reading: Reading, words: Words, title: Shared) -> Sentence:
    (part, *_) = title.parts
    name = words.title(title)
    if part.group.is_counted and reading.is_said(part):
        brief = words.tellings[part.workshop].places.brief(reading.units[part.part_id])
        name = [*name, *words.all.in_brackets(brief)]
    said = words.quoted(part.part_id)
    return words.say("{x} : {y}." if said else "{x}.", _under([title]), x=name, y=said)


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
    text = (
        "{n} qu’une personne peut confirmer ou refuser : dans programme.toml (memes_titres ou titres_distincts), ou en "
        "leur donnant les mêmes mots dans leurs ateliers. En voici les plus probables."
    )
    blocks = (*paragraph([words.say(text, n=n)]), Block("list", tuple(points)))
    return Section("questions", "Est-ce le même titre ?", blocks, "", True)


def write_draft(reading: Reading, about: About, config: Config) -> tuple[Draft, dict[str, Fact]]:
    """The whole document as data, and its facts.

    Raises
    ------
    BrokenDraftError : it says what its sources do not (a bug).
    """
    facts = reading.facts
    spaces = config.restitution.espaces
    words = Words(reading, reading.tellings(spaces), spaces)
    found = sections(reading, words, _method(reading, words))
    sound, left_out = leave_out_broken(found, facts, reading.material)
    numbered = tuple(
        replace(section, blocks=tuple(_marked(block, reading) for block in section.blocks)) for section in sound
    )
    title = about.titre or "Plusieurs ateliers, lus ensemble"
    figures = {TABLE: _table(reading)} if any(section.key == "tableau" for section in numbered) else {}
    sources = tuple(_sources(numbered, reading))
    draft = Draft(typeset(title), "fr-FR", _header(reading, about), numbered, sources, left_out, figures, typeset(BODY))
    check(draft, facts, reading.material)
    return draft, facts


def render(draft: Draft, config: Config) -> dict[str, bytes]:
    """The document in each format, by its name."""
    options, level = config.restitution, config.restitution.niveau_titre
    offices = write_offices(draft, {}, level, {"docx": options.modele_docx, "odt": options.modele_odt})
    return {
        "programme.md": write_markdown(draft, level, options.modele_md),
        "programme.html": write_page(draft, {}, level, options.modele_html),
        **{f"programme.{kind}": content for kind, content in offices.items()},
    }


def _header(reading: Reading, about: About) -> tuple[HeaderField, ...]:
    workshops = reading.workshops
    told = [
        f"{reading.numbers[one.key]}.{NO_BREAK}{one.name}" + (f" ({french_date(one.date)})" if one.date else "")
        for one in workshops
    ]
    people = [(one.name, n) for one in workshops if (n := one.material.declared_participants) is not None]
    attendance = " ; ".join(f"{name}, {counted(n, 'personne', feminine=True)}" for name, n in people)
    fields = (
        ("Ateliers", " ; ".join(told)),
        ("Territoires", " ; ".join(dict.fromkeys(one.territory for one in workshops if one.territory))),
        ("Participation", attendance),
        ("Auteur·e", about.auteur),
    )
    return tuple(HeaderField(label, typeset(value), "given" if value else "empty") for label, value in fields)


def _method(reading: Reading, words: Words) -> Section:
    """How it was made, what it rests on, what it left aside."""
    told: list[Sentence | None] = [
        words.say(
            "Les titres de chaque atelier, ce qu’il y a dessous et ce que des personnes y ont décidé sont repris tels "
            "quels. Les titres qui ont les mêmes mots n’en font qu’un ; d’autres n’en font qu’un quand une personne le "
            "dit. Un titre que la machine propose reste celui de son atelier.",
        ),
        words.say(
            "Un nombre n’est dit que là où des personnes ont rangé les paroles sous le titre, ou les y ont relues ; "
            "ailleurs, on ne lit que des paroles. Qui s’oppose n’est pas compté avec qui le dit.",
        ),
    ]
    if any(part.is_placed for part in reading.parts.values()):
        text = (
            "Des paroles que nul titre ne prenait dans leur atelier sont sous celui d’un autre : la machine les y a "
            "rangées, sans les compter ; le classeur les marque."
        )
        told.append(words.say(text))
    undated = [words.workshop(one) for one in reading.workshops if not one.date]
    if undated:
        text = "Sans date connue, hors de ce qui est dit du temps : {x}."
        told.append(words.say(text, x=listed(undated)))
    if reading.silent:
        told.append(words.say("Un atelier dont rien n’a pu être lu n’est pas compté."))
    return Section("methode", "Comment ces ateliers ont été lus ensemble", tuple(paragraph(told)), "", True)


def _table(reading: Reading) -> FigureText:
    """Every title of people, and what each workshop says of it."""
    columns = ["Titre", *(f"{reading.numbers[one.key]}. {one.name}" for one in reading.workshops)]
    rows = []
    for title in (one for one in reading.titles if one.is_of_people):
        cells = [cell_of(reading, title.on(workshop.key)) or "–" for workshop in reading.workshops]
        rows.append(tuple(typeset(cell) for cell in (capitalized(title.text), *cells)))
    name = "Titre par atelier : personnes, ou contributions où on ne les connaît pas ; « lu » où personne n’a compté"
    return FigureText(name, name, tuple(typeset(one) for one in columns), tuple(rows), "table")


def workbook(reading: Reading) -> bytes:
    """`programme.xlsx`: what each workshop says under each title, and the words of the titles of people."""
    import xlsxwriter

    numbered = {one.key: f"{reading.numbers[one.key]}. {one.name}" for one in reading.workshops}
    titles = [
        {
            "Titre": title.text,
            "Axe": compass()[title.axis].name,
            "De qui": "des personnes" if title.is_of_people else "proposé par la machine",
            "Nombre d'ateliers": len(title.homes),
            **{name: cell_of(reading, title.on(key)) for key, name in numbered.items()},
        }
        for title in reading.titles
    ]
    words = [
        {
            "Titre": title.text,
            "Atelier": numbered[part.workshop],
            "Axe": compass()[part.axis].name,
            "Parole": masked(item)[:CELL_MAX],
            "Rangée par": "la machine, d'après le titre d'un autre atelier" if part.is_placed else "son atelier",
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
            write_sheet(book, name, rows, Form(), {"Titre": 50, "Parole": 70})
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
    """What each mark stands for, workshop by workshop."""
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
