"""Short marks of sources: `T3.12`, the twelfth contribution of table 3; `E14`, the fourteenth person who answered.

Contributions are numbered in the order of their files, all of them, whether they are told or not: a mark stays the
same when a sentence, a group or another contribution's visibility changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from pipeline.contracts.draft import ON_DOCUMENT, Block, Draft, Section, Sentence, Source
from pipeline.contracts.labels import CHANNEL_NAMES, IN_A_ROW, WRITTEN
from pipeline.language.text.typography import capitalized
from pipeline.restitution.material.quantifiers import bare_place, rows_named
from pipeline.workshop.items import with_one_voice_a_person
from pipeline.workshop.model import Item, Material

LETTERS = {"enquete": "E", "postit": "P", "note": "N", "transcript": "R", "saisie": "S"}
"""Of what was not said at a numbered table; a person who answered a survey is E, wherever she sat."""
_SURVEY = "enquete"
_NUMBERED = r"\d{1,3}"
_PARTS = re.compile(r"([A-Z])(?:(\d+)\.)?(\d+)")
_ORDER = "TSEPNR"
_TABLES = (".csv", ".tsv", ".tab", ".xlsx", ".xls", ".ods")
_OF_A_ROW = re.compile(r"\bligne (?=\d+(?:, colonne «|$))")
"""In a table: a cell may hold many lines, so its row is no line of the file."""


def marked(draft: Draft, contributions: pd.DataFrame, material: Material) -> Draft:
    """The draft where each sentence that holds people's words carries their marks, and says what marks stand for.

    Parameters
    ----------
    contributions : all those of the run, as read.
    """
    sentences = [sentence for section in draft.sections for sentence in section.sentences]
    told = {item.contribution_id: item for sentence in sentences for item in _told_by(sentence, material)}
    marks = marks_of(contributions, told)
    sources: dict[str, Source] = {}
    for contribution_id, item in told.items():
        sources.setdefault(marks[contribution_id], _source(marks[contribution_id], item, material.row_noun))

    def with_mark(one: Sentence) -> Sentence:
        own = tuple(marks[item.contribution_id] for item in _told_by(one, material))
        return replace(one, marks=tuple(dict.fromkeys(own)) if one.rewritten or one.cites else own)

    def with_marks(block: Block) -> Block:
        return replace(block, sentences=tuple(map(with_mark, block.sentences)))

    return replace(
        draft,
        sections=tuple(replace(one, blocks=tuple(map(with_marks, one.blocks))) for one in draft.sections),
        sources=tuple(sources[mark] for mark in sorted(sources, key=reading_order)),
    )


def unmarked(draft: Draft) -> Draft:
    """A draft without its marks, nor what they stand for, nor annexes: a text alone, to put on a wall."""

    def bare(block: Block) -> Block:
        told = (replace(one, marks=()) for one in block.sentences if one.role != ON_DOCUMENT)
        return replace(block, sentences=tuple(told))

    def without(section: Section) -> Section:
        blocks = ((bare(block), block) for block in section.blocks)
        return replace(section, blocks=tuple(one for one, was in blocks if one.sentences or not was.sentences))

    sections = (without(section) for section in draft.sections if not section.is_annex)
    return replace(draft, sections=tuple(one for one in sections if one.blocks), sources=())


def marks_of(contributions: pd.DataFrame, wanted: Collection[str]) -> dict[str, str]:
    """Contribution → mark, for the `wanted` ones; all count."""
    if contributions.empty or not wanted:
        return {}
    rows = with_one_voice_a_person(contributions).sort_values(["source", "position", "contribution_id"])
    is_answer = rows["channel"] == _SURVEY
    table = rows["table"].astype("string").fillna("")
    is_seated = ~is_answer & table.str.fullmatch(_NUMBERED) & (rows["workshop"].nunique() == 1)
    prefix = rows["channel"].map(LETTERS).astype("string").mask(is_seated, "T" + table + ".")
    one = rows["voice"].astype("string").where(is_answer).fillna(rows["contribution_id"].astype("string"))
    keys = pd.DataFrame({"prefix": prefix, "key": rows["workshop"].astype("string") + "\x1f" + one})
    first = keys.drop_duplicates().reset_index(drop=True)
    first["rank"] = first.groupby("prefix").cumcount() + 1
    ranks = keys.merge(first, how="left", on=["prefix", "key"])["rank"]
    found = prefix.reset_index(drop=True) + ranks.astype("string")
    is_wanted = rows["contribution_id"].isin(list(wanted)).to_numpy()
    return dict(zip(rows["contribution_id"][is_wanted], found[is_wanted], strict=True))


def reading_order(mark: str) -> tuple[int, int, int]:
    """The place of a mark in the annex: tables in order, the room, then answers, post-its, notes, recordings."""
    found = _PARTS.fullmatch(mark)
    if found is None:
        raise ValueError(f"{mark!r} is no mark of ours")
    return _ORDER.index(found[1]), int(found[2] or 0), int(found[3])


def _told_by(sentence: Sentence, material: Material) -> list[Item]:
    """The ideas whose words a sentence holds, or what a language model, or a person, says rests on."""
    if sentence.cites or (sentence.rewritten and sentence.role == "told"):
        keys = (*sentence.cites, *sentence.quoted_items) if sentence.cites else sentence.sources
        known = (material.items[key] for key in keys if key in material.items)
        return [*{item.contribution_id: item for item in known}.values()]
    return [material.items[node.ref.item_id] for node in sentence.words] if not sentence.rewritten else []


def _source(mark: str, item: Item, row_noun: str) -> Source:
    names = WRITTEN if item.channel == "postit" and not item.is_postit else CHANNEL_NAMES[item.channel]
    table = bare_place(item.table) if item.table else ""
    place = capitalized(table if mark.startswith("T") else names.content)
    locator = item.locator
    if item.source.lower().endswith(_TABLES):
        locator = _OF_A_ROW.sub("rangée ", locator)
    if item.channel == "saisie":  # a number of its file says nothing to anybody
        return Source(mark, place, "écrit dans la salle", "" if mark.startswith("T") else table)
    if item.channel == _SURVEY:
        place = capitalized(rows_named(row_noun)) if row_noun else place
        return Source(mark, place, item.source, locator.partition(IN_A_ROW)[0])
    if mark.startswith("T") or not table:
        return Source(mark, place, f"{capitalized(names.piece)}, {item.source}", locator)
    return Source(mark, place, item.source, f"{table}, {locator}")
