"""The words of a file, whole: what stands between ideas is there, and what may not be shown is […] wherever it is."""

from __future__ import annotations

from dataclasses import replace

from atelier import frame, workshop

from pipeline.config import load_config
from pipeline.restitution.exports.contents import Contents
from pipeline.restitution.exports.wording import shown_files

WHOLE = "Alors, le car manque (dit Lou Vidal) ; et puis le bus de Zoé. Les loyers montent ! Fin."


def test_the_words_around_ideas_are_there_and_what_is_masked_is_not() -> None:
    tables = workshop()
    kept = tables.contributions.head(1).assign(text=WHOLE, context="Ce qui manque")
    parts = ("le car manque", "le bus de Zoé.", "Les loyers montent !")
    spans = [(WHOLE.index(part), WHOLE.index(part) + len(part)) for part in parts]
    ids = ["i-a", "i-b", "i-c"]
    items = [
        {"item_id": key, "contribution_id": kept["contribution_id"].iloc[0], "start": low, "end": high, "text": part}
        for key, part, (low, high) in zip(ids, parts, spans, strict=True)
    ]
    tag = tables.reviewed_tags.iloc[0].to_dict()
    lou, zoe = WHOLE.index("Lou"), WHOLE.index("Zoé")
    made = replace(
        tables,
        contributions=kept,
        items=frame("items", items),
        reviewed_tags=frame("reviewed_tags", [tag | {"item_id": key} for key in ids]),
        reviewed_memberships=tables.reviewed_memberships.head(0),
        reviewed_groups=tables.reviewed_groups.head(0),
        reviewed_links=tables.reviewed_links.head(0),
        reviewed_items=frame(
            "reviewed_items",
            [
                {"item_id": "i-a", "is_hidden": False, "is_quotable": True, "masks": [[lou, lou + 9]], "named": []},
                {"item_id": "i-c", "is_hidden": True, "is_quotable": True, "masks": [], "named": []},
            ],
        ),
        name_suggestions=frame(
            "name_suggestions",
            [
                {
                    "contribution_id": kept["contribution_id"].iloc[0],
                    "start": zoe,
                    "end": zoe + 3,
                    "text": "Zoé",
                    "reason": "prénom",
                }
            ],
        ),
    )
    [file] = shown_files(Contents("a", made, load_config(), lambda _: None))  # type: ignore[arg-type, return-value]
    assert file.text == "Ce qui manque\nAlors, le car manque (dit […]) ; et puis le bus de […]. […] Fin.\n\n"
    assert [file.text[low:high] for _, (low, high) in file.spans] == ["le car manque", "le bus de […]."]
