"""Where the workshop was held, as French says it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atelier import frame, workshop
from workshop_told import group_of, telling_of, told_workshop

from pipeline.restitution.sections.closing import to_complete
from pipeline.restitution.sections.opening import who
from pipeline.restitution.writers.reading import plain
from pipeline.workshop.load import read_material


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Mairie de Tull", ", à la mairie de Tull."),
        ("Tull et Vorn", ", à Tull et Vorn."),
        ("Visioconférence", ", en visioconférence."),
        ("La Ruche", " (La Ruche)."),
    ],
    ids=["a building", "two towns", "from afar", "a name with its article"],
)
def test_a_place_has_the_article_that_french_gives_it(place: str, said: str) -> None:
    material = told_workshop().material
    row = {**material.workshops[0], "lieu": place}
    telling = telling_of(replace(material, workshops=(row,)))
    first = plain(who(telling)).replace("\u00a0", " ")
    assert first.endswith(f"autour de quatre tables{said}")


def test_a_date_is_not_that_of_all_when_the_notes_carry_others() -> None:
    material = told_workshop().material
    dated = replace(material.items["i-5feceb66ff"], text="4 juin 2019 – la halle", source_text="4 juin 2019 – la halle")
    other = replace(material, items=material.items | {"i-5feceb66ff": dated})
    assert "1er mars 2026" in plain(who(telling_of(material)))
    assert "2026" not in plain(who(telling_of(other)))


def test_words_of_several_days_are_not_those_of_one_workshop() -> None:
    material, _ = group_of("Le four", "Le four à pain est froid", "3 juin 2019, la halle", "4 juin 2019, le lavoir")
    telling = telling_of(replace(material, declared_participants=None))
    first = plain(who(telling)).replace("\u00a0", " ").replace("\u202f", " ")
    assert first == "Les échanges se sont tenus à plusieurs dates, autour de quatre tables, à la mairie de Tull."
    dated, _ = group_of("Le four", "Un bal au four le 3 juin 2019", "Le four le 4 juin 2019 avec tous les écoliers")
    said = plain(who(telling_of(replace(dated, declared_participants=None))))
    assert "plusieurs dates" not in said
    files = ["Le four 3 août.docx", "lavoir_4_septembre.md"]
    held, _ = group_of("Le four", "Le four à pain est froid", "Le lavoir perd son eau", source=files)
    assert "plusieurs dates" in plain(who(telling_of(replace(held, declared_participants=None))))


def test_titles_of_a_person_under_which_nothing_was_put_are_said_once() -> None:
    made = workshop()
    row = {"title_id": "g-vide", "title": "Le lavoir", "origin": "personne", "order": 0}
    group = made.reviewed_groups.iloc[0]
    held = {
        **row,
        "title_id": "g-tous",
        "title": "De partout",
        "order": 1,
    }  # of every axis: a group on each that it has
    groups = made.reviewed_groups.replace({"group_id": {group["group_id"]: f"g-tous-{group['axis']}"}})
    members = made.reviewed_memberships.replace({"group_id": {group["group_id"]: f"g-tous-{group['axis']}"}})
    tables = replace(made, titles=frame("titles", [row, held]), reviewed_groups=groups, reviewed_memberships=members)
    last = to_complete(telling_of(read_material(tables)), [])
    assert last is not None
    assert "Titres sous lesquels rien n’est encore rangé : Le lavoir." in [block.value.text for block in last.blocks]
