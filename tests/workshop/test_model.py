"""Who may be told under what name, and names that a text does not show."""

import json
import time
from dataclasses import replace

import pytest
from atelier import workshop
from hypothesis import given
from hypothesis import strategies as st
from labelled import each, false_of, true_of
from workshop_told import hand_made

from pipeline.restitution.quoting.spans import _SENTENCE
from pipeline.workshop.load import read_material
from pipeline.workshop.model import Item, is_supposed, reach, reaches, sentence_around, tellable_heading
from pipeline.workshop.records import Theme, masking


@pytest.fixture(scope="module")
def item() -> Item:
    return read_material(workshop()).groups["g-bus"].members[0]


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({"channel": "postit", "table": "1"}, True),
        ({"channel": "postit", "table": "", "source": "idees.csv", "attributes": "{}"}, False),
        ({"channel": "postit", "table": "", "source": "idees.csv", "attributes": '{"Couleur": "rose"}'}, True),
        ({"channel": "note", "table": "1"}, False),
    ],
    ids=["at a table", "a sheet", "a sheet with colours", "a note"],
)
def test_what_surely_was_on_a_post_it(item: Item, changes: dict[str, str], holds: bool) -> None:
    assert replace(item, **changes).is_postit is holds  # type: ignore[arg-type]


def test_a_group_that_mostly_waits_is_named_not_told() -> None:
    group = read_material(workshop()).groups["g-bus"]
    waiting = replace(group, members=tuple(replace(item, status="a_relire") for item in group.members))
    assert waiting.is_unsure
    assert not replace(waiting, is_accepted=True).is_unsure
    assert not group.is_unsure


TEXT = "Les bus passent tôt. Le numéro existe, personne n'appelle. Et le soir ?\nAutre ligne"


def span_of(words: str, text: str = TEXT) -> tuple[int, int]:
    at = text.index(words)
    return at, at + len(words)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Le numéro existe", "Le numéro existe, personne n'appelle."),
        ("personne n'appelle.", "Le numéro existe, personne n'appelle."),
        ("bus", "Les bus passent tôt."),
        ("le soir", "Et le soir ?"),
        ("Autre", "Autre ligne"),
    ],
)
def test_the_sentence_around(words: str, sentence: str) -> None:
    low, high = sentence_around(TEXT, span_of(words))
    assert TEXT[low:high] == sentence


def test_nothing_that_may_not_be_shown_is_reached() -> None:
    hidden = span_of("personne n'appelle.")
    low, high = reach(TEXT, span_of("Le numéro existe"), [hidden])
    assert "personne" not in TEXT[low:high]
    assert TEXT[low:high].startswith("Le numéro existe")


@given(st.text(alphabet="ab. !?…»\n", max_size=60), st.data())
def test_a_reach_holds_the_idea_and_stays_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low, high = reach(text, (start, end), [])
    assert 0 <= low <= start <= end <= high <= len(text)


@pytest.mark.parametrize(
    ("text", "span", "blocked", "shown"),
    [
        ("Pas de car. On attend dehors.", (0, 11), (), "Pas de car. On attend dehors."),
        ("Pas de car. On attend dehors.", (0, 11), ((12, 29),), "Pas de car."),
        ("Pas de car. " + "On attend dehors. " * 20, (0, 11), (), "Pas de car."),
    ],
    ids=["short", "something hidden", "long"],
)
def test_all_of_a_short_contribution_may_be_shown(
    text: str, span: tuple[int, int], blocked: tuple[tuple[int, int], ...], shown: str
) -> None:
    _, (low, high) = reaches(text, span, blocked)
    assert text[low:high] == shown


test_a_question_mark_before_a_lower_case_word_ends_no_sentence = each(
    lambda text: len(_SENTENCE.findall(text)),
    ("À quelle porte frapper : mairie ? com com ? assistante sociale ?", 1),
    ("Qui paie ? La commune ne peut plus.", 2),
    ("Le car passe tôt. Il ne revient pas.", 2),
    names=["examples after a question", "a question, then a statement", "two statements"],
)


test_sentences_go_on_after_an_abbreviation_and_the_number_of_a_member = each(
    lambda text, span: text[slice(*sentence_around(text, span))],
    (
        "La commune prête les cars, etc. sans jamais le dire. Puis elle ferme.", (0, 8),
        "La commune prête les cars, etc. sans jamais le dire.",
    ),
    (
        "Il pleut. Deux soucis ici : 1. le quai glisse / 2. le bac fuit. Tant pis.", (10, 25),
        "Deux soucis ici : 1. le quai glisse / 2. le bac fuit.",
    ),
    names=["etc.", "1."],
)  # fmt: skip


test_what_stands_under_a_heading_is_no_fact = true_of(
    is_supposed, "Le port > Si le bac revenait, le quai servirait", "Pré-mortem : l’échec du port", "Craintes"
)
test_what_stands_under_a_heading_is_one = false_of(
    is_supposed, "Si oui, lesquelles ?", "Si vous étiez maire ?", "Sites à voir", "Si non"
)


