"""Words that stand alone, whole; and titles that say something by themselves."""

from dataclasses import replace
from typing import Any

import pytest
from labelled import false_of, true_of
from workshop_told import group_of

from pipeline.restitution.quoting.hanging import is_borne
from pipeline.restitution.quoting.standing import (
    is_understood,
    standing_words,
    stands,
)

OF_THIRTY_ONE = (
    "Le four à pain du bourg reste froid tout l'hiver et tout l'été dans le froid de la grande remise du presbytère du "
    "haut de la côte du moulin de la"
)
LONG = " ".join(["le", "four", "à", "pain", "du", "bourg", "reste", "froid"] * 6)


@pytest.mark.parametrize(
    ("text", "changes", "told"),
    [
        ("Le four à pain reste froid tout l'hiver", {}, "Le four à pain reste froid tout l'hiver"),
        ("le four à pain reste froid", {}, "le four à pain reste froid"),
        ("Elle attend toujours le boulanger du bourg", {}, None),
        ("Ça reste froid dans le four à pain", {}, None),
        ("Le four", {}, None),
        ("Et le four à pain du bourg reste froid", {}, "le four à pain du bourg reste froid"),
        ("Mais ils le chauffent le samedi au bourg", {}, None),
        (
            "Je trouve que le four à pain reste froid",
            {"provenance": "note"},
            "Je trouve que le four à pain reste froid",
        ),
        ("Le four à pain reste froid tout l'hiver sans", {}, None),
        (LONG, {}, None),
        ("Constat : le four à pain reste froid", {"provenance": "note"}, "le four à pain reste froid"),
        ("Le four à pain reste froid", {"is_quotable": False}, None),
        ("ouais le four à pain reste froid", {"provenance": "transcription"}, None),
        ("le four le four à pain reste froid", {"provenance": "transcription"}, None),
        ("froid tout l'hiver euh le four à pain quoi", {"provenance": "transcription"}, None),
        ("Prête le four à pain du bourg aux voisins", {}, None),
        (f"{OF_THIRTY_ONE} mer", {}, f"{OF_THIRTY_ONE} mer"),
        (f"{OF_THIRTY_ONE} vieille mer", {}, None),
        ("Je chauffe le four à pain du bourg", {"voice": ""}, "Je chauffe le four à pain du bourg"),
        (
            "le porte-fagots du four à pain reste vide",
            {"provenance": "transcription"},
            "le porte-fagots du four à pain reste vide",
        ),
    ],
    ids=[
        "whole",
        "opens its card",
        "a pronoun",
        "points back",
        "short",
        "what joins it to what was said is left out",
        "goes on from what was said",
        "a view told by a note",
        "waits for a word",
        "long",
        "a label",
        "banned",
        "goes on",
        "starts again",
        "says nothing of anything",
        "a deed without anyone",
        "thirty-two words",
        "thirty-three",
        "who writes says I",
        "a word of two",
    ],
)
def test_words_are_told_whole_or_not_at_all(text: str, changes: dict[str, Any], told: str | None) -> None:
    material, _ = group_of("Le four", text, **changes)
    node = standing_words(material.items["i0"])
    assert (node.text if node is not None else None) == told


LABELS = "Proposition Idées Piste Constats Frein Demande Question Remarques Exemple Besoin Projet".split()


@pytest.mark.parametrize("label", LABELS)
def test_what_a_note_taker_writes_before_an_idea_is_not_told(label: str) -> None:
    test_words_are_told_whole_or_not_at_all(
        f"{label} : le four à pain reste froid", {"provenance": "note"}, "le four à pain reste froid"
    )


def test_an_idea_that_leans_on_the_sentence_before_is_told_with_it_or_not_at_all() -> None:
    before, idea = "Le four à pain du bourg reste froid.", "Ils pourraient y cuire le pain des écoles."
    material, _ = group_of("Le four", f"{before} {idea}")
    whole = material.items["i0"]
    led = replace(whole, start=len(before) + 1, text=idea)
    assert standing_words(led) is None
    told = standing_words(replace(led, lead=before))
    assert told is not None
    assert told.text == f"{before} {idea}".rstrip(".")
    assert standing_words(replace(led, lead="Ils le chauffent")) is None  # it is not just before


