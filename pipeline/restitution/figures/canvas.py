"""Pictures by hand: text measured and wrapped, shapes, svg with its fonts inside, png and pdf without a browser.

Lengths are in pixels of a slide; a picture is white, never transparent, so that any ground may hold it.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
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
SCALE = 1
_UNKNOWN = (700, 750)
"""Width given to a character that our fonts do not hold."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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

    @property
    def width(self) -> float:
        """Of its longest line."""
        return max((wide for *_, wide in self.profile()), default=0)

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
    return sum(_widths().get(letter, _UNKNOWN)[bold] for letter in text.rstrip(" ")) * size / 1000


def set_in(width: float, *pars: Par) -> Block:
    """Paragraphs in French typography, in lines of at most `width`; a word longer than a line is cut."""
    return Block(tuple((par, _lines(typeset(_NOT_XML.sub("", par.text)), width, par)) for par in pars))


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


def rect(x: float, y: float, width: float, height: float, fill: str, edge: str = "none") -> str:
    """A rectangle with soft corners."""
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect {place} rx="5" fill="{fill}" stroke="{edge}"/>'


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


def room(size: tuple[int, int]) -> tuple[float, float]:
    """What `slide` surely leaves to draw in, under a title of one line and a key of two."""
    return size[0] - 2 * MARGIN, size[1] - 1.7 * MARGIN - LEADING * (HEAD + 2 * KEY) - 24


