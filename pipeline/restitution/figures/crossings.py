"""The figures beside the rose: axis × table, groups by recurrence, obstacles and their answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, islice

from pipeline.axes import COMPASS_CODES, compass
from pipeline.contracts.numbers import whole_number
from pipeline.language.text.typography import NO_BREAK, capitalized, counted, number_word
from pipeline.restitution.figures.canvas import (
    SQUARE,
    WIDE,
    Bar,
    Link,
    draw_bars,
    draw_grid,
    draw_links,
    n_bars,
    n_links,
    room,
)
from pipeline.restitution.figures.figure import Figure, Subject, both_shapes
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.material.quantifiers import NAMED_MAX, bare_place, names_said, place_noun
from pipeline.stances.counting import leads
from pipeline.workshop.model import Group, Item, Material

BARS_MAX = 12
ANSWERS_TOLD = 4
ANSWERS_DRAWN = 2


def crossings(material: Material, kinship: Kinship, subjects: Sequence[Subject], matrix_min: int) -> dict[str, Figure]:
    """Every figure that has enough to show, by name; `matrix_min` groups of Est before the links are drawn."""
    found = {"axes_par_table": by_table(material), "groupes": by_recurrence(material, subjects)}
    found["obstacles_reponses"] = linked(material, kinship, matrix_min)
    return {name: figure for name, figure in found.items() if figure is not None}


def by_table(material: Material) -> Figure | None:
    """How many ideas each table gave to each axis; the survey is a row of its own."""
    told = {item.item_id: item for item in material.items.values() if item.axis in COMPASS_CODES}
    ideas = (told[item] for item, lead in leads(told.values()).items() if item == lead)
    places = Counter((item.channel == "enquete", item.table, item.axis) for item in ideas)
    counts: Counter[tuple[str, str]] = Counter()
    for (is_survey, table, axis), n in places.items():
        counts["Enquête" if is_survey else _table(table) if table else "Hors table", axis] += n
    declared = [_table(table) for _, table in material.tables]
    names = [name for name in dict.fromkeys([*declared, "Enquête", "Hors table"]) if any(n == name for n, _ in counts)]
    if len(names) < 2 or len(material.workshops) > 1:
        return None
    axes = compass()
    rows = [[counts[name, axis] for axis in COMPASS_CODES] for name in names]
    columns = [(axes[axis].name, axes[axis].color) for axis in COMPASS_CODES]
    total = sum(counts.values())
    title = f"Ce que chaque table a nourri : {total} idées"
    alt = f"Tableau ombré : le nombre d’idées par table et par axe, sur {total}. Les nombres sont dans le tableau."
    return Figure(
        "axes_par_table",
        title,
        alt,
        ("Table", *(axes[axis].name for axis in COMPASS_CODES)),
        tuple((name, *map(str, row)) for name, row in zip(names, rows, strict=True)),
        *both_shapes(
            title, "Chaque case dit un nombre d’idées.", alt, lambda *size: draw_grid(names, columns, rows, *size)
        ),
    )


def by_recurrence(material: Material, subjects: Sequence[Subject]) -> Figure | None:
    """The groups that come back most widely, longest bar first, coloured and named by axis."""
    bars = bars_of(material, subjects[:BARS_MAX])
    n_shown = min(n_bars(bars, *room(size)) for size in (WIDE, SQUARE))
    bars, shown = bars[:n_shown], subjects[:n_shown]
    if len(bars) < 3:
        return None
    axes = compass()
    several = len(material.workshops) > 1
    rows = tuple((s.group.title, axes[s.group.axis].name, str(s.n), where_said(s.members, several)) for s in shown)
    told = " ; ".join(f"{title} ({axis}), {n}" for title, axis, n, _ in rows)
    title = "Ce qui rassemble le plus de contributions"
    alt = f"Barres horizontales, du sujet le plus repris au moins repris, avec son axe et ses contributions : {told}."
    rest = f"les {n_shown} premiers de {len(subjects)} sujets" if n_shown < len(subjects) else "tous les sujets"
    key = (
        f"Le nombre de contributions de chaque sujet, puis son axe et qui l’a dit ; {rest} qui en réunissent plusieurs."
    )
    return Figure(
        "groupes",
        title,
        alt,
        ("Sujet", "Axe", "Contributions", "Où"),
        rows,
        *both_shapes(title, key, alt, lambda *size: draw_bars(bars, *size)),
        "image",
    )


def bars_of(material: Material, subjects: Sequence[Subject]) -> list[Bar]:
    """A bar a subject."""
    several = len(material.workshops) > 1
    axes = compass()
    return [
        Bar(
            subject.group.title,
            subject.n,
            " · ".join(
                part
                for part in (str(subject.n), axes[subject.group.axis].name, where_said(subject.members, several))
                if part
            ),
            axes[subject.group.axis].color,
        )
        for subject in subjects
    ]


def where_said(members: Sequence[Item], several: bool) -> str:
    """Where a group was said, as its text says it: `tables 1 et 2, enquête`, `quatre tables`, `deux ateliers`."""
    if several:
        return counted(len({item.workshop for item in members}), "atelier")
    ordered = sorted((whole_number(item.table) or 0, item.table) for item in members if item.table)
    labels = list(dict.fromkeys(table for _, table in ordered))
    noun, n = place_noun(labels), len(labels)
    named = f"{noun.singular}{'s' if n > 1 else ''}{NO_BREAK}{names_said(labels)}" if labels else ""
    places = [named if n <= NAMED_MAX else counted(n, noun.singular, feminine=noun.is_feminine)] if labels else []
    return ", ".join([*places, *(["enquête"] if any(item.channel == "enquete" for item in members) else [])])


def linked(material: Material, kinship: Kinship, matrix_min: int) -> Figure | None:
    """Which leads and resources answer which obstacles, from `matrix_min` groups of Est on."""
    pairs = answered(material, kinship) if len(material.groups_of("est")) >= matrix_min else []
    if not pairs:
        return None
    links = links_of(pairs)
    n_shown = min(n_links(links, *room(size)) for size in (WIDE, SQUARE))
    answers: dict[str, list[str]] = {}
    for one, two in pairs:
        answers.setdefault(one.group_id, []).append(f"{two.title} ({compass()[two.axis].name})")
    told = tuple((material.groups[key].title, _first(found)) for key, found in answers.items())
    title = "Obstacles et ce qui y répond"
    shown = " ; ".join(f"{link.left} : {link.right} ({link.kind})" for link in links[:n_shown])
    alt = f"Deux colonnes reliées par {counted(n_shown, 'lien')} : {shown}."
    rest = f" ; {n_shown} liens sur {len(pairs)}, deux au plus par obstacle" if n_shown < len(pairs) else ""
    key = f"À gauche, l’obstacle (Est) ; à droite, la piste (Sud) ou la ressource (Nord) qui y répond{rest}."
    return Figure(
        "obstacles_reponses",
        title,
        alt,
        ("Obstacle", "Réponse", "Axe"),
        tuple((one.title, two.title, compass()[two.axis].name) for one, two in pairs),
        *both_shapes(title, key, alt, lambda *size: draw_links(links[:n_shown], *size)),
        told=(("Obstacle", "Ce qui y répond"), told),
    )


def links_of(pairs: Iterable[tuple[Group, Group]]) -> list[Link]:
    """Pairs as they are drawn: the first answers of each obstacle."""
    axes = compass()
    return [
        Link(one.title, two.title, axes[one.axis].color, axes[two.axis].color, axes[two.axis].name)
        for _, found in groupby(pairs, lambda pair: pair[0].group_id)
        for one, two in islice(found, ANSWERS_DRAWN)
    ]


def answered(material: Material, kinship: Kinship) -> list[tuple[Group, Group]]:
    """Obstacles with the groups that answer them, by links that may be told."""
    return [
        (group, material.groups[answer])
        for group in material.groups_of("est")
        for answer in material.answers.get(group.group_id, ())
        if answer in material.groups
        and not material.groups[answer].is_unsure
        and kinship.is_linked(group, material.groups[answer])
    ]


def _first(answers: Sequence[str]) -> str:
    """The best answers, and how many others: the spreadsheet has them all."""
    n_others = len(answers) - ANSWERS_TOLD
    if n_others < 2:
        return " ; ".join(answers)
    return " ; ".join([*answers[:ANSWERS_TOLD], f"et {number_word(n_others)} autres"])


def _table(label: str) -> str:
    return capitalized(bare_place(label))