@pytest.mark.parametrize(
    ("before", "idea", "told"),
    [
        ("Le bois manque, ", "mais le four à pain reste ouvert", "le four à pain reste ouvert"),
        ("Le bois manque, ", "et la fournée du samedi", None),
        ("Le bois manque : ", "il faut couper des fagots pour le four", "il faut couper des fagots pour le four"),
        ("Le bois que ", "le four à pain demande", None),
        ("Yvon est là, ", "il chauffe le four à pain", None),
        ("Le bois manque, ", "certaines voisines gardent le four", "certaines voisines gardent le four"),
        ("Le bois manque, ", "le four demande que l'on coupe des fagots et que l'on balaie", None),
        ("Mme Roux précise que ", "le four à pain reste froid", None),
    ],
    ids=[
        "joined",
        "no verb of its own",
        "after a colon",
        "inside a clause",
        "somebody said before",
        "of some",
        "two that hang on one verb",
        "told by who writes",
    ],
)
def test_a_clause_that_says_something_of_something_is_whole(before: str, idea: str, told: str | None) -> None:
    material, _ = group_of("Le four", f"{before}{idea}")
    item = material.items["i0"]
    node = standing_words(replace(item, start=len(before), text=idea), len(idea.split()))
    assert (node.text if node is not None else None) == told


def test_a_piece_of_a_sentence_is_never_cut_out_of_it() -> None:
    material, _ = group_of("Le four", "Le four à pain reste froid parce que personne ne le chauffe")
    item = material.items["i0"]
    part = replace(item, end=26, text=item.text[:26])
    node = standing_words(part)
    assert node is not None
    assert node.text == item.text


test_words_cut_once_read_by_themselves = true_of(
    is_understood, "Le four à pain reste froid […] tout l’hiver", "Le four à pain du bourg reste froid"
)
test_words_cut_twice_or_shouted_do_not = false_of(
    is_understood, "Le four […] à pain reste froid […] tout l’hiver", "LE FOUR À PAIN DU BOURG reste froid"
)


def test_what_a_note_says_that_somebody_said_stands_without_her_where_she_is_told() -> None:
    before, idea = "Mme Roux précise que ", "le four à pain reste froid"
    material, _ = group_of("Le four", before + idea, provenance="note")
    item = replace(material.items["i0"], start=len(before), text=idea)
    for voice, told in (("Mme Roux", idea), ("Voix 2, adjointe", idea), ("Voix 2", before + idea)):
        node = standing_words(replace(item, voice=voice))
        assert node is not None
        assert node.text == told


@pytest.mark.parametrize(("opening", "is_alone"), [("le", True), ("quand le", False)])
def test_a_clause_that_hangs_on_another_does_not_stand_where_it_opens_no_card(opening: str, is_alone: bool) -> None:
    before, idea = "Le bois manque. ", f"{opening} four à pain reste froid"
    material, _ = group_of("Le four", before + idea)
    assert stands(material.items["i0"], (len(before), len(before) + len(idea))) is is_alone


@pytest.mark.parametrize(
    "end", ["quand elle part", "quand il part", "sans lui", "dans son coin", "sur sa dalle", "et ses"]
)
def test_a_pronoun_after_a_name_that_is_not_shown_stands_for_it(end: str) -> None:
    assert not is_understood(f"Le four de […] reste froid {end}")


@pytest.mark.parametrize("end", ["cuit du poisson", "sauve les écoles", "semble froid", "reste sans persil"])
def test_a_word_that_holds_the_letters_of_a_pronoun_is_none(end: str) -> None:
    assert is_understood(f"Le four de […] {end}")


