"""The figures beside the rose: axis × table, groups by recurrence, obstacles × answers."""

from __future__ import annotations

import string
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.axes import COMPASS_CODES, compass
from pipeline.language.text.typography import NO_BREAK, capitalized, counted, number_word
from pipeline.restitution.figures.rose import FONT, INK, Figure, backend, render
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.material.model import Group, Item, Material
from pipeline.restitution.material.quantifiers import bare_name, table_name

BARS_MAX = 12
GATHERED_MIN = 2
"""Contributions from which a subject gathers some: a bar of one says nothing."""
MATRIX_MAX = 14
ANSWERS_TOLD = 4
LABEL_MAX = 52
LINE_MAX = 48


def crossings(material: Material, matrix_min: int) -> dict[str, Figure]:
    """Every figure that has enough to show, by name; `matrix_min` groups of Est before the matrix is drawn."""
    kinship = Kinship(material)
    found = {"axes_par_table": by_table(material), "groupes": by_recurrence(material, kinship)}
    found["obstacles_reponses"] = answers_matrix(material, kinship, matrix_min)
    return {name: figure for name, figure in found.items() if figure is not None}


def by_table(material: Material) -> Figure | None:
    """How many ideas each table gave to each axis; the survey is a row of its own."""
    places = Counter(
        (item.channel == "enquete", item.table, item.axis)
        for item in material.items.values()
        if item.axis in COMPASS_CODES and not item.tied_to
    )
    counts: Counter[tuple[str, str]] = Counter()
    for (is_survey, table, axis), n in places.items():
        counts["Enquête" if is_survey else _table(table) if table else "Hors table", axis] += n
    declared = [_table(table) for _, table in material.tables]
    names = [name for name in dict.fromkeys([*declared, "Enquête", "Hors table"]) if any(n == name for n, _ in counts)]
    if len(names) < 2 or len(material.workshops) > 1:
        return None
    axes = compass()
    rows = [{"x": axes[axis].name, "y": name, "n": counts[name, axis]} for name in names for axis in COMPASS_CODES]
    chart = _grid(rows, [axes[axis].name for axis in COMPASS_CODES], names)
    total = sum(counts.values())
    return Figure(
        "axes_par_table",
        f"Ce que chaque table a nourri : {total} idées",
        f"Tableau ombré : le nombre d’idées par table et par axe, sur {total}. Les nombres sont dans le tableau.",
        ("Table", *(axes[axis].name for axis in COMPASS_CODES)),
        tuple((name, *(str(counts[name, axis]) for axis in COMPASS_CODES)) for name in names),
        *render(chart),
    )


def by_recurrence(material: Material, family: Kinship) -> Figure | None:
    """The groups that come back most widely, longest bar first, coloured and named by axis."""
    found = [group for axis in COMPASS_CODES for group in material.groups_of(axis)]
    groups = sorted(
        (group for group in found if n_contributions(family(group)) >= GATHERED_MIN),
        key=lambda group: (-n_contributions(family(group)), -round(group.recurrence, 3), group.group_id),
    )[:BARS_MAX]
    if len(groups) < 3:
        return None
    axes = compass()
    several = len(material.workshops) > 1
    rows = tuple(
        (
            group.title,
            axes[group.axis].name,
            str(n_contributions(family(group))),
            where_said(family(group), several),
        )
        for group in groups
    )
    bars = [
        {
            "titre": _wrapped(title, rank),
            "valeur": int(n),
            "texte": " · ".join(part for part in (n, axis, where) if part),
            "couleur": axes[groups[rank].axis].color,
        }
        for rank, (title, axis, n, where) in enumerate(rows)
    ]
    told = " ; ".join(f"{title} ({axis}), {n}" for title, axis, n, _ in rows)
    return Figure(
        "groupes",
        "Ce qui rassemble le plus de contributions",
        f"Barres horizontales, du sujet le plus repris au moins repris, avec son axe et ses contributions : {told}.",
        ("Sujet", "Axe", "Contributions", "Où"),
        rows,
        *render(_bars(bars)),
        "image",
    )


def where_said(members: Sequence[Item], several: bool) -> str:
    """Where a group was said, as its text says it: `tables 1 et 2, enquête`, `quatre tables`, `deux ateliers`."""
    if several:
        return counted(len({item.workshop for item in members}), "atelier")
    names = list(dict.fromkeys(bare_name(item.table) for item in sorted(members, key=_reading) if item.table))
    told = f"table{NO_BREAK}{names[0]}" if len(names) == 1 else f"tables{NO_BREAK}{' et '.join(names)}"
    places = [told if len(names) < 3 else counted(len(names), "table", feminine=True)] if names else []
    return ", ".join([*places, *(["enquête"] if any(item.channel == "enquete" for item in members) else [])])


def _reading(item: Item) -> tuple[int, str]:
    return (int(item.table) if item.table.isdigit() else 0, item.table)


def n_contributions(members: Sequence[Item]) -> int:
    """How many contributions say what a group's title says."""
    return len({item.contribution_id for item in members})


