"""Markdown, with participants' characters escaped and sources as short marks, resolved at the end."""

from __future__ import annotations

import re

from pipeline.contracts.draft import Draft, FigureText, Section, Sentence
from pipeline.restitution.writers.reading import (
    Dialect,
    block_lines,
    brackets_joined,
    field_title,
    fields_of,
    stretches,
)
from pipeline.restitution.writers.templating import render

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$])")
_LINE_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _LINE_START.sub(
        lambda m: (
            m.group(1) + "\\" + m.group(2)
            if not m.group(2)[0].isdigit()
            else m.group(1) + m.group(2)[:-1] + "\\" + m.group(2)[-1]
        ),
        _SPECIAL.sub(r"\\\1", text),
    )


def sentence_md(sentence: Sentence, with_sources: bool = True) -> str:
    """One sentence."""
    out = "".join(
        f"**{stretch.strip()}**{' ' * (stretch != stretch.rstrip())}" if strong else stretch
        for strong, stretch in stretches(
            sentence, lambda run: f" ({run.text})" if run.is_mark else escaped(run.text), with_sources
        )
    )
    return brackets_joined(out)


def section_md(section: Section, draft: Draft, level: int, with_sources: bool = True) -> list[str]:
    """The lines of one section, its title included."""
    dialect = Dialect(
        sentence=lambda sentence: sentence_md(sentence, with_sources),
        title=_title,
        motto=lambda text: f"*{escaped(text)}*",
        figure=lambda block: _figure(block.value.figure, draft.figure_of(block)),
    )
    return [*_title(section.title, level), *block_lines(section, level, dialect)]


def _title(text: str, level: int) -> list[str]:
    return [f"{'#' * min(6, level)} {escaped(text)}", ""]


def _figure(name: str, figure: FigureText) -> list[str]:
    """Its image or its table, and its title."""
    title = [f"**{escaped(figure.title)}**", ""]
    if figure.shows == "image":
        return [f"![{escaped(figure.alt)}]({name}.png)", "", *title]
    rows = [figure.columns, ["---"] * len(figure.columns), *figure.rows]
    lines = ("| " + " | ".join(cell if cell == "---" else escaped(cell) for cell in row) + " |" for row in rows)
    return [*title, *lines, ""]


def write_markdown(draft: Draft, level: int) -> bytes:
    """restitution.md."""

    def parts(is_annex: bool) -> list[dict[str, str]]:
        return [
            {"key": part.key, "title": escaped(part.title), "text": "\n".join(section_md(part, draft, level + 2))}
            for part in draft.sections
            if part.is_annex is is_annex
        ]

    return render(
        "restitution.md.j2",
        level=level,
        field_title=field_title(draft),
        sections=parts(is_annex=False),
        annexes=parts(is_annex=True),
        **fields_of(draft, escaped),
    )
