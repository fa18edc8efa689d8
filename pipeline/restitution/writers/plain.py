"""Plain text, for mail and forms: no mark-up at all, and no marks of sources."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.contracts.draft import Draft, Section
from pipeline.restitution.writers.reading import field_title, header_rows, plain
from pipeline.restitution.writers.templating import render


def write_plain(draft: Draft, template: str = "") -> bytes:
    """restitution.txt, through our template or an organisation's."""
    return render(
        template,
        "restitution.txt.j2",
        "modele_txt",
        title=draft.title,
        fields=[
            {"label": label, "value": value, "is_empty": is_empty} for label, value, is_empty in header_rows(draft)
        ],
        field_title=field_title(draft),
        sections=[
            {"key": section.key, "title": section.title, "text": "\n".join(section_lines(section, draft))}
            for section in draft.sections
        ],
    )


def section_lines(section: Section, draft: Draft) -> list[str]:
    """The lines of one section, without its title."""
    lines: list[str] = []
    for block in section.blocks:
        kind = block.kind
        if kind == "paragraph":
            lines += [" ".join(plain(sentence) for sentence in block.sentences), ""]
        elif kind == "list":
            lines += [*(f"- {plain(sentence)}" for sentence in block.sentences), ""]
        elif kind == "heading":
            lines += [block.value.text, ""]
        elif kind == "motto":
            lines += [f"({block.value.text})", ""]
        elif kind == "slot":
            lines += [f"[{block.value.text}]", ""]
        elif kind == "figure":
            figure = draft.figures[block.value.figure]
            lines += [figure.title, *(_row(figure.columns, row) for row in figure.rows), ""]
    return lines


def _row(columns: Sequence[str], row: Sequence[str]) -> str:
    """A row of a table in one line: `Table 1 : Nord 3, Est 7`; a number says what it counts."""
    cells = [f"{column} {cell}" if cell.isdigit() else cell for column, cell in zip(columns[1:], row[1:], strict=True)]
    return f"{row[0]} : {', '.join(cell for cell in cells if cell)}"