def answers_matrix(material: Material, kinship: Kinship, matrix_min: int) -> Figure | None:
    """Which leads and resources answer which obstacles, from `matrix_min` groups of Est on."""
    obstacles = material.groups_of("est")
    pairs = _answered(material, kinship, obstacles) if len(obstacles) >= matrix_min else []
    if not pairs:
        return None
    lines = list(dict.fromkeys(group.group_id for group, _ in pairs))[:MATRIX_MAX]
    columns = list(dict.fromkeys(answer.group_id for group, answer in pairs if group.group_id in lines))[:MATRIX_MAX]
    kept = [(one, two) for one, two in pairs if one.group_id in lines and two.group_id in columns]
    marks = {key: string.ascii_uppercase[rank] for rank, key in enumerate(columns)}
    names = {key: _short(material.groups[key].title, 0) for key in lines} | marks
    rows = [{"x": names[two.group_id], "y": names[one.group_id], "axe": compass()[two.axis].name} for one, two in kept]
    answers: dict[str, list[str]] = {}
    for one, two in kept:
        answers.setdefault(one.group_id, []).append(f"{two.title} ({compass()[two.axis].name})")
    told = tuple((material.groups[key].title, _first(answers[key])) for key in lines if key in answers)
    return Figure(
        "obstacles_reponses",
        "Obstacles et ce qui y répond",
        f"Grille : {len(lines)} obstacles en lignes, {len(columns)} réponses en colonnes ; un point pour chaque lien. "
        "Les lettres des colonnes renvoient au tableau.",
        ("Obstacle", "Repère", "Réponse", "Axe"),
        tuple((one.title, marks[two.group_id], two.title, compass()[two.axis].name) for one, two in kept),
        *render(_dots(rows, [names[key] for key in columns], [names[key] for key in lines])),
        told=(("Obstacle", "Ce qui y répond"), told),
    )


def _answered(material: Material, kinship: Kinship, obstacles: Iterable[Group]) -> list[tuple[Group, Group]]:
    """Obstacles with the groups that answer them, by links that may be told."""
    return [
        (group, material.groups[answer])
        for group in obstacles
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
    return capitalized(table_name(label).removeprefix("la "))


def _short(title: str, rank: int) -> str:
    """A label that fits; `rank` spaces keep two equal titles apart without showing."""
    cut = title if len(title) <= LABEL_MAX else title[: LABEL_MAX - 1].rsplit(" ", 1)[0] + "…"
    return cut + "\u200b" * rank


def _wrapped(title: str, rank: int) -> str:
    """The whole title on several lines; `rank` spaces keep two equal titles apart without showing."""
    return "\n".join(textwrap.wrap(title, LINE_MAX)) + "\u200b" * rank


def _axis(**options: Any) -> dict[str, Any]:
    look = {"labelFont": FONT, "labelColor": INK, "labelFontSize": 12, "title": None, "domain": False, "ticks": False}
    return look | options


def _grid(rows: list[dict[str, Any]], columns: list[str], lines: list[str]) -> Any:
    alt = backend()
    most = max(row["n"] for row in rows)
    x = alt.X("x:N", sort=columns, axis=alt.Axis(**_axis(orient="top", labelAngle=0)))
    y = alt.Y("y:N", sort=lines, axis=alt.Axis(**_axis()))
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x, y=y)
    color = alt.Color("n:Q", scale=alt.Scale(domain=[0, max(most, 1)], range=["#F1F4F9", "#3B5B92"]), legend=None)
    text = alt.condition(f"datum.n > {most / 2}", alt.value("white"), alt.value(INK))
    cells = base.mark_rect(stroke="white", strokeWidth=2).encode(color=color)
    numbers = base.mark_text(font=FONT, fontSize=13).encode(text="n:Q", color=text)
    return alt.layer(cells, numbers).properties(width=320, height=34 * len(lines))


def _bars(rows: list[dict[str, Any]]) -> Any:
    alt = backend()
    order = [row["titre"] for row in rows]
    n_lines = max(title.count("\n") + 1 for title in order)
    y = alt.Y("titre:N", sort=order, axis=alt.Axis(**_axis(labelLimit=400, labelExpr="split(datum.label, '\\n')")))
    x = alt.X("valeur:Q", axis=None)
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=y, x=x)
    bars = base.mark_bar(height=15, cornerRadiusEnd=3).encode(color=alt.Color("couleur:N", scale=None, legend=None))
    names = base.mark_text(font=FONT, fontSize=11, align="left", dx=5, color=INK).encode(text="texte:N")
    return alt.layer(bars, names).properties(width=170, height=(10 + 14 * n_lines) * len(rows))


def _dots(rows: list[dict[str, Any]], columns: list[str], lines: list[str]) -> Any:
    alt = backend()
    x = alt.X("x:N", sort=columns, axis=alt.Axis(**_axis(orient="top", labelAngle=0, grid=True)))
    y = alt.Y("y:N", sort=lines, axis=alt.Axis(**_axis(labelLimit=340, grid=True)))
    colors = [compass()["sud"].color, compass()["nord"].color]
    color = alt.Color("axe:N", scale=alt.Scale(domain=["Sud", "Nord"], range=colors), title=None)
    shape = alt.Shape("axe:N", scale=alt.Scale(domain=["Sud", "Nord"], range=["circle", "diamond"]), title=None)
    dots = alt.Chart(alt.InlineData(values=rows)).mark_point(size=150, filled=True, opacity=1)
    return dots.encode(x=x, y=y, color=color, shape=shape).properties(width=34 * len(columns), height=30 * len(lines))
