"""How far a draft can be signed: sources, quotations, figures, coverage, repetition, language. All from the tables.

The quote lock refuses a false draft while it is written; this counts again what was written, by other means.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline.axes import COMPASS_CODES
from pipeline.config import DraftsFloors
from pipeline.contracts.draft import Block, Draft, FactNode, Node, Section, Sentence, TextNode, TitleNode, WordsNode
from pipeline.contracts.facts import Facts
from pipeline.contracts.plan import Plan
from pipeline.language.claims.reporter_words import numbers
from pipeline.language.text.folding import fold
from pipeline.language.text.typography import Spaces, with_a, with_de
from pipeline.restitution.checks.measure import DraftEvaluation, Measure
from pipeline.restitution.checks.recount import Count, read_rows, recount
from pipeline.restitution.checks.synthesis import synthesis
from pipeline.restitution.material.quantifiers import said
from pipeline.restitution.proofreading import Fault, faults, misspelt, near_repeats, own_words, seen
from pipeline.restitution.tables import RestitutionTables

BRIEF = "essentiel"
INPUTS = ("atelier.toml", "elements.xlsx", "annexe", "name_suggestions", "changes")
CUT = "[…]"
PROVENANCES = ("note", "ecrit", "transcription")
Row = Mapping[Hashable, Any]
"""One idea, by column of `read_rows`."""
_EDGE = re.compile(r"^\W+|\W+$")


def evaluate_drafts(
    draft: Draft,
    facts: Facts,
    plan: Plan,
    tables: RestitutionTables,
    floors: DraftsFloors,
    spaces: Spaces = "fine",
) -> DraftEvaluation:
    """Measure a draft against the facts, the plan and the tables that it was written from."""
    rows = read_rows(tables)
    by_id = {str(row["item_id"]): row for row in rows.to_dict("records")}
    counts = recount(tables, rows, plan)
    sentences = [sentence for _, _, sentence in _sentences(draft)]
    typography = tuple(
        fault
        for _, block, sentence in _sentences(draft)
        for fault in faults(sentence, spaces, is_prose=block.kind == "paragraph")
    )
    typography += tuple(fault for text in _labels(draft) for fault in _label_faults(text, spaces))
    wanted = {word for sentence in sentences for word in own_words(sentence)}
    unknown = misspelt(wanted)
    measures = (
        _sourced(sentences, by_id, set(rows["source"]), floors.phrases_sourcees),
        _quotes(sentences, by_id, floors.citations_exactes),
        _reports(sentences, by_id, floors.notes_fideles),
        _figures(sentences, facts, counts, floors.chiffres_verifies),
        *_coverage(draft, rows, floors),
        _repetition(draft, floors.redites_max),
        *synthesis(draft, plan, {str(key): str(row["contribution_id"]) for key, row in by_id.items()}),
        Measure(
            "fautes", "Fautes de typographie ou de langue, par phrase", len(typography), len(sentences),
            floors.fautes_max, True, tuple(f"{fault.rule} : « {fault.excerpt} »" for fault in typography),
        ),
        Measure(
            "mots_inconnus", "Mots inconnus du dictionnaire", len(unknown or ()), len(wanted),
            None if unknown is None else floors.mots_inconnus_max, True, unknown or (),
        ),
    )  # fmt: skip
    n_words = sum(len(seen(sentence)[0].split()) for sentence in sentences)
    return DraftEvaluation(len(sentences), n_words, measures, typography, unknown or (), unknown is not None)


def _sentences(draft: Draft) -> Iterator[tuple[Section, Block, Sentence]]:
    for section in draft.sections:
        for block in section.blocks:
            for sentence in block.sentences:
                yield section, block, sentence


def _nodes(sentences: Iterable[Sentence]) -> Iterator[Node]:
    for sentence in sentences:
        yield from sentence.nodes


def _words(sentences: Iterable[Sentence], kind: str) -> list[WordsNode]:
    return [node for sentence in sentences for node in sentence.words if node.kind == kind]


def _sourced(sentences: Sequence[Sentence], by_id: Mapping[str, Row], files: set[str], floor: float) -> Measure:
    """Sentences that cite at least one source, all of them known."""
    known = by_id.keys() | files | set(INPUTS)
    bad = [sentence for sentence in sentences if not sentence.sources or not set(sentence.sources) <= known]
    problems = tuple(f"source absente ou inconnue : « {seen(sentence)[0]} »" for sentence in bad)
    n = len(sentences)
    return Measure("phrases_sourcees", "Phrases qui citent leur source", n - len(bad), n, floor, problems=problems)


def _quotes(sentences: Sequence[Sentence], by_id: Mapping[str, Row], floor: float) -> Measure:
    """Quotations that are, letter for letter, in words that may be quoted; « » typed in our own words are faults."""
    found = _words(sentences, "quote")
    problems = [f"« {node.text} »" for node in found if not _is_exact(node, by_id, ("ecrit", "transcription"))]
    typed = [node.text for node in _nodes(sentences) if node.kind == "text" and re.search("[«»]", node.text)]
    problems += [f"guillemets dans nos mots : {text}" for text in typed]
    n = len(found) + len(typed)
    return Measure("citations_exactes", "Citations exactes", n - len(problems), n, floor, problems=tuple(problems))


def _reports(sentences: Sequence[Sentence], by_id: Mapping[str, Row], floor: float) -> Measure:
    """Words told without « » that are their author's, the first letter's case and inner quotation marks aside."""
    found = _words(sentences, "report")
    problems = tuple(node.text for node in found if not _is_exact(node, by_id, PROVENANCES, told=True))
    n = len(found)
    return Measure("notes_fideles", "Paroles rapportées fidèlement", n - len(problems), n, floor, problems=problems)


def _is_exact(node: WordsNode, by_id: Mapping[str, Row], provenances: tuple[str, ...], told: bool = False) -> bool:
    row = by_id.get(node.ref.item_id)
    if row is None or row["provenance"] not in provenances or not row["is_quotable"]:
        return False
    text, shown = node.text, str(row["shown_text"] or row["source_text"])
    if told:
        text, shown = _told(text), _told(shown)
    pieces = [piece.strip(" ") for piece in text.split(CUT)]
    return bool(_EDGE.sub("", text)) and _in_order(text if text in shown else pieces, shown, told)


def _told(text: str) -> str:
    return re.sub(r"[ \u00a0\u202f]*[»”]", "”", re.sub(r"[«“][ \u00a0\u202f]*", "“", text))


def _in_order(pieces: str | list[str], text: str, any_case: bool) -> bool:
    """Whether the pieces stand one after the other in `text`; the first letter of the first may change case."""
    at = 0
    for index, piece in enumerate([pieces] if isinstance(pieces, str) else pieces):
        changed = {piece[:1].upper() + piece[1:], piece[:1].lower() + piece[1:]} if any_case and index == 0 else set()
        forms = {piece} | changed
        starts = [start for form in sorted(forms) if (start := text.find(form, at)) >= 0]
        if not starts:
            return False
        at = min(starts) + len(piece)
    return True


def _figures(sentences: Sequence[Sentence], facts: Facts, counts: dict[str, Count], floor: float) -> Measure:
    """Figures that say their fact, whose fact is what the tables hold; a number in our own words is a fault."""
    problems: list[str] = []
    n = 0
    for node in _nodes(sentences):
        if isinstance(node, FactNode):
            n += 1
            problems += _figure_problems(node, facts, counts)
        elif isinstance(node, TextNode):
            loose = sorted(numbers(node.text))
            n += len(loose)
            problems += [f"nombre hors des faits : « {number} » dans « {node.text.strip()} »" for number in loose]
    label = "Chiffres vérifiés (recomptés dans les tables)"
    return Measure("chiffres_verifies", label, n - len(problems), n, floor, problems=tuple(problems))


def _figure_problems(node: FactNode, facts: Facts, counts: dict[str, Count]) -> list[str]:
    """At most one problem: an unknown fact, a fact that the tables deny, or words that are not its words."""
    ref = node.ref
    fact = facts.get(ref.fact)
    if fact is None:
        return [f"fait inconnu : {ref.fact}"]
    if ref.fact in counts and (fact.numerator, fact.denominator) != counts[ref.fact]:
        return [f"{ref.fact} : {fact.numerator} sur {fact.denominator}, recompté {counts[ref.fact]}"]
    try:
        words = said(fact, ref.form)
    except KeyError:
        return [f"forme inconnue : {ref.form}"]
    words = {"a": with_a, "de": with_de}.get(ref.joint, str)(words)
    same = fold(words).split() == fold(node.text).split()
    return [] if same else [f"« {node.text} » au lieu de « {words} »"]


def _coverage(draft: Draft, rows: pd.DataFrame, floors: DraftsFloors) -> Iterator[Measure]:
    """Tables and known voices with a group in the text, then those whose own words stand in it."""
    groups, own = _told_in(draft)
    compass = rows[rows["axis"].isin(COMPASS_CODES)]
    told = compass["item_id"].isin(own) | compass["group_id"].isin(groups)
    for column, name, label, floor in (
        ("table", "tables_presentes", "Tables dont une idée est dans le texte", floors.tables_presentes),
        ("voice", "voix_presentes", "Voix connues dont une idée est dans le texte", floors.voix_presentes),
    ):
        known = compass[column] != ""
        everyone = _pairs(compass[known], column)
        present = _pairs(compass[known & told], column)
        absent = tuple(f"{who} ({workshop})" for workshop, who in sorted(everyone - present))
        yield Measure(name, label, len(present), len(everyone), floor, problems=absent)
        quoted = _pairs(compass[known & compass["item_id"].isin(own)], column)
        yield Measure(f"{name}_mots", f"{label}, avec ses mots", len(quoted), len(everyone))


def _pairs(rows: pd.DataFrame, column: str) -> set[tuple[str, str]]:
    return set(zip(rows["workshop"], rows[column], strict=True))


def _told_in(draft: Draft) -> tuple[set[str], set[str]]:
    """Ids of the groups told in the text, and of the items whose own words are in it."""
    groups: set[str] = set()
    own: set[str] = set()
    for _, block, sentence in _sentences(draft):
        groups.update(block.groups)
        own.update(sentence.quoted_items)
        groups.update(node.ref.group_id for node in sentence.nodes if isinstance(node, TitleNode))
    return groups, own


def _repetition(draft: Draft, ceiling: float) -> Measure:
    """Sentences nearly the same as an earlier one; the brief repeats the rest by design and is compared with itself,
    and what leads to a list is a heading."""
    parts: dict[bool, list[str]] = {True: [], False: []}
    for section, _, sentence in _sentences(draft):
        if sentence.role == "place":
            continue
        parts[section.key == BRIEF].append(seen(sentence)[0])
    repeated = [text for texts in parts.values() for text in near_repeats(texts)]
    n = sum(len(texts) for texts in parts.values())
    problems = tuple(f"« {text} »" for text in repeated)
    return Measure("redites", "Phrases presque répétées", len(repeated), n, ceiling, True, problems)


def _labels(draft: Draft) -> Iterator[str]:
    """Our words outside sentences: titles of sections, mottos, slots, labels of the header, captions of figures."""
    for section in draft.sections:
        yield section.title
        yield from (block.value.text for block in section.blocks if block.kind in ("motto", "slot"))
    yield from (field.label for field in draft.header)
    for figure in draft.figures.values():
        yield from (figure.title, figure.alt)


def _label_faults(text: str, spaces: Spaces) -> list[Fault]:
    return faults(Sentence((TextNode(text),), ()), spaces, is_prose=False)
