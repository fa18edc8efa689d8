"""The rose, the figure of a restitution: an axis a petal, with its meaning, its ideas counted and its first subjects.

Nord on top, then clockwise. At the heart, the radius grows with the square root of the count, so that areas compare;
the petals around are of one size, whatever they hold, for words to be read.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import compress

from pipeline.axes import COMPASS_CODES, compass
from pipeline.contracts.draft import Facts, FigureText
from pipeline.language.text.typography import counted, typeset, with_de
from pipeline.restitution.figures.canvas import (
    GROUND,
    SOFT,
    SQUARE,
    WIDE,
    Block,
    Par,
    on,
    path,
    png,
    set_in,
    slide,
    tint,
)
from pipeline.restitution.material.kinship import Kinship
from pipeline.restitution.material.quantifiers import said
from pipeline.stances.counting import n_ideas
from pipeline.workshop.model import Group, Item, Material

TITLES_MAX, ACCEPTED_MAX = 3, 7
"""Titles of a petal; of those that a person accepted."""
SIZES = (24, 22, 20, 18, 16)
"""Sizes of the titles of a petal, the largest that fits."""
HEART = 0.19
"""Radius of the largest sector, in heights of the rose."""
SPREAD = 1.5
"""How much wider than tall the petals of Nord and Sud open."""
INSIDE = 16
LABEL_MIN = 42
"""Radius from which a sector holds its number."""


@dataclass(frozen=True)
class Figure:
    """One figure.

    Attributes
    ----------
    columns, rows : its numbers, for a spreadsheet.
    svg, square : the picture, wide (16:9) and square.
    """

    name: str
    title: str
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    svg: bytes
    square: bytes

    @property
    def in_words(self) -> FigureText:
        """What writers need beside the images."""
        return FigureText(
            typeset(self.title),
            typeset(self.alt),
            tuple(typeset(cell) for cell in self.columns),
            tuple(tuple(typeset(cell) for cell in row) for row in self.rows),
            "image",
        )

    def files(self) -> dict[str, bytes]:
        """Its files by name."""
        numbers = {f"{self.name}.csv": csv_bytes([self.columns, *self.rows])}
        pictures = {self.name: self.svg, f"{self.name}_carre": self.square}
        vectors = {f"{name}.svg": drawing for name, drawing in pictures.items()}
        return numbers | vectors | {f"{name}.png": png(drawing) for name, drawing in pictures.items()}


def csv_bytes(rows: Sequence[Sequence[str]], is_for_a_spreadsheet: bool = True) -> bytes:
    """Rows as a French spreadsheet opens them, or as the web does (commas, no mark of encoding).

    A cell that looks like a formula is made inert by an apostrophe.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";" if is_for_a_spreadsheet else ",", lineterminator="\r\n")
    writer.writerows([[f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in row] for row in rows])
    return buffer.getvalue().encode("utf-8-sig" if is_for_a_spreadsheet else "utf-8")


@dataclass(frozen=True)
class Subject:
    """A title on the axis of most of its ideas, with all of those of which it is true, on whatever axis."""

    group: Group
    members: tuple[Item, ...]

    @property
    def n(self) -> int:
        """How many ideas, as the text counts them."""
        return n_ideas(self.members)

    @property
    def told(self) -> str:
        """Its title, with how many ideas say it where people say which; where some are against it, each side apart."""
        sides = self.group.sides
        told = (self.group.sides_told if sides.n_against or sides.n_if else "") or str(self.n)
        return f"{self.group.title} ({told})" if self.group.is_counted else self.group.title


def subjects_of(material: Material, kinship: Kinship) -> list[Subject]:
    """The titles that people gave or took, each once with the ideas that it has on the four axes, the most shared
    first; what a machine proposes is theirs to take first."""
    titled: dict[str, list[Group]] = {}
    for group in (one for axis in COMPASS_CODES for one in material.groups_of(axis)):
        if group.members and not group.is_proposed:
            titled.setdefault(group.title, []).append(group)
    found = [_subject(sorted(groups, key=material.is_home, reverse=True), kinship) for groups in titled.values()]
    return sorted(found, key=lambda one: (-one.n, -round(one.group.recurrence, 3), one.group.group_id))


