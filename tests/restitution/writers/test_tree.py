"""The document tree: a heading in the colour of its axis, an empty slot in its style, annexes after the text."""

from __future__ import annotations

import json

from draft_by_hand import DRAFT

from pipeline.restitution.writers.tree import Look, document, heading


def test_a_title_of_an_axis_stays_a_title() -> None:
    found = heading("Les pistes", 3, "sud")
    assert found["t"] == "Header"
    assert found["c"][0] == 3
    assert found["c"][2][0]["c"][0][2] == [["custom-style", "Axe Sud"]]


def test_no_title_goes_below_the_sixth_level() -> None:
    assert heading("Bas", 9)["c"][0] == 6


def test_the_text_comes_before_the_annexes_and_the_sources_last() -> None:
    tree = document(Look(DRAFT, {"rose": b""}, 1, "docx"))
    titles = [block["c"][1][0] for block in tree["blocks"] if block["t"] == "Header" and block["c"][1][0]]
    assert titles == ["texte", "est", "annexes", "rose", "sources"]
    told = json.dumps(tree, ensure_ascii=False)
    assert '["custom-style", "À compléter"]' in told
    assert told.index("Quatre secteurs.") > told.index("Les axes")


def test_a_quotation_has_the_style_of_quotations_and_its_mark_leads_somewhere() -> None:
    told = {
        kind: json.dumps(document(Look(DRAFT, {"rose": b""}, 1, kind)), ensure_ascii=False) for kind in ("docx", "odt")
    }
    assert '["custom-style", "Quote Char"]' in told["docx"]
    assert '["custom-style", "Citation"]' in told["odt"]
    assert '["#source-T2-4", ""]' in told["docx"]
