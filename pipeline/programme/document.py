"""The document of a programme as a draft, which the writers of a restitution render: header, parts, sources, table.

Marks of sources are of a workshop, by its number, and of a contribution, by its place in its run: `A2.14`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.config import Config
from pipeline.contracts.draft import Block, Draft, FigureText, HeaderField, Section, Sentence, Source
from pipeline.contracts.facts import Fact
from pipeline.contracts.labels import CHANNEL_NAMES
from pipeline.language.text.typography import NO_BREAK, capitalized, counted, typeset
from pipeline.programme.columns import measured
from pipeline.programme.reading import Reading, part_of
from pipeline.programme.sections import TABLE, Words, sections, together
from pipeline.programme.workshops import About
from pipeline.restitution.material.facts import fact, french_date
from pipeline.restitution.material.model import Item
from pipeline.restitution.nodes import paragraph
from pipeline.restitution.quoting.lock import check, leave_out_broken
from pipeline.restitution.writers.markdown import write_markdown
from pipeline.restitution.writers.office import write_offices
from pipeline.restitution.writers.page import write_page

BODY = "Éléments saillants, d’un atelier à l’autre"
RIGHT = "rapprochements.justes"


def write_draft(reading: Reading, about: About, config: Config) -> tuple[Draft, dict[str, Fact]]:
    """The whole document as data, and its facts.

    Raises
    ------
    BrokenDraftError : it says what its sources do not (a bug).
    """
    facts = reading.facts
    facts[RIGHT] = fact(measured()["right"], measured()["right"], measured()["told"], "models/pairs/across.json")
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
    source, place = ("programme.xlsx",), words.all.places
    told: list[Sentence | None] = [
        words.say(
            "Les groupes de chaque atelier, leurs titres et ce que des personnes y ont décidé sont repris tels quels. "
            "D’un atelier à l’autre, un groupe est rapproché d’un autre du même axe quand le modèle qui forme les "
            "groupes les aurait mis ensemble, nettement plus qu’avec tout autre, et que des personnes ont fait, "
            "accepté ou titré l’un et l’autre. Sur des murs réels qu’il n’avait pas vus, {n} de ces rapprochements "
            "étaient justes. Une idée dite par une seule contribution n’est jamais rapprochée sans qu’une personne le "
            "dise.",
            source,
            n=place.fact(RIGHT, "share"),
        )
    ]
    people = sorted({match.by for thread in reading.woven.threads for match in thread.matches} - {"machine", "atelier"})
    if not people:
        told.append(words.say("Aucun de ces rapprochements n’a encore été relu par une personne.", source))
    silent = [f"« {one.name} »" for one in reading.silent]
    undated = [words.workshop(one) for one in reading.workshops if not one.date]
    if undated:
        told.append(words.say("Sans date connue, hors de ce qui est dit du temps : {x}.", source, x=together(undated)))
    if silent:
        told.append(words.say("Un atelier dont rien n’a pu être lu n’est pas compté.", source))
    return Section("methode", "Comment ces ateliers ont été rapprochés", tuple(paragraph(told)), "", True)


def _table(reading: Reading) -> FigureText:
    """Contributions of each thread in each workshop."""
    columns = ["Ce qui revient", *(f"{reading.numbers[one.key]}. {one.name}" for one in reading.workshops)]
    rows = []
    for thread in reading.woven.threads:
        cells = [capitalized(thread.title)]
        for workshop in reading.workshops:
            mine = [key for key in thread.columns if reading.columns[key].workshop == workshop.key]
            n = sum(reading.units[part_of(thread, key)].spread.contributions for key in mine)
            cells.append(str(n) if n else "–")
        rows.append(tuple(typeset(cell) for cell in cells))
    title = "Contributions qui le disent, atelier par atelier"
    return FigureText(title, title, tuple(typeset(one) for one in columns), tuple(rows), "table")


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
