"""How many people came, and the titles under which nothing was put."""

from dataclasses import replace

from atelier import frame, workshop
from workshop_told import telling_of, told_workshop

from pipeline.restitution.sections.closing import left_to_do
from pipeline.restitution.sections.opening import who
from pipeline.restitution.writers.reading import plain
from pipeline.workshop.load import read_material


def test_tables_are_counted_only_where_it_was_declared_who_came() -> None:
    material = told_workshop().material
    assert "autour de quatre tables" in plain(who(telling_of(material))).replace("\u00a0", " ")
    told = who(telling_of(replace(material, declared_participants=None)))
    assert told is None or "tables" not in plain(told)


def test_who_answers_a_survey_meets_nobody_and_a_meeting_is_no_workshop() -> None:
    material = told_workshop().material
    items = {key: replace(item, channel="enquete", voice="Réponse 1") for key, item in material.items.items()}
    people = frozenset({("atelier", "Réponse 1"), ("atelier", "Réponse 2")})
    asked = replace(material, items=items, respondents=people)
    assert asked.declared_participants
    assert plain(who(telling_of(asked))) == "L’enquête a reçu deux réponses."
    untold = replace(material, tables={}, items={key: replace(one, table="") for key, one in material.items.items()})
    assert plain(who(telling_of(untold))).startswith("La rencontre a réuni")


def test_rows_that_answer_no_survey_are_told_by_the_name_of_their_column() -> None:
    material = told_workshop().material

    def told(attributes: str) -> str:
        items = {
            key: replace(item, channel="enquete", attributes=attributes, voice="Réponse 1")
            for key, item in material.items.items()
        }
        people = frozenset({("atelier", "Réponse 1"), ("atelier", "Réponse 2")})
        return plain(who(telling_of(replace(material, items=items, declared_participants=None, respondents=people))))

    assert told('{"nature de la ligne": "contribution"}') == "Ces paroles viennent de deux contributions."
    assert told('{"nature de la ligne": "avis"}') == "Ces paroles viennent de deux avis."
    assert told("{}") == "L’enquête a reçu deux réponses."


def test_people_who_wrote_several_answers_each_are_told_as_people() -> None:
    material = told_workshop().material
    items = {
        key: replace(item, channel="enquete", voice=f"Voix {rank % 2 + 1}", locator=f"ligne {rank}", table="")
        for rank, (key, item) in enumerate(material.items.items())
    }
    people = frozenset({("atelier", "Voix 1"), ("atelier", "Voix 2")})
    signed = replace(material, items=items, tables={}, declared_participants=None, respondents=people)
    assert plain(who(telling_of(signed))) == "Ces paroles viennent de deux personnes."


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
    told = left_to_do(telling_of(read_material(tables)))
    assert [one for one in told if "rien n'est encore rangé" in one] == [
        "Titres sous lesquels rien n'est encore rangé : Le lavoir."
    ]


def test_many_meetings_are_counted_with_the_first_and_the_last_day() -> None:
    made = workshop()
    days = [f"2026-03-0{n}" for n in range(1, 6)]
    told = read_material(replace(made, workshops=made.workshops.assign(date=", ".join(days))))
    items = {
        key: replace(item, channel="note", source=f"reunion {rank % 5}.md", date=days[rank % 5])
        for rank, (key, item) in enumerate(told.items.items())
    }
    assert "cinq rencontres, du 1er au 5 mars 2026" in [
        fact.value for fact in telling_of(replace(told, items=items)).places.facts.values()
    ]
    asked = {key: replace(item, channel="enquete") for key, item in items.items()}
    assert "du 1er au 5 mars 2026" in [
        fact.value for fact in telling_of(replace(told, items=asked)).places.facts.values()
    ]
