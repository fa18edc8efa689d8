"""Every figure that a restitution may tell: named, with numerator, denominator and where it can be counted again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, takewhile

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.draft import Fact
from pipeline.contracts.labels import IN_A_ROW, PERSON, ROW_VOICE
from pipeline.contracts.plan import Unit
from pipeline.contracts.tables import FOR
from pipeline.language.text.days import MONTHS
from pipeline.language.text.folding import fold
from pipeline.language.text.lists import read_lines
from pipeline.language.text.typography import counted, joined
from pipeline.stances.counting import apart, n_ideas, told_sides
from pipeline.workshop.model import Group, Item, Material
from pipeline.workshop.questions import Question

WRITTEN = ("postit", "enquete", "saisie")
"""Channels of what each one wrote; a paragraph of the others is of a document, and no contribution of its own."""


def compute_facts(material: Material, units: Mapping[str, Unit]) -> dict[str, Fact]:
    """Every fact by name; names are stable across runs. `units` are those of the plan, counted over their members."""
    facts = _gathering(material)
    compass = [item for item in material.items.values() if item.axis in COMPASS_CODES]
    total = n_ideas(compass)
    facts["idees"] = fact(
        total, total, None, "elements.xlsx, axes de la rose, doublons d'une même table comptés une fois"
    )
    heard = n_contributions(compass)
    facts["contributions.axes"] = fact(heard, heard, None, "elements.xlsx, axes de la rose")
    people = {(item.workshop, item.voice) for item in compass if item.channel == "enquete" and item.voice}
    if people and material.row_counted == material.row_noun:
        where = "contributions.parquet, voix de l'enquête, axes de la rose"
        facts["enquete.axes"] = fact(len(people), len(people), None, where, _counted_as(material))
    for axis in COMPASS_CODES:
        n = n_ideas(item for item in compass if item.axis == axis)
        facts[f"axe.{axis}"] = fact(n, n, total, f"elements.xlsx, axe = {axis}")
    waiting = sum(item.status == "a_relire" for item in material.items.values())
    facts["a_relire"] = fact(waiting, waiting, len(material.items), "elements.xlsx, statut = a_relire")
    n_names = len(_masked_names(material.items.values()))
    facts["noms"] = fact(n_names, n_names, None, "name_suggestions.parquet, noms masqués dans les paroles")
    for item in material.items.values():
        for name, n in (("votes", item.votes), ("votes_contre", item.votes_against)):
            if n:
                facts[f"{item.item_id}.{name}"] = fact(n, n, None, "elements.xlsx, votes", filter(None, [item.mark]))
    n_tables, n_people = facts["tables"].n, len(material.respondents)
    for unit in units.values():
        members = [material.items[member] for member in unit.members]
        facts |= _spread(unit, members, material, n_tables, n_people)
        if unit.unit_id in material.groups:
            facts |= _sides(unit.unit_id, material.groups[unit.unit_id])
    for question in material.questions:
        facts |= _answered(question, material.row_counted)
    return facts | _voted(material)


def _voted(material: Material) -> dict[str, Fact]:
    """How many points were put to the vote with those for them counted, how many passed, and how many did not."""
    more = [material.lead(one) for one in material.questions if one.is_vote and one.sides.get(FOR)]
    counts = {"points": len(more), "approuves": sum(n > 0 for n in more), "ecartes": sum(n < 0 for n in more)}
    return {f"scrutins.{name}": fact(n, n, len(more), "positions.parquet, votes") for name, n in counts.items() if more}


def _masked_names(items: Iterable[Item]) -> set[str]:
    """The names that are shown […], each once however often it stands: as people check them."""
    return {
        item.source_text[start:end]
        for item in items
        for start, end in item.masks
        if not item.is_corrected and start < item.end and end > item.start
    }


def fact(
    value: int | str, numerator: int | None, denominator: int | None, source: str, labels: Iterable[str] = ()
) -> Fact:
    """One fact as written to facts.json."""
    return Fact(value, numerator, denominator, source, tuple(labels))


def n_contributions(items: Sequence[Item]) -> int:
    """How many contributions these are of: one that repeats another counts with it."""
    once = apart(items)
    return len({item.contribution_id for item in items if item.item_id in once})


def n_places(items: Iterable[Item]) -> int:
    """In how many places these were said: tables, the survey counting as one."""
    return len({(i.workshop, "", True) if i.channel == "enquete" else (i.workshop, i.table, False) for i in items})


def french_date(value: str) -> str:
    """`2026-03-12` as `12 mars 2026`, several such days as `12 mars et 2 avril 2026` or `12 et 25 mars, 2 avril 2026`,
    many as `du 12 mars au 4 mai 2026`; anything else as it is."""
    found = [re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", day) for day in value.strip().split(", ")]
    days = [(one[3], one[2], one[1]) for one in found if one is not None and 1 <= int(one[2]) <= 12]
    if len(days) < len(found):
        return value
    if len(days) > DAYS_MAX:
        first, last = (french_date("-".join(reversed(days[at]))) for at in (0, -1))
        ends = zip(reversed(first.split()), reversed(last.split()), strict=True)
        shared = [*takewhile(lambda pair: pair[0] == pair[1], ends)]
        return f"du {' '.join(first.split()[: 3 - len(shared)])} au {last}"
    years = []  # month and year are said once for days that share them; one « et », where the days are nearest
    for year, in_year in groupby(days, key=lambda one: one[2]):
        months = []
        for month, in_month in groupby(in_year, key=lambda one: one[1]):
            numbers = ["1er" if day == "01" else str(int(day)) for day, _, _ in in_month]
            months.append(f"{joined(numbers)} {MONTHS[int(month) - 1]}")
        years.append(f"{_apart(months)} {year}")
    return _apart(years)


def _apart(parts: list[str]) -> str:
    """Days one after the other; by commas where one of them already joins several."""
    return ", ".join(parts) if any(" et " in part for part in parts) else joined(parts)


def _gathering(material: Material) -> dict[str, Fact]:
    seen = {(item.workshop, item.table) for item in material.items.values() if item.table}
    n_tables = len(set(material.tables) | seen)
    labels = sorted(filter(None, material.known_tables))
    facts = {
        "ateliers": fact(len(material.workshops), len(material.workshops), None, "atelier.toml"),
        "tables": fact(n_tables, n_tables, None, "atelier.toml, tables déclarées ou rencontrées", labels),
    }
    if material.declared_participants is not None:
        n = material.declared_participants
        about = ["environ"] * any(row.get("participants_environ") for row in material.workshops)
        facts["participants"] = fact(n, n, None, "atelier.toml ou en-tête du document, participants déclarés", about)
    contributions = {(item.contribution_id, item.channel) for item in material.items.values()}
    facts["contributions"] = fact(len(contributions), len(contributions), None, "contributions.parquet")
    facts |= _of_files(material)
    for channel, n in sorted(Counter(channel for _, channel in contributions).items()):
        facts[f"contributions.{channel}"] = fact(n, n, len(contributions), f"contributions.parquet, canal = {channel}")
    turns = [item for item in material.items.values() if item.channel == "transcript" and item.voice]
    spoke = {(item.workshop, item.voice) for item in turns}
    n_files = len({item.source for item in material.items.values()})
    if len(spoke) > 1 and n_files == 1:  # a label of one file may be anybody of another
        facts["voix"] = fact(len(spoke), len(spoke), None, "contributions.parquet, voix des échanges")
    facts |= _of_survey(material)
    for row in material.workshops:
        if row["date"]:
            facts[f"date.{row['workshop']}"] = fact(_days(str(row["date"]), material), None, None, "atelier.toml")
    return facts


def _of_survey(material: Material) -> dict[str, Fact]:
    """What is counted of a survey, and all its rows where some hold a mark without words."""
    people, where = len(material.respondents), "contributions.parquet, voix de l'enquête"
    if not people:
        return {}
    rows = _counted_as(material)
    n = people if material.row_counted == material.row_noun else len(_rows_of(material.items.values()))
    wrote = {(item.workshop, item.voice) for item in material.items.values() if item.channel == "enquete"}
    facts = {"enquete": fact(n, n, None, where, rows)}
    if len(wrote) == n < people:  # a row each
        facts["enquete.toutes"] = fact(people, people, None, "positions.parquet, voix de l'enquête", rows)
    return facts


def _days(told: str, material: Material) -> str:
    """The days of a workshop; several are counted where each is of a meeting, by the names of the documents that tell
    them; documents that tell none are said."""
    days, items = {*told.split(", ")}, material.items.values()
    written = {(item.source, item.date) for item in items if item.channel not in WRITTEN}
    are_met = days <= {day for source, day in written if meeting_of(source, material)}
    n = f"{counted(len(days), 'rencontre', feminine=True)}, " if are_met and len(days) > 1 else ""
    n_undated = len({source for source, day in written if not day})
    n_undated = min(n_undated, len({source for source, _ in written}) - len(days))  # one may tell when it was published
    beside = f" ({counted(n_undated, 'document')} sans date)" if n_undated > 0 and len(days) > 1 else ""
    return f"{n}{french_date(told)}{beside}"


_NAMES = (line.split(":") for line in read_lines(__name__, "meetings"))
MEETINGS = {fold(one.strip()): several.strip() for one, several in _NAMES}
"""What a meeting is called, folded → what several are."""
_MINUTES = re.compile(r"\b(?:compte[- ]rendu|cr|proces[- ]verbal|pv|ca|ag)\b")


def meeting_of(source: str, material: Material) -> str:
    """What the name or the title of a document calls the meeting that it is of, folded; "" where it names none."""
    name = fold(f"{material.documents.get(source) or ''} {material.document_names[source]}")
    return next((kind for kind in MEETINGS if kind in name), "rencontre" if _MINUTES.search(name) else "")


def _of_files(material: Material) -> dict[str, Fact]:
    """What people wrote, and gave without a word, in how many files, and how many documents hold the rest."""
    items = material.items.values()
    written = [item for item in items if item.channel in WRITTEN]
    sources, files = {item.source for item in items}, {item.source for item in written}
    n_written = len({item.contribution_id for item in written})
    counts = {
        "recueillies": (n_written, "ce que des personnes ont écrit"),
        "recueillies.toutes": (n_written + sum(material.n_wordless.get(one, 0) for one in files), "avec et sans mots"),
        "fichiers.recueillies": (len(files), "fichiers de ce que des personnes ont écrit"),
        "documents": (len(sources - files), "fichiers de notes et d'échanges"),
        "fichiers": (len(sources), "fichiers dont une parole est gardée"),
    }
    return {name: fact(n, n, None, f"contributions.parquet, {what}") for name, (n, what) in counts.items()}


def _counted_as(material: Material) -> tuple[str, ...]:
    """What is counted of a survey: its rows by their name, or people who wrote several each; else its answers."""
    if material.row_noun:
        return (material.row_noun,)
    known = [one for one in material.items.values() if one.channel == "enquete" and not one.voice.startswith(ROW_VOICE)]
    several = len(_rows_of(known)) > len({(item.workshop, item.voice) for item in known})
    return (PERSON,) if several else ()


def _rows_of(items: Iterable[Item]) -> set[tuple[str, str]]:
    """The rows of tables that hold words, however many columns of each do."""
    asked = (item for item in items if item.channel == "enquete")
    return {(item.source, item.locator.partition(IN_A_ROW)[0]) for item in asked}


DAYS_MAX = 4
"""Days that are told one by one."""


def _answered(question: Question, row: str) -> dict[str, Fact]:
    """How many answered a question, took each side, gave each answer, and something else than these; `row` is what each
    row of a table is, where it is no person's answer."""
    name, where = question.key, f"positions.parquet, « {question.about} »"
    is_of_rows = bool(row) and question.has_people and not (question.is_vote or question.is_debate)
    facts = {f"{name}.total": fact(question.n, question.n, None, where, [row] if is_of_rows else [])}
    counts = {**question.sides, **question.told, "autres": question.n - sum(question.told.values())}
    return facts | {f"{name}.{what}": fact(n, n, question.n, where) for what, n in counts.items() if n}