SUPPOSED = "Si vous fermez le four, le bourg s'éteint. Le boulanger partira dans l'année."
CLAUSE = "Sans payer le bois, le four à pain reste froid."
BORNE = (
    "La mairie aidera et s'il n'y a pas de bois,",
    "Le bourg vit, mais même si le bois est là,",
    "Le bourg vit, car à moins d'un don,",
    "Certains habitants pensent que",
    "On dit que",
    "Selon Lucie,",
)
BORNE_AFTER = (" si le bois manque", ", sauf si la mairie paie le bois", " tant que le bois manque", ", selon certains")
OPPONENT = "Tu nous dis que le four coûte cher, le four à pain reste froid."


@pytest.mark.parametrize(
    ("text", "idea", "changes", "told"),
    [
        (SUPPOSED, "Le boulanger partira dans l'année.", {}, SUPPOSED.rstrip(".")),
        (SUPPOSED.replace("partira", "part"), "Le boulanger part dans l'année.", {}, "Le boulanger part dans l'année"),
        (CLAUSE, "le four à pain reste froid", {}, CLAUSE.rstrip(".")),
        (OPPONENT, "le four à pain reste froid", {}, OPPONENT.rstrip(".")),
        *[
            (
                f"{one} le four à pain reste froid.",
                "le four à pain reste froid",
                {},
                f"{one} le four à pain reste froid",
            )
            for one in BORNE
        ],
        *[
            (f"Le four à pain reste froid{one}.", "Le four à pain reste froid", {}, f"Le four à pain reste froid{one}")
            for one in BORNE_AFTER
        ],
        *[
            (
                f"{one} le four à pain reste froid.",
                "le four à pain reste froid",
                {"provenance": "note"},
                f"{one} le four à pain reste froid",
            )
            for one in (BORNE[0], BORNE[3])
        ],
        ("Le bois manque, le four à pain reste froid.", "le four à pain reste froid", {}, "le four à pain reste froid"),
        (
            "Si le bois manque, on gèle ; le four à pain reste froid.",
            "le four à pain reste froid",
            {},
            "le four à pain reste froid",
        ),
        ("Oui, le four à pain du bourg fume. Il chauffe tout l'hiver.", "Oui, le four à pain du bourg fume.", {}, None),
        (
            "Un petit four à pain mobile",
            "Un petit four à pain mobile",
            {"context": "Si c'était le cas, il faudrait"},
            None,
        ),
        (
            "Un petit four à pain mobile",
            "Un petit four à pain mobile",
            {"context": "Si le four ferme, que faire ?"},
            "Un petit four à pain mobile",
        ),
    ],
    ids=[
        "hangs on the sentence before",
        "is so whatever stands before",
        "hangs on the clause before",
        "said by another",
        *BORNE,
        *BORNE_AFTER,
        "a note on a condition",
        "a note of what some think",
        "no condition",
        "a condition of something else",
        "granted, before what one thinks",
        "a heading that supposes",
        "a heading that asks",
    ],
)
def test_words_are_told_with_what_bears_on_them_or_not_at_all(
    text: str, idea: str, changes: dict[str, Any], told: str | None
) -> None:
    material, _ = group_of("Le four", idea, **changes)
    node = standing_words(replace(material.items["i0"], source_text=text, start=text.index(idea)))
    assert (node.text if node is not None else None) == told


def test_what_bears_on_words_stands_before_or_after_them() -> None:
    idea = "le four à pain reste froid"
    whole = [(f"{one} {idea}.", True) for one in BORNE] + [(f"{idea}{one}.", True) for one in BORNE_AFTER]
    for text, is_so in [*whole, (f"Le bois manque, {idea}.", False), (f"{idea}, et le bourg gèle.", False)]:
        material, _ = group_of("Le four", idea)
        span = text.index(idea), text.index(idea) + len(idea)
        item = replace(material.items["i0"], source_text=text, start=span[0], end=span[1])
        assert is_borne(item, span) is is_so, text
