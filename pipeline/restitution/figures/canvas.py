"""Pictures by hand: text measured and wrapped, shapes, svg with its fonts inside, png and pdf without a browser.

Lengths are in pixels of a slide; a picture is white, never transparent, so that any ground may hold it.
"""

from __future__ import annotations

import base64
import io
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pipeline.errors import UsageError
from pipeline.language.text.lists import read_lines
from pipeline.language.text.typography import typeset

INK, SOFT, GROUND = "#2B2B2B", "#4F4A42", "#FFFFFF"
FONT = "Rosace Sans"
"""Liberation Sans, of which it is a part, as drawings hold it."""
LEADING = 1.24
"""Height of a line, in sizes of its text."""
MARGIN = 28
HEAD, KEY = 30, 18
WIDE, SQUARE = (1280, 720), (1080, 1080)
_UNKNOWN = (700, 750)
"""Width given to a character that our fonts do not hold."""
_FONTS = "FONTCONFIG_FILE"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Par:
    """A paragraph to set: `before` pixels under the one above."""

    text: str
    size: float
    bold: bool = False
    color: str = INK
    before: float = 0


@dataclass(frozen=True)
class Block:
    """Paragraphs broken into lines."""

    pars: tuple[tuple[Par, tuple[str, ...]], ...]

    @property
    def height(self) -> float:
        """From the top of its first line to the bottom of its last."""
        return sum(par.before + LEADING * par.size * len(lines) for par, lines in self.pars)

    def profile(self) -> Iterator[tuple[float, float, float]]:
        """The top, the bottom and the width of each line."""
        y = 0.0
        for par, lines in self.pars:
            y += par.before
            for line in lines:
                yield y, y + LEADING * par.size, width_of(line, par.size, par.bold)
                y += LEADING * par.size

    def at(self, x: float, y: float, anchor: str = "start") -> str:
        """Its svg, the top of its first line at `y`; lines keep their last space, so that titles read whole."""
        out = []
        for par, lines in self.pars:
            y += par.before
            spans = [
                f'<tspan x="{x:.1f}" y="{y + par.size * (0.95 + LEADING * rank):.1f}">{escape(line)}</tspan>'
                for rank, line in enumerate(lines)
            ]
            look = f'font-size="{par.size:g}" fill="{par.color}" text-anchor="{anchor}"'
            weight = ' font-weight="700"' if par.bold else ""
            out.append(f"<text {look}{weight}>{''.join(spans)}</text>")
            y += LEADING * par.size * len(lines)
        return "".join(out)


