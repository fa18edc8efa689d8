"""Plain and Markdown notes as blocks: headings, bullets, paragraphs, lines joined again."""

from __future__ import annotations

import pytest

from pipeline.ingest.formats.documents.blocks import LOWEST, TABLE_LEVEL, blocks_of_text


def told(text: str, is_markdown: bool = False) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in blocks_of_text(text, is_markdown)]


MARKDOWN = [
    ("a heading", "## Freins ##", [("heading", 2, "Freins")]),
    (
        "an underlined heading",
        "Freins\n------\nUn banc manque ici.",
        [("heading", 2, "Freins"), ("paragraph", 1, "Un banc manque ici.")],
    ),
    ("a heading of the wiki", "===== Freins =====", [("heading", 2, "Freins")]),
    ("bullets", "- un banc\n  - devant le four", [("bullet", 1, "un banc"), ("bullet", 2, "devant le four")]),
    ("a box to tick", "- [x] un banc", [("bullet", 1, "un banc")]),
    ("marks", "- **un banc** au [lavoir](http://x.example), _vite_", [("bullet", 1, "un banc au lavoir, vite")]),
    ("a quotation", "> un banc", [("paragraph", 1, "un banc")]),
    ("front matter", "---\ntitle: x\n---\n- un banc", [("bullet", 1, "un banc")]),
]


@pytest.mark.parametrize(("text", "blocks"), [case[1:] for case in MARKDOWN], ids=[case[0] for case in MARKDOWN])
def test_markdown(text: str, blocks: list[tuple[str, int, str]]) -> None:
    assert told(text, is_markdown=True) == blocks


PLAIN = [
    ("stars stay", "**un banc**", [("paragraph", 1, "**un banc**")]),
    ("a numbered list", "1) un banc\n2) un bal", [("bullet", 1, "un banc"), ("bullet", 1, "un bal")]),
    ("a line over a list", "Freins\n- un banc", [("heading", LOWEST, "Freins"), ("bullet", 1, "un banc")]),
    (
        "a line in capitals",
        "FREINS\nUn banc manque.",
        [("heading", LOWEST, "FREINS"), ("paragraph", 1, "Un banc manque.")],
    ),
    (
        "a line that names a table",
        "Table 3\nUn banc manque.",
        [("heading", TABLE_LEVEL, "Table 3"), ("paragraph", 1, "Un banc manque.")],
    ),
    ("the last line is no heading", "UN BANC", [("paragraph", 1, "UN BANC")]),
    ("a bullet that goes on", "- un banc devant\n  le four", [("bullet", 1, "un banc devant le four")]),
]


@pytest.mark.parametrize(("text", "blocks"), [case[1:] for case in PLAIN], ids=[case[0] for case in PLAIN])
def test_plain(text: str, blocks: list[tuple[str, int, str]]) -> None:
    assert told(text) == blocks


def test_lines_cut_by_hand_are_joined() -> None:
    lines = [
        "Le four à pain du hameau est fermé depuis le printemps, et",
        "personne ne sait qui doit payer la réparation de la voûte,",
        "ni qui garde la clé quand la boulangère est en congé, ce qui",
        "arrive souvent, à ce que disent les voisins du haut de la cô-",
        "te.",
    ]
    (block,) = blocks_of_text("\n".join(lines), False)
    assert block.text == " ".join(lines[:4]) + "te."
    assert block.place == "ligne 1"


def test_a_blank_line_parts_two_paragraphs() -> None:
    assert (
        len(told("le four est fermé depuis longtemps et personne ne sait pourquoi il l'est\n\net le lavoir fuit")) == 2
    )