def _subject(groups: Sequence[Group], kinship: Kinship) -> Subject:
    """The groups of a title as one; the first is of its axis."""
    members = tuple(item for group in groups for item in group.members)
    return Subject(replace(groups[0], members=members), tuple(item for one in groups for item in kinship(one)))


@dataclass(frozen=True)
class Petal:
    """One axis as the rose shows it; `n_titles` : those that it has, those that it does not name among them."""

    name: str
    motto: str
    color: str
    n: int
    subjects: tuple[Subject, ...]
    n_titles: int

    def pars(self, most: int, size: float) -> tuple[Par, ...]:
        """Its words: what it is and counts, then its first subjects with their ideas, and how many more there are."""
        ideas = f"{self.name} · {self.n} idée{'s' if self.n > 1 else ''}"
        titles = [Par(s.told, size, before=size * 0.38) for s in self.subjects[:most]]
        if left := self.n_titles - len(titles):
            told = f"et {counted(left, 'autre titre', 'autres titres')}"
            titles.append(Par(told, size * 0.88, before=size * 0.38, color=SOFT))
        return Par(ideas, size * 1.25, bold=True), Par(self.motto, size * 0.88, color=SOFT), *titles


def _ended(text: str) -> str:
    """A text with the full stop that no sign of its own stands for."""
    return text if text.endswith(("?", "!", "…")) else f"{text}."


def rose(facts: Facts, petals: Sequence[Petal]) -> Figure:
    """Its picture, wide and square, and its numbers."""
    rows = facts.get("enquete.axes", facts.get("enquete"))
    answers = facts.get("contributions.enquete")
    is_of_rows = answers is not None and answers.n == facts["contributions"].n
    heard = (facts["contributions.axes"], "contribution_count"), (facts["documents"], "document_count")
    whole = said(rows, "reply_count") if rows is not None and is_of_rows else said(*heard[facts["documents"].n > 0])
    is_mixed = facts["documents"].n > 0 < facts["recueillies"].n
    counts = ", ".join(f"{petal.name} {petal.n}" for petal in petals)
    title = f"La rose de l’atelier : les idées {'' if is_mixed else with_de(whole) + ' '}sur les quatre axes"
    told = " ".join(
        _ended(f"{petal.name} : {' ; '.join(s.told for s in petal.subjects)}") for petal in petals if petal.subjects
    )
    alt = f"Rose des vents à quatre secteurs dont la surface dit le nombre d’idées : {counts}. {told}".strip()
    return Figure(
        "rose",
        title,
        alt,
        ("Axe", "Ce qu’on y met", "Idées"),
        tuple((petal.name, petal.motto, str(petal.n)) for petal in petals),
        *(slide(size, title, key_of(petals), alt, partial(draw_rose, petals)) for size in (WIDE, SQUARE)),
    )


def key_of(petals: Sequence[Petal]) -> str:
    """What the sizes and the numbers of a rose say."""
    is_counted = any(subject.group.is_counted for petal in petals for subject in petal.subjects)
    told = " ; entre parenthèses, les idées sous chaque titre, ou combien y sont pour et contre"
    return f"Au cœur, la surface de chaque secteur dit le nombre d’idées de l’axe{told if is_counted else ''}."


def petals_of(facts: Facts, subjects: Sequence[Subject]) -> list[Petal]:
    """The four axes, clockwise from Nord; `subjects` are those of the workshop, the most shared first."""
    axes = compass()
    own = {code: [subject for subject in subjects if subject.group.axis == code] for code in COMPASS_CODES}
    return [
        Petal(
            axes[code].name,
            axes[code].motto,
            axes[code].color,
            facts[f"axe.{code}"].n,
            _named(own[code]),
            len(own[code]),
        )
        for code in COMPASS_CODES
    ]