def svg(width: int, height: int, title: str, alt: str, body: str) -> bytes:
    """A whole file: its name, what it shows for those who do not see it, its fonts."""
    words = [typeset(_NOT_XML.sub("", text)) for text in (title, alt)]
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
    """vl-convert, once it is sure that pictures can be made of drawings.

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
    return vl_convert


def png(drawing: bytes) -> bytes:
    """A drawing as pixels: at 15 cm, 183 of them to an inch."""
    return bytes(backend().svg_to_png(_bare(drawing), scale=SCALE))


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


TEXTS = (24, 22, 20, 18)
"""Sizes of words, the largest at which all that is to be shown holds."""
TEXT = TEXTS[-1]
GAP = 12
PAD = 9
CURVE = 2.5


@dataclass(frozen=True)
class Bar:
    """A length with its words: its title before it, its number and what it counts after it."""

    title: str
    n: int
    label: str
    color: str


@dataclass(frozen=True)
class Link:
    """An obstacle and one of its answers, each a text with its colour; `kind` says what the answer is."""

    left: str
    right: str
    left_color: str
    right_color: str
    kind: str


def n_bars(bars: Sequence[Bar], width: float, height: float, size: float = TEXT) -> int:
    """How many bars hold, whole, in a rectangle."""
    used, n = 0.0, 0
    for bar in bars:
        used += max(block.height for block in _around(bar, width, size)) + (GAP if n else 0)
        if used > height:
            break
        n += 1
    return n


def _around(bar: Bar, width: float, size: float) -> tuple[Block, Block]:
    return set_in(width * 0.5, Par(bar.title, size)), set_in(width * 0.27, Par(bar.label, size))


def _largest(count: Callable[[float], int], n: int) -> float:
    """The largest size at which all hold, by how many do."""
    return next((size for size in TEXTS if count(size) == n), TEXT)


def draw_bars(bars: Sequence[Bar], width: float, height: float) -> str:
    """Horizontal bars as long as the words on both sides allow, spread over the height as far as three gaps."""
    bars = bars[: n_bars(bars, width, height)]
    size = _largest(lambda size: n_bars(bars, width, height, size), len(bars))
    blocks = [_around(bar, width, size) for bar in bars]
    heights = [max(block.height for block in pair) for pair in blocks]
    spare = (height - sum(heights)) / max(len(bars), 1)
    start = max((title.width for title, _ in blocks), default=0) + GAP * 1.5
    longest = width - start - GAP - max((label.width for _, label in blocks), default=0)
    y, out, most = 0.0, [], max((bar.n for bar in bars), default=1)
    for bar, (title, label), tall in zip(bars, blocks, heights, strict=True):
        long = longest * bar.n / most
        out.append(title.at(0, y + (tall - title.height) / 2))
        out.append(rect(start, y + (tall - size * 1.3) / 2, long, size * 1.3, bar.color))
        out.append(label.at(start + long + GAP, y + (tall - label.height) / 2))
        y += tall + min(spare, 3 * GAP)
    return "".join(out)


def _boxes(links: Sequence[Link], width: float, size: float) -> tuple[dict[str, Block], dict[str, Block]]:
    """The texts of both columns, each once, in order; answers say what they are."""
    column = width * 0.4 - 2 * PAD
    left = {link.left: set_in(column, Par(link.left, size)) for link in links}
    right = {
        link.right: set_in(column, Par(link.kind, size * 0.83, bold=True, color=SOFT), Par(link.right, size))
        for link in links
    }
    return left, right


def _tall(blocks: dict[str, Block]) -> float:
    return sum(block.height + 2 * PAD + GAP for block in blocks.values()) - GAP


def n_links(links: Sequence[Link], width: float, height: float, size: float = TEXT) -> int:
    """How many links hold, with both their ends whole, in a rectangle."""
    n = 0
    while n < len(links) and max(_tall(column) for column in _boxes(links[: n + 1], width, size)) <= height:
        n += 1
    return n


def draw_links(links: Sequence[Link], width: float, height: float) -> str:
    """Two columns of boxes, obstacles at the left, and a line for each link."""
    links = links[: n_links(links, width, height)]
    columns = _boxes(links, width, _largest(lambda size: n_links(links, width, height, size), len(links)))
    edges = ({link.left: link.left_color for link in links}, {link.right: link.right_color for link in links})
    out: list[str] = []
    middles: tuple[dict[str, float], dict[str, float]] = ({}, {})
    for side, (blocks, colors) in enumerate(zip(columns, edges, strict=True)):
        tallest = min(height, 1.6 * max((_tall(column) for column in columns), default=0))
        gap = GAP + (tallest - _tall(blocks)) / max(len(blocks), 1)
        x, y = side * width * 0.6, (gap - GAP) / 2
        for text, block in blocks.items():
            tall = block.height + 2 * PAD
            out += [rect(x, y, width * 0.4, tall, tint(colors[text]), colors[text]), block.at(x + PAD, y + PAD)]
            middles[side][text] = y + tall / 2
            y += tall + gap
    for link in links:
        start, end = middles[0][link.left], middles[1][link.right]
        bend = f"{width / 2:.1f} {start:.1f} {width / 2:.1f} {end:.1f}"
        curve = f"M{width * 0.4:.1f} {start:.1f}C{bend} {width * 0.6:.1f} {end:.1f}"
        out.append(path(curve, edge=link.right_color, thick=CURVE))
    return "".join(out)


def draw_grid(
    lines: Sequence[str],
    columns: Sequence[tuple[str, str]],
    counts: Sequence[Sequence[int]],
    width: float,
    height: float,
) -> str:
    """Numbers in cells, darker where there are more of them; a column is a name and its colour."""
    size = min(22.0, (height - 50) / len(lines) * 0.45)
    side, head = width * 0.34, 44.0
    wide, tall = (width - side) / len(columns), min(110.0, (height - head) / len(lines))
    most = max([n for row in counts for n in row] + [1])
    out = []
    for rank, (name, _) in enumerate(columns):
        out.append(set_in(wide, Par(name, 22, bold=True)).at(side + wide * (rank + 0.5), 4, "middle"))
    for line, (label, row) in enumerate(zip(lines, counts, strict=True)):
        y = head + line * tall
        title = set_in(side - GAP, Par(label, size))
        out.append(title.at(0, y + (tall - title.height) / 2))
        for rank, n in enumerate(row):
            fill = tint(columns[rank][1], 0.08 + 0.52 * n / most)
            number = set_in(wide, Par(str(n), size, bold=True, color=on(fill)))
            out.append(rect(side + wide * rank + 2, y + 2, wide - 4, tall - 4, fill))
            out.append(number.at(side + wide * (rank + 0.5), y + (tall - number.height) / 2, "middle"))
    return "".join(out)


def draw_voted(voted: Sequence[tuple[str, int]], width: float, height: float) -> str:
    """What received most votes, each with its number before it, as many as hold."""
    y, out = 0.0, []
    for words, n in voted:
        number = set_in(width, Par(str(n), TEXT * 1.7, bold=True))
        text = set_in(width - 62, Par(words, TEXT))
        tall = max(number.height, text.height)
        if y + tall > height:
            break
        out += [number.at(0, y + (tall - number.height) / 2), text.at(62, y + (tall - text.height) / 2)]
        y += tall + GAP * 1.3
    return "".join(out)
