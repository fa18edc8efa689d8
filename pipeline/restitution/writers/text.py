"""Markdown, YesWiki and plain text: one walk of the draft; in each, words of people are made inert.

Sources are short marks, resolved at the end; plain text, for mail and forms, has no mark-up at all, and no marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.contracts.draft import Draft, FigureText, Section, Sentence
from pipeline.restitution.writers.reading import (
    ANNEXES,
    TITLE,
    brackets_joined,
    explained,
    field_title,
    header_rows,
    plain,
    source_lines,
    stretches,
)

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def render(template: str, escapes: bool = False, **values: Any) -> bytes:
    """A template with its values, in UTF-8, ending with one newline.

    `escapes` : true for html; in the text formats, words come already inert.
    """
    text: str = _environment(escapes).get_template(template).render(**values)
    return (text.rstrip() + "\n").encode()


@cache
def _environment(escapes: bool) -> Any:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=escapes,  # noqa: S701  (as said above)
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass(frozen=True)
class TextFormat:
    """How a text format writes words, and each kind of block; `point` begins a point of a list."""

    template: str
    shown: Callable[[str], str]
    sentence: Callable[[Sentence, bool], str]
    title: Callable[[str, int], list[str]]
    motto: str
    figure: Callable[[str, FigureText], list[str]]
    point: str = "- "

    def lines(self, section: Section, draft: Draft, level: int, with_sources: bool = True) -> Iterator[str]:
        """The lines of a section of that level, without its title."""
        for block in section.blocks:
            sentences, text = [self.sentence(one, with_sources) for one in block.sentences], block.value.text
            if block.kind == "paragraph":
                yield from (" ".join(sentences), "")
            elif block.kind == "list":
                yield from (*(self.point + one for one in sentences), "")
            elif block.kind == "heading":
                yield from self.title(text, level + block.level)
            elif block.kind in ("figure", "table"):
                yield from self.figure(block.value.figure, draft.figure_of(block))
            else:
                yield from (self.motto.format(self.shown(text)), "")

    def section(self, section: Section, draft: Draft, level: int, with_sources: bool = True) -> str:
        """A section under its title."""
        lines = self.lines(section, draft, level, with_sources)
        return "\n".join([*self.title(section.title, level), *lines])

    def write(self, draft: Draft, level: int = 1) -> bytes:
        """The document, its title of that level."""
        sections = [(one, "\n".join(self.lines(one, draft, level + 2))) for one in draft.sections]
        return render(
            self.template,
            draft=draft,
            level=level,
            shown=self.shown,
            heading=lambda text, depth: self.title(text, depth)[0],
            fields=header_rows(draft),
            field_title=field_title(draft),
            sections=[part for part in sections if not part[0].is_annex],
            annexes=[part for part in sections if part[0].is_annex],
            in_order=sections,
            annexes_title=ANNEXES,
            sources_title=TITLE,
            explained=explained(draft),
            sources=[*source_lines(draft)],
        )


def _marked_up(sentence: Sentence, shown: Callable[[str], str], with_sources: bool) -> str:
    """A sentence in a format where bold is `**`, its marks between brackets."""
    found = stretches(sentence, lambda run: f" ({shown(run.text)})" if run.is_mark else shown(run.text), with_sources)
    return "".join(f"**{text.strip()}**{' ' * (text != text.rstrip())}" if strong else text for strong, text in found)


_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$])")
_LINE_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _LINE_START.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", _SPECIAL.sub(r"\\\1", text))


def _figure_md(name: str, figure: FigureText) -> list[str]:
    title = [f"**{escaped(figure.title)}**", ""]
    if figure.shows == "image":
        return [f"![{escaped(figure.alt)}]({name}.png)", "", *title]
    head, *rows = ([*map(escaped, row)] for row in (figure.columns, *figure.rows))
    return [*title, *(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)), ""]


MARKDOWN = TextFormat(
    "restitution.md.j2",
    escaped,
    lambda sentence, with_sources: brackets_joined(_marked_up(sentence, escaped, with_sources)),
    lambda text, level: [f"{'#' * min(6, level)} {escaped(text)}", ""],
    "*{}*",
    _figure_md,
)

_PAIRS = re.compile(r"""[{}\[\]"<>|*#=_~@%&\\^`$]|/(?=/)|(?<=/)/|-(?=-)|(?<=-)-|'(?=')|(?<=')'""")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])([A-ZÀ-Þ])|(?<=[A-Za-zÀ-ÿ])(\d)")
_ADDRESS = re.compile(r"\bh(?=ttps?:)", re.IGNORECASE)
_OPENS_A_BLOCK = re.compile(r"^[ \t\-•>!:;]")


def inert(text: str, starts_line: bool = True) -> str:
    """Text that YesWiki shows as it is, by numeric entities, which its formatter leaves alone: no action, link, title,
    emphasis, list or raw html can come out of it."""
    for pattern in (_PAIRS, _CAMEL, _ADDRESS, *([_OPENS_A_BLOCK] if starts_line else [])):
        text = pattern.sub(_entity, text)
    return text


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match.group())};"


def _sentence_wiki(sentence: Sentence, with_sources: bool) -> str:
    told = _marked_up(sentence, lambda text: inert(text, starts_line=False), with_sources)
    return brackets_joined(_OPENS_A_BLOCK.sub(_entity, told))


def _title_wiki(text: str, level: int) -> list[str]:
    marks = "=" * max(2, 7 - level)
    return [f"{marks}{inert(text)}{marks}"]


def _figure_wiki(_: str, figure: FigureText) -> list[str]:
    rows = [[f"**{inert(cell)}**" for cell in figure.columns], *([*map(inert, row)] for row in figure.rows)]
    return [f"**{inert(figure.title)}**", "[|", *(f"|{'|'.join(row)}|" for row in rows), "|]", ""]


YESWIKI = TextFormat("restitution.yeswiki.j2", inert, _sentence_wiki, _title_wiki, "//{}//", _figure_wiki, " - ")


def _row(columns: Sequence[str], row: Sequence[str]) -> str:
    """A row of a table in one line: `Table 1 : Nord 3, Est 7`; a number says what it counts, a cell of nothing goes."""
    named = ((column, cell) for column, cell in zip(columns[1:], row[1:], strict=True) if cell not in ("", "–"))
    cells = (f"{name} {f'({cell})' if name.isdigit() else cell}" if cell.isdigit() else cell for name, cell in named)
    return f"{row[0]} : {', '.join(cells)}"


PLAIN = TextFormat(
    "restitution.txt.j2",
    str,
    lambda sentence, _: plain(sentence),
    lambda text, _: [text, ""],
    "({})",
    lambda _, figure: [figure.title, *(_row(figure.columns, row) for row in figure.rows), ""],
)