def _named(subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    is_room = (n < (ACCEPTED_MAX if one.group.is_accepted else TITLES_MAX) for n, one in enumerate(subjects))
    return tuple(compress(subjects, is_room))


def draw_rose(petals: Sequence[Petal], width: float, height: float) -> str:
    """The rose in a rectangle."""
    x, y = width / 2, height / 2
    radius = HEART * min(width, height)
    slope = min(SPREAD, x / y)
    reach = slope * y
    shapes = (
        f"M{x:.1f} {y:.1f}L{x - reach:.1f} 0H{x + reach:.1f}Z",
        f"M{x:.1f} {y:.1f}L{x + reach:.1f} 0H{width:.1f}V{height:.1f}H{x + reach:.1f}Z",
        f"M{x:.1f} {y:.1f}L{x + reach:.1f} {height:.1f}H{x - reach:.1f}Z",
        f"M{x:.1f} {y:.1f}L{x - reach:.1f} {height:.1f}H0V0H{x - reach:.1f}Z",
    )
    out = [path(shape, tint(petal.color), GROUND, 8) for shape, petal in zip(shapes, petals, strict=True)]
    out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius + 12:.1f}" fill="{GROUND}"/>')
    largest = max([petal.n for petal in petals] + [1])
    blocks = _fitting(petals, (x, y), radius + INSIDE, slope)
    for rank, (petal, (block, low)) in enumerate(zip(petals, blocks, strict=True)):
        out.append(_sector(petal, rank, (x, y), radius * math.sqrt(petal.n / largest)))
        left = (x, x + low, x, INSIDE)[rank]
        top = (y - low - block.height, y - block.height / 2, y + low, y - block.height / 2)[rank]
        out.append(block.at(left, top, "start" if rank % 2 else "middle"))
    return "".join(out)


def _sector(petal: Petal, rank: int, at: tuple[float, float], radius: float) -> str:
    if not petal.n:
        return ""
    middle = (rank - 1) * math.pi / 2
    ends = [
        (at[0] + radius * math.cos(a), at[1] + radius * math.sin(a))
        for a in (middle - math.pi / 4, middle + math.pi / 4)
    ]
    (x1, y1), (x2, y2) = ends
    arc = f"M{at[0]:.1f} {at[1]:.1f}L{x1:.1f} {y1:.1f}A{radius:.1f} {radius:.1f} 0 0 1 {x2:.1f} {y2:.1f}Z"
    number = set_in(2 * radius, Par(str(petal.n), min(30, radius * 0.3), bold=True, color=on(petal.color)))
    away = radius * 0.64
    x, y = at[0] + away * math.cos(middle), at[1] + away * math.sin(middle) - number.height / 2
    return path(arc, petal.color, GROUND, 3) + (number.at(x, y, "middle") if radius >= LABEL_MIN else "")


def _upright(
    pars: tuple[Par, ...], half: tuple[float, float], clear: float, slope: float, is_above: bool
) -> tuple[Block, float] | None:
    """Words of Nord or of Sud, with their distance from the heart: each line holds between the sides of the petal."""
    for width in range(int(2 * slope * half[1]), 200, -20):
        block = set_in(width, *pars)
        low = (clear + half[1] - INSIDE - block.height) / 2
        lines = [(block.height - low_y if is_above else top_y, wide) for top_y, low_y, wide in block.profile()]
        if low >= clear and all(wide / 2 + INSIDE <= slope * (low + away) for away, wide in lines):
            return block, low
    return None


def _beside(pars: tuple[Par, ...], half: tuple[float, float], clear: float, slope: float) -> tuple[Block, float] | None:
    """Words of Est or of Ouest, the same."""
    for low in range(int(clear) + INSIDE, int(half[0]) - 200, 10):
        block = set_in(half[0] - low - INSIDE, *pars)
        if block.height / 2 + INSIDE / 2 <= low / slope and block.height <= 2 * (half[1] - INSIDE):
            return block, low
    return None


def _fitting(
    petals: Sequence[Petal], half: tuple[float, float], clear: float, slope: float
) -> list[tuple[Block, float]]:
    """The words of every petal in one size, the largest where all titles hold; else the titles that hold."""

    def placed(rank: int, n_titles: int, size: float) -> tuple[Block, float] | None:
        pars = petals[rank].pars(n_titles, size)
        return _beside(pars, half, clear, slope) if rank % 2 else _upright(pars, half, clear, slope, rank == 0)

    for size in SIZES:
        found = [placed(rank, len(petal.subjects), size) for rank, petal in enumerate(petals)]
        if all(found):
            break
    for rank, petal in enumerate(petals):
        for n_titles in range(len(petal.subjects) - 1, -1, -1):
            found[rank] = found[rank] or placed(rank, n_titles, SIZES[-1])
    return [
        one or (set_in(half[0], Par(petal.name, SIZES[-1])), clear) for one, petal in zip(found, petals, strict=True)
    ]
