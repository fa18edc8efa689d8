"""From facts and material to draft.json: the header, the sections in the chosen plan, notes of sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import pandas as pd

from pipeline.config import RestitutionConfig
from pipeline.contracts.draft import Draft, HeaderField, Note, Section, Sentence
from pipeline.contracts.facts import Facts
from pipeline.contracts.labels import CHANNEL_NAMES
from pipeline.errors import UsageError
from pipeline.language.syntax import own_words
from pipeline.language.text.typography import Spaces, typeset
from pipeline.restitution.material.model import Item, Material
from pipeline.restitution.material.quantifiers import table_name
from pipeline.restitution.prose.telling import Telling, start_telling
from pipeline.restitution.quoting.lock import leave_out_broken
from pipeline.restitution.sections.brief import brief
from pipeline.restitution.sections.closing import in_figures, more, slots, to_read_again, weak_signals, what_changed
from pipeline.restitution.sections.opening import gathered, rose
from pipeline.restitution.sections.plans import PLANS

OPTIONAL = frozenset({"signaux", "a_relire", "changements", "figures", "savoir_plus"})
"""Sections that are not there when there is nothing to say in them."""
TEXTS_LEARNT_MAX = 100_000
"""Ideas from which genders and names are learnt, taken evenly."""
IN_BRIEF = frozenset({"essentiel", "rose", "a_relire", "changements", "fil_rouge", "suites", "remerciements"})
"""The sections of the document asked for at length `essentiel`, beside those whose own length is chosen."""


def write_draft(
    material: Material,
    facts: Facts,
    changes: pd.DataFrame,
    config: RestitutionConfig,
    figure_names: Sequence[str] = (),
) -> Draft:
    """The whole document as data; writers read nothing else. `figure_names` are shown at the end, in order."""
    step = 1 + len(material.items) // TEXTS_LEARNT_MAX
    lexicon = own_words.learn(item.text for item in islice(material.items.values(), 0, None, step))
    telling = start_telling(material, facts, lexicon, config.espaces)

    sections = _chosen(_sections(telling, changes, config, figure_names), config)
    sound, left_out = leave_out_broken(sections, facts, material)
    noted, notes = number_notes(sound, material)
    set_sections = tuple(_with_set_titles(section, config.espaces) for section in noted)
    titles = [str(row["titre"]) for row in material.workshops]
    title = titles[0] if len(titles) == 1 else "Restitution de plusieurs ateliers"
    return Draft(typeset(title, config.espaces), "fr-FR", header(material), set_sections, notes, left_out, {})


def _sections(
    telling: Telling, changes: pd.DataFrame, config: RestitutionConfig, figure_names: Sequence[str]
) -> list[Section]:
    """Every section in the chosen plan; the weak signals are what the sections of the plan have not told."""

    def length(key: str) -> str:
        return config.longueurs.get(key, config.longueur)

    planned = PLANS[config.plan](telling, length)
    rest = telling.afresh()
    rest.memory.with_all(memory for _, memory in planned)
    sections: list[Section | None] = [
        brief(telling.afresh(), config.mots_essentiel),
        Section("recueil", "Comment ces paroles ont été recueillies", tuple(gathered(telling.afresh()))),
        Section("rose", "La rose de l’atelier", tuple(rose(telling.afresh()))),
        *(section for section, _ in planned),
        weak_signals(rest, length("signaux")),
        to_read_again(rest),
        what_changed(rest, changes),
        *slots(),
        in_figures(figure_names),
        more(rest),
    ]
    return [section for section in sections if section is not None]


def _chosen(sections: Sequence[Section], config: RestitutionConfig) -> list[Section]:
    """The sections that were asked for and have something to show.

    Raises
    ------
    UsageError : one asked for is not of this plan.
    """
    keys = [section.key for section in sections]
    wanted = set(config.sections)
    unknown = wanted - set(keys) - OPTIONAL
    if unknown:
        raise UsageError(
            f"Sections inconnues du plan « {config.plan} » : {', '.join(sorted(unknown))}. Ici : {', '.join(keys)}."
        )
    if config.longueur == "essentiel" and not wanted:
        wanted = set(keys) & (IN_BRIEF | set(config.longueurs))
    return [section for section in sections if section.blocks and (not wanted or section.key in wanted)]


def _with_set_titles(section: Section, spaces: Spaces) -> Section:
    """The same section, its title, headings and mottos typeset like our sentences."""
    blocks = tuple(
        replace(block, value=replace(block.value, text=typeset(block.value.text, spaces))) for block in section.blocks
    )
    return replace(section, title=typeset(section.title, spaces), blocks=blocks)


def header(material: Material) -> tuple[HeaderField, ...]:
    """The seed's fields; a value that nobody gave is an empty slot, marked."""
    rows = material.workshops
    fields = (
        ("Format d’animation", "format_animation"),
        ("Animé par", "anime_par"),
        ("Auteur·e de la présente restitution", "auteur"),
    )
    out = []
    for label, key in fields:
        values = list(dict.fromkeys(str(row[key]) for row in rows if row[key]))
        out.append(HeaderField(label, " ; ".join(values), "given" if values else "empty"))
    return tuple(out)


def number_notes(sections: Sequence[Section], material: Material) -> tuple[tuple[Section, ...], tuple[Note, ...]]:
    """Number the sentences that carry people's words, and say where each word comes from."""
    notes: list[Note] = []

    def noted(sentence: Sentence) -> Sentence:
        ids = tuple(node.ref.item_id for node in sentence.words)
        if not ids:
            return sentence
        notes.append(Note(len(notes) + 1, source_of(ids, material), ids))
        return replace(sentence, note=len(notes))

    numbered = tuple(
        replace(
            section,
            blocks=tuple(
                replace(block, sentences=tuple(noted(sentence) for sentence in block.sentences))
                for block in section.blocks
            ),
        )
        for section in sections
    )
    return numbered, tuple(notes)


_COLUMN = re.compile(r", colonne «.*»$")


def source_of(item_ids: Sequence[str], material: Material) -> str:
    """Where words come from, for people: « Table 1, post-it (postits.csv, ligne 3) »."""
    text = " ; ".join(_one_source(material.items[item_id]) for item_id in dict.fromkeys(item_ids))
    return text[:1].upper() + text[1:]


def _one_source(item: Item) -> str:
    place = table_name(item.table).removeprefix("la ") + ", " if item.table else ""
    locator = _COLUMN.sub("", item.locator) if item.channel == "enquete" else item.locator
    return f"{place}{CHANNEL_NAMES[item.channel].piece} ({item.source}, {locator})"
