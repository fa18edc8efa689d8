"""Plain text, for mail and forms: no mark-up at all, and no marks of sources."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.contracts.draft import Draft, FigureText, Section
from pipeline.restitution.writers.reading import Dialect, block_lines, field_title, fields_of, plain
from pipeline.restitution.writers.templating import render


def write_plain(draft: Draft) -> bytes:
    """restitution.txt."""
    return render(
        "restitution.txt.j2",
        field_title=field_title(draft),
        sections=[
            {"key": section.key, "title": section.title, "text": "\n".join(section_lines(section, draft))}
            for section in draft.sections
        ],
        **fields_of(draft, str),
    )


def section_lines(section: Section, draft: Draft) -> list[str]:
    """The lines of one section, without its title."""
    dialect = Dialect(
        sentence=plain,
        title=lambda text, _: [text, ""],
        motto=lambda text: f"({text})",
        figure=lambda block: _figure(draft.figure_of(block)),
    )
    return list(block_lines(section, 0, dialect))


def _figure(figure: FigureText) -> list[str]:
    return [figure.title, *(_row(figure.columns, row) for row in figure.rows), ""]


def _row(columns: Sequence[str], row: Sequence[str]) -> str:
    """A row of a table in one line: `Table 1 : Nord 3, Est 7`; a number says what it counts, a cell of nothing goes."""
    named = ((column, cell) for column, cell in zip(columns[1:], row[1:], strict=True) if cell not in ("", "–"))
    cells = (f"{name} {f'({cell})' if name.isdigit() else cell}" if cell.isdigit() else cell for name, cell in named)
    return f"{row[0]} : {', '.join(cells)}"
