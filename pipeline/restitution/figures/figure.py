"""Figure of a restitution (numbers, words, pictures), and the subjects that figures count."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.axes import COMPASS_CODES
from pipeline.contracts.draft import FigureText
from pipeline.language.text.typography import typeset
from pipeline.restitution.figures.canvas import png
from pipeline.restitution.material.kinship import Kinship
from pipeline.stances.counting import n_ideas, told_sides
from pipeline.workshop.model import Group, Item, Material


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
    """A group with the ideas of which its title is true."""

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
        told = told_sides(sides) if sides.n_against or sides.n_if else str(self.n)
        return f"{self.group.title} ({told})" if self.group.is_counted else self.group.title


def subjects_of(material: Material, kinship: Kinship) -> list[Subject]:
    """The titles that people gave or took, on the four axes, the most shared first; what a machine proposes is theirs
    to take first."""
    found_on = (group for axis in COMPASS_CODES for group in material.groups_of(axis))
    titled = [group for group in found_on if group.members and not group.is_proposed]
    found = [Subject(group, tuple(kinship(group))) for group in titled]
    return sorted(found, key=lambda one: (-one.n, -round(one.group.recurrence, 3), one.group.group_id))
