"""From facts and material to draft.json: the header block (an empty field stays visible), then the chosen sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from pipeline.config import RestitutionConfig
from pipeline.contracts.draft import ON_DOCUMENT, Block, Draft, Facts, HeaderField, Section, Shown
from pipeline.contracts.labels import PERSON, UNNAMED
from pipeline.contracts.plan import Plan
from pipeline.language.syntax import workshop_lexicon
from pipeline.language.text.typography import NO_BREAK, Spaces, capitalized, joined, typeset
from pipeline.restitution.material.facts import MEETINGS, WRITTEN, french_date, meeting_of
from pipeline.restitution.material.quantifiers import MEETING, bare_name, place_noun, said
from pipeline.restitution.prose.places import Places
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.quoting.lock import leave_out_broken
from pipeline.restitution.sections.closing import more, written
from pipeline.restitution.sections.essential import DRAWN, essential_section
from pipeline.restitution.sections.opening import gathered
from pipeline.restitution.sections.positions import opinions, votes
from pipeline.restitution.sections.titled import told_section, voted, with_unheard
from pipeline.workshop.model import Material

ESSENTIAL, GATHERED = "essentiel", "recueil"
TEXTS_LEARNT_MAX = 100_000
"""Ideas from which genders and names are learnt, taken evenly."""
IN_BRIEF = frozenset({"essentiel", "rose", "fil_rouge", "suites", "remerciements"})
"""The sections of the document at length `essentiel`."""


def telling_of(material: Material, plan: Plan, facts: Facts, spaces: Spaces = "fine") -> Telling:
    """What the sentences of both documents are made with."""
    step = 1 + len(material.items) // TEXTS_LEARNT_MAX
    lexicon = workshop_lexicon.learn(item.text for item in islice(material.items.values(), 0, None, step))
    return Telling(material, plan, Places(material, facts), lexicon, spaces)


def write_draft(telling: Telling, config: RestitutionConfig) -> Draft:
    """The restitution as data; writers read nothing else."""
    return finished(telling, _chosen(_sections(telling, config), config))


def finished(telling: Telling, sections: Sequence[Section], body: str = "") -> Draft:
    """A document of these sections, without the sentences that do not hold to their sources; `body` is the title of
    its whole text."""
    material, facts, spaces = telling.material, telling.places.facts, telling.spaces
    sound, left_out = leave_out_broken(sections, facts, material)
    set_sections = tuple(_with_set_titles(section, spaces) for section in sound)
    titles = [str(row["titre"]) for row in material.workshops]
    title = typeset(_title(material, titles[0]) if len(titles) == 1 else "Restitution de plusieurs ateliers", spaces)
    return Draft(title, "fr-FR", header(material, facts, spaces), set_sections, (), left_out, {}, body)


def _title(material: Material, given: str) -> str:
    """The title that a workshop was given; of one that nobody named and that met on several days, what its documents
    say that these were: `Restitution des assemblées générales`."""
    days = {item.date for item in material.items.values() if item.channel not in WRITTEN} - {""}
    if given != UNNAMED or len(days) < 2:
        return given
    kinds = [meeting_of(source, material) for source in material.document_names]
    kind, n = Counter(filter(None, kinds)).most_common(1)[0] if any(kinds) else ("", 0)
    return f"Restitution des {MEETINGS[kind] if 2 * n > len(kinds) else 'rencontres'}"


def as_drawn(draft: Draft, spaces: Spaces) -> Draft:
    """A draft where no language model wrote, that says so; how words were gathered, only where there is more to say
    than what stands beside it."""
    sections: list[Section] = []
    for section in draft.sections:
        if section.key == ESSENTIAL and section.blocks and section.blocks[0].kind == "motto":
            motto = section.blocks[0]
            state, _, others = motto.value.text.partition(". ")
            text = f"{state.removesuffix('.')}. {typeset(DRAWN, spaces)} {others}".rstrip()
            motto = replace(motto, value=replace(motto.value, text=text))
            section = replace(section, blocks=(motto, *section.blocks[1:]))
        is_told = any(one.role != ON_DOCUMENT for one in section.sentences)
        sections += [section] if section.key != GATHERED or is_told else []
    return replace(draft, sections=tuple(sections))


def _sections(telling: Telling, config: RestitutionConfig) -> list[Section]:
    told = with_unheard(telling, [told_section(telling, key) for key in telling.plan.axes])
    told += filter(None, [votes(telling, voted(telling)), opinions(telling)])
    has_rose = telling.material.is_on_axes and bool(telling.places.facts["idees"].n)
    drawn = (Block("figure", value=Shown(figure="rose")),) * has_rose
    sections: list[Section | None] = [
        essential_section(telling, config.mots_essentiel),
        written(telling, "fil_rouge"),
        Section(GATHERED, "Comment ces paroles ont été recueillies", tuple(gathered(telling))),
        *told,
        written(telling, "suites"),
        more(telling),
        written(telling, "remerciements"),
        Section("rose", "La rose de l’atelier", drawn, is_annex=True),
    ]
    return [section for section in sections if section is not None]


def _chosen(sections: Sequence[Section], config: RestitutionConfig) -> list[Section]:
    is_brief = config.longueur == "essentiel"
    return [section for section in sections if section.blocks and (not is_brief or section.key in IN_BRIEF)]


def _with_set_titles(section: Section, spaces: Spaces) -> Section:
    blocks = tuple(
        replace(block, value=replace(block.value, text=typeset(block.value.text, spaces))) for block in section.blocks
    )
    return replace(section, title=typeset(section.title, spaces), blocks=blocks)


FORM = (
    ("Format d’animation", "format_animation"),
    ("Animé par", "anime_par"),
    ("Auteur·e de la présente restitution", "auteur"),
)


def header(material: Material, facts: Facts, spaces: Spaces = "fine") -> tuple[HeaderField, ...]:
    """The fields in order; what nobody gave is an empty slot, but for tables, that a workshop may not have."""
    dates = (said(facts[name], "date") for row in material.workshops if (name := f"date.{row['workshop']}") in facts)
    tables = typeset(_tables(material, facts), spaces)
    called = f"{capitalized(place_noun(facts['tables'].labels).singular)}s"
    territory = _declared(material, "territoire")
    return (
        _field("Date", dates),
        _field("Lieu", _declared(material, "lieu")),
        *([_field("Territoire", territory)] if territory else []),
        _field("Participation", [typeset(_attendance(facts), spaces)]),
        *([_field(called, [tables])] if tables else []),
        *(_field(label, _declared(material, key)) for label, key in FORM),
    )


def _declared(material: Material, key: str) -> list[str]:
    return [str(row[key]) for row in material.workshops if row[key]]


def _field(label: str, values: Iterable[str]) -> HeaderField:
    value = " ; ".join(dict.fromkeys(value for value in values if value))
    return HeaderField(label, value, "given" if value else "empty")


def _attendance(facts: Facts) -> str:
    """`62 personnes et 45 réponses à l’enquête`, a survey alone by its answers; "" where nobody said how many came and
    no survey tells it."""
    rows, came = facts.get("enquete"), facts.get("participants")
    is_all = rows is not None and facts["contributions.enquete"].n == facts["contributions"].n
    is_answered = rows is not None and (not rows.labels or PERSON in rows.labels)
    is_part = not is_answered and not is_all
    is_once = is_all and came is not None and rows is not None and came.n == rows.n
    people = [said(came, "people")] if came is not None and not is_once else []
    answers = said(facts.get("enquete.toutes", rows), "reply_count") if rows is not None and not is_part else ""
    answers += f", dont {said(rows, 'number')} avec des mots" if rows is not None and "enquete.toutes" in facts else ""
    answers += " à l’enquête" if rows is not None and is_answered and not (is_all and rows.labels) else ""
    return capitalized(joined([*people, *([answers] if answers else [])]))


def _tables(material: Material, facts: Facts) -> str:
    """`1. Mobilité ; 2. Santé`, or how many there were when they had no subjects; "" for fewer than two."""
    if facts["tables"].n < 2 or any("," in table for _, table in material.tables):
        return ""
    told = [(bare_name(table), subject) for (_, table), subject in material.tables.items() if subject]
    is_meeting = place_noun(facts["tables"].labels).singular == MEETING
    subjects = [f"{name} ({subject})" if is_meeting else f"{name}.{NO_BREAK}{subject}" for name, subject in told]
    if len(material.workshops) == 1 and len(subjects) == facts["tables"].n:
        return " ; ".join(subjects)
    return capitalized(said(facts["tables"], "table_count")) + _day_of_tables(material)


def _day_of_tables(material: Material) -> str:
    """The day of the only meeting of several that had tables, after how many there were; "" without."""
    seated = {item.date for item in material.items.values() if item.table}
    others = {item.date for item in material.items.values() if not item.table} - seated
    return f" (le {french_date(day)})" if others and len(seated) == 1 and (day := min(seated)) else ""
