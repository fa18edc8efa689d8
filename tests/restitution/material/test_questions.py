"""Questions and votes: who takes which side, each person once; both camps are told with their counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from atelier import workshop

from pipeline.contracts.checks import conform
from pipeline.contracts.draft import Sentence
from pipeline.contracts.plan import Plan
from pipeline.language.syntax.workshop_lexicon import learn
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.prose.places import Places
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.sections.positions import answered, closed_answers, opinions, votes
from pipeline.workshop.load import read_material
from pipeline.workshop.questions import Question, read_questions


def asked(*rows: tuple[str, str, str | None, str | None, str, int], where: Any = "ligne 2") -> tuple[Question, ...]:
    """Questions of positions given as (about, side, voice, answer, evidence, n)."""
    columns = ["about", "side", "voice", "answer", "evidence", "n"]
    frame = pd.DataFrame(rows, columns=columns).assign(
        position_id=[f"p{row}" for row in range(len(rows))], workshop="atelier", source="a.csv", locator=where,
        target=None, contribution_id=None,
    )  # fmt: skip
    return read_questions(conform("positions", frame))


def answer(about: str, side: str, voice: str | None, given: str | None = None, **kept: Any) -> Any:
    return about, side, voice, given, kept.get("evidence", "colonne"), kept.get("n", 1)


def test_each_person_is_counted_once_whatever_she_sent() -> None:
    (rue,) = asked(
        *(answer("La rue ?", side, f"Voix {n}") for side, n in (("pour", 1), ("pour", 1), ("contre", 2))),
        *(answer("La rue ?", side, f"Voix {n}") for side, n in (("contre", 3), ("pour", 3), ("sans", 4))),
    )
    assert rue.sides == {"pour": 1, "contre": 1, "nuance": 1, "sans": 1}
    assert (rue.n, rue.has_people) == (4, True)


def test_unknown_people_are_counted_as_they_answered() -> None:
    (rue,) = asked(
        answer("La rue ?", "pour", None), answer("La rue ?", "pour", None), answer("la rue ?", "contre", None)
    )
    assert (rue.sides, rue.has_people) == ({"pour": 2, "contre": 1}, False)


def test_sides_of_one_vote_counted_in_several_places_are_one_and_a_side_counted_twice_is_two() -> None:
    def vote(side: str, n: int) -> Any:
        return answer("Fermer la rue", side, None, None, evidence="vote", n=n)

    apart = asked(vote("pour", 4), vote("abstention", 2), vote("contre", 10), where=["l. 1", "l. 2", "l. 3"])
    assert [one.sides for one in apart] == [{"pour": 4, "contre": 10, "abstention": 2}]
    again = (vote("pour", 4), vote("contre", 10), vote("pour", 9), vote("contre", 5))
    assert [one.sides for one in asked(*again, where=["l. 1", "l. 1", "l. 2", "l. 2"])] == [
        {"pour": 4, "contre": 10},
        {"pour": 9, "contre": 5},
    ]


def test_a_counted_vote_is_as_many_as_voted() -> None:
    told = (answer("Motion 3", side, None, None, evidence="vote", n=n) for side, n in (("pour", 12), ("contre", 3)))
    (vote,) = asked(*told)
    assert (vote.sides, vote.is_vote) == ({"pour": 12, "contre": 3}, True)


def test_bare_answers_without_a_side_and_replies_are_no_question() -> None:
    assert asked(answer("Des remarques ?", "sans", "Voix 1", "non", evidence="cellule")) == ()
    assert asked(answer("Un banc", "sans", "Voix 1", evidence="fil"), answer("", "pour", "Voix 2")) == ()


def telling_of(questions: tuple[Question, ...]) -> Telling:
    material = replace(read_material(workshop()), questions=questions)
    return Telling(material, Plan((), {}), Places(material, compute_facts(material, {})), learn([]))


def lines(questions: tuple[Question, ...]) -> tuple[list[str], list[str]]:
    telling = telling_of(questions)
    told = (votes(telling, ()), opinions(telling), closed_answers(telling))
    voted, sides, answers = ([plain(one) for one in section.sentences] if section else [] for section in told)
    return voted + sides, answers


def plain(sentence: Sentence) -> str:
    return sentence.text.replace("\u00a0", " ").replace("\u202f", " ")


def test_both_camps_and_every_answer_are_told() -> None:
    given = (("pour", "5"), ("pour", "4"), ("contre", "1"), ("sans", "3"), ("pour", "5"))
    scale = [
        answer("Êtes-vous d'accord ?", side, f"V{n}", said, evidence="echelle") for n, (side, said) in enumerate(given)
    ]
    rue = (
        answer("La rue ?", "pour", None, "pour"),
        answer("La rue ?", "pour", None, "oui"),
        answer("La rue ?", "contre", None, "non"),
    )
    sides, answers = lines(asked(*scale, *rue))
    assert sides == [
        "Êtes-vous d'accord ? : 3 en haut de l’échelle, 1 au milieu, 1 en bas (cinq personnes).",
        "La rue ? : 2 pour, 1 contre.",
    ]
    assert answers == [
        "À la question Êtes-vous d'accord ?, cinq réponses au choix : 1 (1), 3 (1), 4 (1), 5 (2).",
        "À la question La rue ?, trois réponses au choix : non (1), oui (1), pour (1).",
    ]


def test_a_side_that_is_taken_by_degrees_is_told_by_them() -> None:
    said = ("Satisfait", "Très satisfait", "Satisfait", "Pas du tout satisfait")
    rows = (answer("La salle ?", "contre" if n == 3 else "pour", f"V{n}", one) for n, one in enumerate(said))
    told = "Satisfait (2), Pas du tout satisfait (1), Très satisfait (1)."
    assert lines(asked(*rows)) == ([f"À la question La salle ?, quatre réponses au choix : {told}"],) * 2


def test_the_essential_says_what_is_answered_most_alike() -> None:
    def given(about: str, **counts: int) -> list[dict[str, Any]]:
        said = [word for word, n in counts.items() for _ in range(n)]
        return [answer(about, "sans", f"V{n}", word, evidence="echelle") for n, word in enumerate(said)]

    asked_of = (
        *given("Quand le four ?", samedi=9, dimanche=1, lundi=2, jeudi=1), *given("Qui le chauffe ?", lui=6, elle=6),
        *given("Quel bois ?", chêne=10, hêtre=2), *given("Quel pain ?", seigle=8, blé=4), *given("Trop peu ?", oui=9),
    )  # fmt: skip
    assert [plain(one) for one in answered(telling_of(asked(*asked_of)))] == [
        "À la question Quand le four ?, treize réponses au choix : surtout samedi (9), lundi (2).",
        "À la question Quel bois ?, douze réponses au choix : chêne (10), hêtre (2).",
        "À Quel pain ? : seigle (8), blé (4).",
    ]


def test_what_is_answered_in_turn_is_told_with_both_sides_and_their_words() -> None:
    tables = workshop()
    texts = dict(zip(tables.contributions["contribution_id"], tables.contributions["text"], strict=True))
    first, second, third = list(texts)[:3]
    rows = [("contre", second, "Voix 1, CCI"), ("pour", third, "Voix 2")]
    voices = {first: "Voix 3, maire", second: "Voix 1, CCI", third: "Voix 2"}
    positions = conform("positions", pd.DataFrame([
        {
            "position_id": key, "workshop": "atelier", "source": "a.txt", "locator": key, "about": texts[first],
            "target": first, "contribution_id": key, "voice": voice, "answer": None, "side": side, "n": 1,
            "evidence": "fil",
        }
        for side, key, voice in rows
    ]))  # fmt: skip
    material = read_material(replace(tables, positions=positions))
    (question,) = material.questions
    assert question.said == {"contre": (second,), "pour": (third,)}
    plan = Plan((), {})
    telling = Telling(material, plan, Places(material, compute_facts(material, {})), learn(()))
    section = opinions(telling)
    assert section is not None
    assert section.title == "Ce qui fait débat"
    (sentence,) = section.sentences  # nobody knows who proposed it
    assert plain(sentence).startswith("En réponse à ")
    assert "une personne est d’accord" in sentence.text
    assert "une personne n’est pas d’accord" in sentence.text
    assert [node.ref.contribution_id for node in sentence.words if node.kind == "quote"] == [third, second]
    spoken = {
        key: replace(item, channel="transcript", axis="sud", voice=voices.get(item.contribution_id, ""))
        for key, item in material.items.items()
    }
    telling = replace(telling, places=Places(replace(material, items=spoken), telling.places.facts))
    section = opinions(replace(telling, material=replace(material, items=spoken)))
    assert section is not None
    said, sides = map(plain, section.sentences)
    assert said.startswith("Le maire propose : ")
    assert sides.startswith("Une personne l’appuie : ")
    assert "; une personne (CCI) s’y oppose : " in sides
    banned = {
        key: replace(item, quote_choice="bannie") if item.contribution_id == first else item
        for key, item in material.items.items()
    }
    assert opinions(replace(telling, material=replace(material, items=banned))) is None  # its proposal is set aside


def test_what_is_answered_is_told_unless_its_own_words_name_somebody_masked() -> None:
    tables = workshop()
    (thanks,) = (one for one in tables.contributions.itertuples() if "Martine Quéhan" in one.text)
    told = []
    for about in ("Merci à Martine Quéhan", "Merci"):
        row = {
            "position_id": "p", "workshop": "atelier", "source": "a.txt", "locator": "l", "about": about,
            "target": thanks.contribution_id, "contribution_id": None, "voice": "Voix 1", "answer": None,
            "side": "contre", "n": 1, "evidence": "fil",
        }  # fmt: skip
        material = read_material(replace(tables, positions=conform("positions", pd.DataFrame([row]))))
        told.append([one.about for one in material.questions])
    assert told == [[], ["Merci"]]


def test_answers_at_the_ends_of_a_scale_are_told_by_their_number() -> None:
    given = [*(("pour", "5") for _ in range(6)), *(("contre", "1") for _ in range(4)), ("sans", "3")]
    rated = [answer("Note", side, f"V{n}", said, evidence="echelle") for n, (side, said) in enumerate(given)]
    assert lines(asked(*rated))[0] == ["Note : six personnes sur onze donnent 5, 4 donnent 1, 1 entre ces extrêmes."]
    unknown = [answer("Note", side, None, said, evidence="echelle") for side, said in given[:-1]]
    assert lines(asked(*unknown))[0] == ["Note : 6 en haut de l’échelle, 4 en bas."]  # two answers have no middle


@pytest.mark.parametrize("values", [("10", "9", "1"), ("★★★★★", "★★★", "★")])
def test_the_ends_of_a_scale_are_numbers_and_not_words(values: tuple[str, ...]) -> None:
    high, middle, low = values
    given = [*[("pour", high)] * 3, *[("contre", low)] * 2, ("sans", middle)]
    (question,) = asked(*(answer("Note", side, f"V{n}", v, evidence="echelle") for n, (side, v) in enumerate(given)))
    assert question.ends == (high, low)
    assert list(question.answers) == [low, middle, high]