def test_the_place_of_a_few_people_is_not_told(item: Item) -> None:
    def told(*people: tuple[str, str]) -> set[str]:
        rows = [
            replace(
                item, item_id=f"i{n}", table="", channel="enquete", voice=who, attributes=json.dumps({"Commune": at})
            )
            for n, (who, at) in enumerate(people)
        ]
        material = replace(read_material(workshop()), items={one.item_id: one for one in rows})
        return {material.origin_of(one) for one in rows} - {""}

    many = [(f"Réponse {n}", "Tull") for n in range(3)]
    assert told(*many, *[(f"Réponse {n}", "Arvel") for n in (3, 4, 5)]) == {"Tull", "Arvel"}
    assert told(*many, ("Réponse 3", "Arvel"), ("Réponse 3", "Arvel"), ("Réponse 4", "Arvel")) == {"Tull"}


@pytest.mark.parametrize(
    ("contexts", "told"),
    [
        (
            ["La halle > Le positif", "Le parc > Le positif", "Le parc > Les arbres"],
            ["La halle", "Le parc", "Les arbres"],
        ),
        (["Le marché > Choses à garder", "Les jardins > Pistes possibles"], ["Le marché", "Les jardins"]),
    ],
    ids=["that several others hold", "of no subject"],
)
def test_a_heading_leaves_its_place_to_the_one_above(item: Item, contexts: list[str], told: list[str]) -> None:
    found = [
        replace(item, item_id=f"i{n}", table="", channel="note", attributes="", context=context)
        for n, context in enumerate(contexts)
    ]
    material = replace(read_material(workshop()), items={one.item_id: one for one in found})
    assert [material.heading_of(one) for one in found] == told


test_names_are_masked_where_they_stand_as_words = each(
    lambda text, names: masking(names)(text),
    ("Anne Roux chante", ("Anne", "Anne Roux"), "[…] chante"),
    ("Anne et Anneau", ("Anne",), "[…] et Anneau"),
    ("Jean-Luc, puis Jean", ("Jean-Luc", "Jean"), "[…], puis […]"),
    ("chez le @zoe du bourg", ("@zoe", ""), "chez le […] du bourg"),
    ("a@zoe", ("@zoe",), "a@zoe"),
    ("anne Roux", ("Anne",), "anne Roux"),
    ("Anne", (), "Anne"),
    names=["the longest", "a word of it", "each", "a sign", "inside a word", "as it is written", "none"],
)


def test_capitals_are_as_small_letters_where_it_is_asked() -> None:
    assert masking(("Élan Roux",), "[nom]", folds=True)("Merci ÉLAN ROUX, İ") == "Merci [nom], İ"


def test_thousands_of_names_are_asked_of_thousands_of_texts_in_no_time() -> None:
    unnamed = masking(f"Prénom{n} Nom{n}" for n in range(20_000))
    started = time.process_time()
    told = [unnamed(f"La salle {n} selon Prénom{n} Nom{n}") for n in range(20_000)]
    assert set(told) == {f"La salle {n} selon […]" for n in range(20_000)}
    assert time.process_time() - started < 5


test_a_heading_is_told_where_it_names_a_subject = each(
    tellable_heading,
    ("Atelier 2 : les jardins partagés", "les jardins partagés"),
    ("3e résolution – Les jardins partagés", "Les jardins partagés"),
    ("Atelier 2", ""),
    ("Choses à garder", ""),
    ("Pistes possibles", ""),
    ("Deux envies se dégagent", ""),
    ("Les discussions ont surtout porté sur", ""),
    ("Les jardins partagés : arrosage", "Les jardins partagés"),
    ("Qui arrose les jardins partagés ?", "Qui arrose les jardins partagés ?"),
)


def test_a_file_is_called_by_its_own_title_else_by_its_name_as_the_texts_spell_it(item: Item) -> None:
    texts = ("La précarité monte", "L'été, l'habitat chauffe", "Le car manque", "La précarité des jeunes", "Oui")
    sources = ("precarite_habitat.csv", "ete.md", "a.md", "b.md", "c.md")
    items = {
        f"i{rank}": replace(item, item_id=f"i{rank}", text=text, source=source)
        for rank, (text, source) in enumerate(zip(texts, sources, strict=True))
    }
    titles = {"a.md": "Ateliers : se déplacer", "b.md": "Ateliers : se loger", "ete.md": "Un titre bien trop long pour "
              "être dit au bas de chaque ligne d'une page"}  # fmt: skip
    material = replace(hand_made(), items=items, documents=titles)
    assert material.document_names == {
        "precarite_habitat.csv": "Précarité habitat", "ete.md": "Été", "a.md": "Se déplacer", "b.md": "Se loger",
        "c.md": "C",
    }  # fmt: skip
    masked = replace(item, source="entretien2_[…].txt")
    assert replace(material, items={"i": masked}, documents={}).document_names == {masked.source: "Entretien 2"}


def test_a_subject_that_a_machine_guessed_is_told_once_people_looked_at_its_group() -> None:
    themes = (Theme("t-1", "Tourisme", 0), Theme("t-2", "La vie au bourg", 1))
    group = replace(hand_made().groups["g-toit"], title="Le four", is_accepted=False, is_titled=False, origin="machine")
    material = replace(hand_made(), themes=themes)
    guessed, theirs = replace(group, theme_id="t-1"), replace(group, theme_id="t-2")
    assert [material.theme_of(one) for one in (guessed, replace(guessed, is_accepted=True), theirs, None)] == [
        "", "Tourisme", "La vie au bourg", "",
    ]  # fmt: skip
    assert material.theme_of(replace(theirs, title="La vie au bourg")) == ""
