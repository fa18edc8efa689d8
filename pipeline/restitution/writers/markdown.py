"""Markdown, with participants' characters escaped and sources as footnotes."""

from __future__ import annotations

import re

from pipeline.contracts.draft import Block, Draft, Section, Sentence
from pipeline.restitution.writers.reading import field_title, header_rows, stretches
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


def sentence_md(sentence: Sentence, with_notes: bool = True) -> str:
    """One sentence."""
    out = "".join(
        f"**{stretch.strip()}**{' ' * (stretch != stretch.rstrip())}" if strong else stretch
        for strong, stretch in stretches(sentence, lambda run: escaped(run.text))
    )
    return out + (f"[^{sentence.note}]" if with_notes and sentence.note else "")


def section_md(section: Section, draft: Draft, level: int, with_notes: bool = True) -> list[str]:
    """The lines of one section, its title included."""
    lines = [f"{'#' * level} {escaped(section.title)}", ""]
    for block in section.blocks:
        lines += _block(block, draft, level, with_notes)
    return lines


def _block(block: Block, draft: Draft, level: int, with_notes: bool) -> list[str]:
    kind = block.kind
    if kind == "paragraph":
        return [" ".join(sentence_md(sentence, with_notes) for sentence in block.sentences), ""]
    if kind == "list":
        return [*(f"- {sentence_md(sentence, with_notes)}" for sentence in block.sentences), ""]
    if kind == "heading":
        return [f"{'#' * min(6, level + block.level)} {escaped(block.value.text)}", ""]
    if kind == "motto":
        return [f"*{escaped(block.value.text)}*", ""]
    if kind == "slot":
        return [f"*\\[{escaped(block.value.text)}\\]*", ""]
    name = block.value.figure
    figure = draft.figures[name]
    rows = [figure.columns, ["---"] * len(figure.columns), *figure.rows]
    return [
        f"![{escaped(figure.alt)}]({name}.png)",
        "",
        f"**{escaped(figure.title)}**",
        "",
        *("| " + " | ".join(cell if cell == "---" else escaped(cell) for cell in row) + " |" for row in rows),
        "",
    ]


def write_markdown(draft: Draft, level: int, template: str = "") -> bytes:
    """restitution.md, through our template or an organisation's."""
    return render(
        template,
        "restitution.md.j2",
        "modele_md",
        level=level,
        title=escaped(draft.title),
        fields=[
            {"label": escaped(label), "value": escaped(value), "is_empty": is_empty}
            for label, value, is_empty in header_rows(draft)
        ],
        field_title=field_title(),
        sections=[
            {"key": section.key, "title": escaped(section.title), "text": "\n".join(lines)}
            for section in draft.sections
            for lines in [section_md(section, draft, level + 2)]
        ],
        notes=[{"n": note.n, "text": escaped(note.text)} for note in draft.notes],
    )