def _sides(name: str, group: Group) -> dict[str, Fact]:
    """Who is for, against, for on a condition and without a position in a group where somebody takes a side."""
    if not told_sides(group.sides):
        return {}
    where = "elements.xlsx, colonnes groupe et position ; personnes quand on les connaît, sinon idées"
    named = zip(SIDE_FACTS, group.sides, strict=True)
    return {f"{name}.{side}": fact(n, n, sum(group.sides), where) for side, n in named}


SIDE_FACTS = ("pour", "contre", "a_condition", "sans_position")
"""Names of the facts of the sides of a group, in the order of `Sides`."""


def _spread(unit: Unit, found: Sequence[Item], material: Material, n_tables: int, n_people: int) -> dict[str, Fact]:
    name, spread = unit.unit_id, unit.spread
    where = f"plan.json, unité {name} ; elements.xlsx"
    keys = {(item.workshop, item.table) for item in found if item.table}
    order = {key: rank for rank, key in enumerate(material.tables)}
    labels = [label for _, label in sorted(keys, key=lambda key: (order.get(key, len(order)), key))]
    facts: dict[str, Fact] = {}
    if keys:
        facts[f"{name}.tables"] = fact(len(keys), len(keys), n_tables, where, labels=labels)
    counts = {
        "enquete": (spread.answers, n_people),
        "personnes": (spread.people, None),
        "envois": (spread.same, None),
        "contributions": (spread.contributions, None),
    }
    for key, n in (("votes", spread.votes), ("votes_contre", spread.votes_against)):
        facts |= {f"{name}.{key}": fact(n, n, None, where, filter(None, [spread.mark]))} if n else {}
    rows = [material.row_counted] if material.row_counted else []
    named = {"enquete": rows}
    facts |= {f"{name}.{key}": fact(n, n, total, where, named.get(key, ())) for key, (n, total) in counts.items() if n}
    facts[f"{name}.ateliers"] = fact(spread.workshops, spread.workshops, len(material.workshops), where)
    n = n_ideas(found)
    facts[f"{name}.idees"] = fact(n, n, None, where)
    return facts
