"""Plain text, for mail and forms: no mark-up at all, notes in brackets at the end."""

from __future__ import annotations

from typing import Any

from pipeline.restitution.writers.reading import field_title, header_rows, plain


def write_plain(draft: dict[str, Any]) -> bytes:
    """restitution.txt."""
    lines = [draft["title"], "=" * len(draft["title"]), ""]
    lines += [f"{label} : {value}" for label, value, _ in header_rows(draft)]
    lines += ["", field_title(), ""]
    for section in draft["sections"]:
        lines += [section["title"], "-" * len(section["title"]), ""]
        lines += section_lines(section, draft)
    return ("\n".join(lines).rstrip() + "\n").encode()


def section_lines(section: dict[str, Any], draft: dict[str, Any]) -> list[str]:
    """The lines of one section, without its title."""
    lines: list[str] = []
    for block in section["blocks"]:
        kind = block["kind"]
        if kind == "paragraph":
            lines += [" ".join(plain(sentence) for sentence in block["sentences"]), ""]
        elif kind == "list":
            lines += [*(f"- {plain(sentence)}" for sentence in block["sentences"]), ""]
        elif kind == "heading":
            lines += [block["value"]["text"], ""]
        elif kind == "motto":
            lines += [f"({block['value']['text']})", ""]
        elif kind == "slot":
            lines += [f"[{block['value']['text']}]", ""]
        elif kind == "figure":
            figure = draft["figures"][block["value"]["figure"]]
            lines += [figure["title"], *(" : ".join((row[0], row[-1])) for row in figure["rows"]), ""]
    return lines