@cache
def _widths() -> dict[str, tuple[int, int]]:
    rows = (line.split() for line in read_lines(__name__, "widths"))
    return {chr(int(code, 16)): (int(regular), int(bold)) for code, regular, bold in rows}


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Pixels that a line takes, without the space at its end."""
    return _units_of(text.rstrip(" "), bold) * size / 1000


@lru_cache(maxsize=10_000)
def _units_of(text: str, bold: bool) -> int:
    """Thousandths of its size that a line takes; lines are tried again at each size."""
    widths = _widths()
    return sum(widths.get(letter, _UNKNOWN)[bold] for letter in text)


def set_in(width: float, *pars: Par) -> Block:
    """Paragraphs in French typography, in lines of at most `width`; a word longer than a line is cut."""
    return Block(tuple((par, _lines(typeset(NOT_XML.sub("", par.text)), width, par)) for par in pars))


def _lines(text: str, width: float, par: Par) -> tuple[str, ...]:
    lines = [""]
    for word in re.findall(r"[^ ]+ *| +", " ".join(re.split(r"[\t\n\r ]+", text.strip()))):
        if width_of(lines[-1] + word, par.size, par.bold) <= width:
            lines[-1] += word
            continue
        lines += [""] if lines[-1] else []
        for letter in word:
            if lines[-1] and width_of(lines[-1] + letter, par.size, par.bold) > width:
                lines.append("")
            lines[-1] += letter
    return tuple(lines)


def path(points: str, fill: str = "none", edge: str = "none", thick: float = 1) -> str:
    """A shape by its path."""
    return f'<path d="{points}" fill="{fill}" stroke="{edge}" stroke-width="{thick:g}" stroke-linejoin="round"/>'


def moved(body: str, x: float, y: float) -> str:
    """A drawing put elsewhere."""
    return f'<g transform="translate({x:.1f} {y:.1f})">{body}</g>'


def tint(color: str, share: float = 0.15) -> str:
    """A colour in water: `share` of it on white."""
    return "#" + "".join(f"{round(255 + (int(color[i : i + 2], 16) - 255) * share):02X}" for i in (1, 3, 5))


def on(color: str) -> str:
    """Ink or white, whichever is read best on a colour."""
    return max((INK, GROUND), key=lambda text: contrast(text, color))


def contrast(one: str, two: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, 1.4.3): from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    shares = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def slide(size: tuple[int, int], title: str, key: str, alt: str, draw: Callable[[float, float], str]) -> bytes:
    """A picture of that size under its title and its key; `draw` fills the width and height that are left."""
    width, height = size
    inner = width - 2 * MARGIN
    head = set_in(inner, Par(title, HEAD, bold=True), Par(key, KEY, color=SOFT, before=4))
    top = MARGIN * 0.7 + head.height + 20
    body = head.at(MARGIN, MARGIN * 0.7) + moved(draw(inner, height - top - MARGIN), MARGIN, top)
    return svg(width, height, title, alt, body)


def svg(width: int, height: int, title: str, alt: str, body: str) -> bytes:
    """A whole file: its name, what it shows for those who do not see it, its fonts."""
    words = [typeset(NOT_XML.sub("", text)) for text in (title, alt)]
    family = f"'{FONT}', 'Liberation Sans', Arial, sans-serif"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" lang="fr" aria-label={quoteattr(words[0])} font-family="{family}">'
        f"<title>{escape(words[0])}</title><desc>{escape(words[1])}</desc><style>{_faces()}</style>"
        f'<rect width="{width}" height="{height}" fill="{GROUND}"/>{body}</svg>\n'
    ).encode()


@cache
def _faces() -> str:
    faces = []
    for name, weight in (("rosace_sans_regular.woff2", 400), ("rosace_sans_bold.woff2", 700)):
        font = files(__package__ or "").joinpath("data", name).read_bytes()
        source = f"url(data:font/woff2;base64,{base64.b64encode(font).decode()}) format('woff2')"
        faces.append(f"@font-face{{font-family:'{FONT}';font-weight:{weight};src:{source}}}")
    return "".join(faces)


def backend() -> Any:
    """vl-convert, once it is sure that pictures can be made of drawings, with its own fonts alone: it would open those
    of the machine again for each letter.

    Raises
    ------
    UsageError : it does not import on this machine.
    """
    try:
        import vl_convert
    except ImportError as error:
        raise UsageError(
            f"Les figures demandent vl-convert-python, qui ne s'importe pas ici ({error}). "
            "Réinstallez Rosace avec ses dépendances (make install) ; rien n'a été écrit."
        ) from error
    before = os.environ.get(_FONTS)
    os.environ[_FONTS] = str(files(__package__ or "").joinpath("data", "no_fonts.conf"))
    vl_convert.svg_to_png("<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>")  # looks for them once
    os.environ.pop(_FONTS) if before is None else os.environ.update({_FONTS: before})
    return vl_convert


def png(drawing: bytes) -> bytes:
    """A drawing as pixels: at 15 cm, 183 of them to an inch."""
    return bytes(backend().svg_to_png(_bare(drawing)))


def pdf(drawing: bytes, width: float, height: float, title: str) -> bytes:
    """A drawing as a page of that size, in points; written again, for the converter puts its fonts in any order."""
    from pypdf import PdfReader, PdfWriter

    sized = re.sub(r'width="\d+" height="\d+"', f'width="{width:g}" height="{height:g}"', _bare(drawing), count=1)
    page = PdfReader(io.BytesIO(backend().svg_to_pdf(sized))).pages[0]
    resources: Any = page["/Resources"]
    fonts = resources["/Font"]
    for name in sorted(fonts):
        fonts[name] = fonts.pop(name)
    writer = PdfWriter()
    writer.add_page(page)
    writer.add_metadata({"/Title": title, "/Producer": "Rosace"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _bare(drawing: bytes) -> str:
    """Without its fonts: the converter has Liberation Sans, and reads no other."""
    return re.sub(r"<style>.*?</style>", "", drawing.decode(), count=1)


TEXT = 18
"""Size of words in pictures of numbers."""
GAP = 12


NUMBER = 62
"""Width of a column of numbers."""


def draw_voted(voted: Sequence[tuple[str, int, int]], width: float, height: float) -> str:
    """What received most votes, each with its number before it, as many as hold; where some are against, in two
    columns."""
    heads = ("pour", "contre") if any(n_against for *_, n_against in voted) else ()
    out = [set_in(NUMBER, Par(head, TEXT, color=SOFT)).at(NUMBER * rank, 0) for rank, head in enumerate(heads)]
    y, side = TEXT * LEADING if heads else 0.0, NUMBER * max(1, len(heads))
    for words, *numbers in voted:
        counts = [set_in(NUMBER, Par(str(n), TEXT * 1.7, bold=True)) for n in numbers[: len(heads) or 1]]
        text = set_in(width - side, Par(words, TEXT))
        tall = max(counts[0].height, text.height)
        if y + tall > height:
            break
        out += [one.at(NUMBER * rank, y + (tall - one.height) / 2) for rank, one in enumerate(counts)]
        out.append(text.at(side, y + (tall - text.height) / 2))
        y += tall + GAP * 1.3
    return "".join(out)
