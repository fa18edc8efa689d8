"""The figures: their numbers (for the table beside), their alternative text, their svg and png, offline.

Geometry of the rose: explicit angles with `scale=None`, Nord on top then clockwise; the radius grows with the square
root of the count, so that areas compare. Every sector is also told apart by its label and number, for grey prints and
colour-blind eyes.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.axes import COMPASS_CODES, compass
from pipeline.contracts.draft import FigureText
from pipeline.contracts.facts import Facts
from pipeline.errors import UsageError
from pipeline.language.text.typography import typeset

INK = "#2B2B2B"
FONT = "Liberation Sans, Arial, sans-serif"
WIDTH, HEIGHT = 480, 330
RADIUS = 118


@dataclass(frozen=True)
class Figure:
    """One figure: what the draft says of it, and its two images.

    Attributes
    ----------
    columns, rows : its numbers, for a spreadsheet.
    shows : as in `FigureText`.
    told : columns and rows of the table that a document shows, when they are not those of the spreadsheet.
    """

    name: str
    title: str
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    svg: bytes
    png: bytes
    shows: Literal["image", "table"] = "table"
    told: tuple[tuple[str, ...], tuple[tuple[str, ...], ...]] | None = None

    @property
    def in_words(self) -> FigureText:
        """What writers need beside the images."""
        columns, rows = self.told or (self.columns, self.rows)
        return FigureText(
            typeset(self.title),
            typeset(self.alt),
            tuple(typeset(cell) for cell in columns),
            tuple(tuple(typeset(cell) for cell in row) for row in rows),
            self.shows,
        )

    def as_csv(self) -> bytes:
        """The numbers, for a spreadsheet (`;`, UTF-8 with BOM)."""
        return csv_bytes([self.columns, *self.rows])


def csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as a French spreadsheet opens them; a cell that looks like a formula is made inert by an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerows([[f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in row] for row in rows])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def backend() -> Any:
    """altair, once it is sure that figures can be drawn.

    Raises
    ------
    UsageError : altair or vl-convert does not import on this machine.
    """
    try:
        import altair
        import vl_convert  # noqa: F401  altair alone draws nothing
    except ImportError as error:
        raise UsageError(
            f"Les figures demandent altair et vl-convert-python, qui ne s'importent pas ici ({error}). "
            "Réinstallez Rosace avec ses dépendances (make install) ; rien n'a été écrit."
        ) from error
    return altair


def rose(facts: Facts) -> Figure:
    """Four sectors, area ∝ ideas."""
    axes = compass()
    counts = {code: facts[f"axe.{code}"].n for code in COMPASS_CODES}
    total = facts["idees"].n
    largest = max([*counts.values(), 1])
    rows = []
    for index, code in enumerate(COMPASS_CODES):
        middle = index * math.pi / 2
        radius = RADIUS * math.sqrt(counts[code] / largest)
        away = RADIUS + (58 if index % 2 else 22)
        rows.append(
            {
                "axe": axes[code].name,
                "n": counts[code],
                "debut": middle - math.pi / 4,
                "fin": middle + math.pi / 4,
                "rayon": radius,
                "couleur": axes[code].color,
                "x": WIDTH / 2 + away * math.sin(middle),
                "y": HEIGHT / 2 - away * math.cos(middle),
                "texte": f"{axes[code].name} · {counts[code]}",
            }
        )
    said = ", ".join(f"{axes[code].name} {counts[code]}" for code in COMPASS_CODES)
    svg, png = render(_rose_chart(rows))
    return Figure(
        "rose",
        f"La rose de l’atelier : {total} idées situées sur les quatre axes",
        f"Rose des vents à quatre secteurs dont la surface dit le nombre d’idées, sur {total} : {said}.",
        ("Axe", "Ce qu’on y met", "Idées"),
        tuple((axes[code].name, axes[code].motto, str(counts[code])) for code in COMPASS_CODES),
        svg,
        png,
        "image",
    )


def _rose_chart(rows: list[dict[str, Any]]) -> Any:
    alt = backend()
    base = alt.Chart(alt.InlineData(values=rows)).properties(width=WIDTH, height=HEIGHT)
    sectors = base.mark_arc(stroke="white", strokeWidth=3, cornerRadius=3).encode(
        theta=alt.Theta("debut:Q", scale=None, stack=None),
        theta2="fin:Q",
        radius=alt.Radius("rayon:Q", scale=None),
        color=alt.Color("couleur:N", scale=None, legend=None),
    )
    labels = base.mark_text(
        font=FONT, fontSize=16, fontWeight="bold", color=INK, align="center", baseline="middle"
    ).encode(x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", scale=None, axis=None), text="texte:N")
    return alt.layer(sectors, labels)


def render(chart: Any) -> tuple[bytes, bytes]:
    """The svg and the png of a chart, without a browser, on a white ground: any slide may hold them."""
    import vl_convert

    spec = chart.configure(background="white", padding=4).configure_view(stroke=None).to_dict()
    svg = _numbered(vl_convert.vegalite_to_svg(spec))
    return svg.encode(), vl_convert.svg_to_png(svg, scale=3)


def _numbered(svg: str) -> str:
    """Ids counted from one: Vega goes on counting from one figure to the next of the same process."""
    order: dict[str, str] = {}
    return re.sub(
        r"\b(clip|gradient_?)(\d+)\b", lambda m: order.setdefault(m.group(), f"{m.group(1)}{len(order) + 1}"), svg
    )
