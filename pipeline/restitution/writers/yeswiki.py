"""YesWiki source. Participants' words are made inert with numeric entities, which its formatter leaves alone."""

from __future__ import annotations

import re

from pipeline.contracts.draft import Draft, FigureText, Section, Sentence
from pipeline.restitution.writers.reading import (
    ANNEXES,
    TITLE,
    Dialect,
    Run,
    block_lines,
    brackets_joined,
    field_title,
    fields_of,
    stretches,
)
from pipeline.restitution.writers.templating import render

_PAIRS = re.compile(r"""[{}\[\]"<>|*#=_~@%&\\^`$]|/(?=/)|(?<=/)/|-(?=-)|(?<=-)-|'(?=')|(?<=')'""")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])([A-ZÀ-Þ])|(?<=[A-Za-zÀ-ÿ])(\d)")
_LINE_START = re.compile(r"^[ \t\-•>!:;]")


def inert(text: str, starts_line: bool = True) -> str:
    """Text that YesWiki shows as it is: no action, link, title, emphasis, list or raw html can come out of it."""
    text = _PAIRS.sub(lambda match: f"&#{ord(match.group())};", text)
    text = _CAMEL.sub(_entity, text)
    text = re.sub(r"(?i)\b(h)(ttps?|ttp)(?=:)", lambda m: f"&#{ord(m.group(1))};{m.group(2)}", text)
    return _LINE_START.sub(_entity, text) if starts_line else text


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match.group())};"


def sentence_wiki(sentence: Sentence, with_sources: bool = True) -> str:
    """One sentence on one line."""
    out = ""
    for strong, stretch in stretches(sentence, _run, with_sources):
        if strong:
            out += f"**{stretch.strip()}**{' ' * (stretch != stretch.rstrip())}"
        else:
            out += stretch if out else _LINE_START.sub(_entity, stretch)
    return brackets_joined(out)


def _run(run: Run) -> str:
    text = inert(run.text, starts_line=False)
    return f" ({text})" if run.is_mark else text


def section_wiki(section: Section, draft: Draft, level: int, with_sources: bool = True) -> list[str]:
    """The lines of one section, its title included."""
    dialect = Dialect(
        sentence=lambda sentence: sentence_wiki(sentence, with_sources),
        title=lambda text, depth: [_title(text, depth)],
        motto=lambda text: f"//{inert(text)}//",
        figure=lambda block: _figure(draft.figure_of(block)),
        mark=" - ",
    )
    return [_title(section.title, level), *block_lines(section, level, dialect)]


def _figure(figure: FigureText) -> list[str]:
    head = "|" + "|".join(f"**{inert(cell)}**" for cell in figure.columns) + "|"
    rows = ["|" + "|".join(inert(cell) for cell in row) + "|" for row in figure.rows]
    return [f"**{inert(figure.title)}**", "[|", head, *rows, "|]", ""]


def _title(text: str, level: int) -> str:
    marks = "=" * max(2, 7 - level)
    return f"{marks}{inert(text)}{marks}"


def write_yeswiki(draft: Draft, level: int) -> bytes:
    """restitution.yeswiki."""

    def parts(is_annex: bool) -> list[dict[str, str]]:
        return [
            {"key": part.key, "title": inert(part.title), "text": "\n".join(section_wiki(part, draft, inner))}
            for part in draft.sections
            if part.is_annex is is_annex
        ]

    inner = min(level + 2, 5)
    return render(
        "restitution.yeswiki.j2",
        level=level,
        field_title=_title(field_title(draft), level + 1),
        sections=parts(is_annex=False),
        annexes=parts(is_annex=True),
        annex_title=_title(ANNEXES, level + 1),
        source_title=_title(TITLE, inner),
        **fields_of(draft, inert) | {"title": _title(draft.title, level)},
    )
