"""The document of a programme as a draft, which the writers of a restitution render: header, parts, sources, table.

Marks of sources are of a workshop, by its number, and of a contribution, by its place in its run: `A2.14`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.axes import compass
from pipeline.config import Config
from pipeline.contracts.draft import Block, Draft, FigureText, HeaderField, Section, Sentence, Source
from pipeline.contracts.facts import Fact
from pipeline.contracts.labels import CHANNEL_NAMES
from pipeline.language.text.typography import NO_BREAK, capitalized, counted, typeset
from pipeline.programme.reading import AGAINST, IF, Reading, side_of
from pipeline.programme.sections import TABLE, WORKBOOK, Words, sections, together
from pipeline.programme.titles import Part
from pipeline.programme.workshops import About
from pipeline.restitution.material.facts import french_date
from pipeline.restitution.nodes import paragraph
from pipeline.restitution.quoting.lock import check, leave_out_broken
from pipeline.restitution.writers.markdown import write_markdown
from pipeline.restitution.writers.office import write_offices
from pipeline.restitution.writers.page import write_page
from pipeline.workshop.model import Item

BODY = "Éléments saillants, d’un atelier à l’autre"


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
            WORKBOOK,
        ),
        words.say(
            "Un nombre n’est dit que là où des personnes ont rangé les paroles sous le titre, ou les y ont relues ; "
            "ailleurs, on ne lit que des paroles. Qui s’oppose n’est pas compté avec qui le dit.",
            WORKBOOK,
        ),
    ]
    if any(part.is_placed for part in reading.parts.values()):
        text = (
            "Des paroles que nul titre ne prenait dans leur atelier sont sous celui d’un autre : la machine les y a "
            "rangées, sans les compter ; le classeur les marque."
        )
        told.append(words.say(text, WORKBOOK))
    undated = [words.workshop(one) for one in reading.workshops if not one.date]
    if undated:
        text = "Sans date connue, hors de ce qui est dit du temps : {x}."
        told.append(words.say(text, WORKBOOK, x=together(undated)))
    if reading.silent:
        told.append(words.say("Un atelier dont rien n’a pu être lu n’est pas compté.", WORKBOOK))
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


def cell_of(reading: Reading, parts: Sequence[Part]) -> str:
    """What a workshop says under a title: « 3 », « 3 ; contre 1 », « lu » where nobody checked; "" for nothing."""
    told = []
    for part in parts:
        said = [
            f"{f'{side} ' if side else ''}{_counted(reading, unit_id)}"
            if part.group.is_counted
            else f"lu {side}".strip()
            for side in ("", IF, AGAINST)
            if (unit_id := side_of(part, side)) in reading.units and reading.units[unit_id].members
        ]
        lead = f"{compass()[part.axis].name} : " if len(parts) > 1 else ""
        told.append(lead + ", ".join(said))
    return " ; ".join(told)


def _counted(reading: Reading, unit_id: str) -> int:
    spread = reading.units[unit_id].spread
    return spread.people or spread.contributions


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
