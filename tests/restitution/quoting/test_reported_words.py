"""Words told without « »."""

from __future__ import annotations

from dataclasses import replace

from atelier import workshop

from pipeline.contracts.draft import WordsNode
from pipeline.restitution.material.load import read_material
from pipeline.restitution.quoting.reported_words import report_node, with_dashes


def test_a_colon_of_theirs_becomes_a_dash_and_each_part_stays_a_span() -> None:
    material = read_material(workshop())
    text = "deux salles\u00a0: une «\u00a0froide\u00a0», une petite"
    item = replace(
        next(iter(material.items.values())), text=text, source_text=text, start=0, end=len(text), provenance="note"
    )
    material = replace(material, items={item.item_id: item})
    whole = report_node(item, (0, len(text)))
    assert whole.text == "deux salles\u00a0: une “froide”, une petite"
    parts = with_dashes(material, whole)
    assert not isinstance(parts, str | WordsNode)
    assert [node.text for node in parts] == ["deux salles", " – ", "une “froide”, une petite"]
    spans = [node.ref.span for node in parts if isinstance(node, WordsNode)]
    assert [text[low:high] for low, high in spans] == ["deux salles", "une «\u00a0froide\u00a0», une petite"]
