"""Questions and votes: who takes which side, each person once; both camps are told with their counts."""

from dataclasses import replace
from itertools import product
from typing import Any

import pandas as pd
import pytest
from atelier import workshop
from workshop_told import hand_made

from pipeline.contracts.checks import conform
from pipeline.contracts.draft import Sentence
from pipeline.contracts.plan import Plan
from pipeline.language.syntax.workshop_lexicon import learn
from pipeline.restitution.material.facts import compute_facts
from pipeline.restitution.prose.places import Places
from pipeline.restitution.prose.telling import Telling
from pipeline.restitution.sections.positions import ballots, closed_answers, opinions, results, votes
from pipeline.workshop.load import read_material
from pipeline.workshop.model import Material
from pipeline.workshop.questions import Question, read_questions, told_by_few, with_decided_sides


def asked(*rows: tuple[str, str, str | None, str | None, str, int], where: Any = "ligne 2") -> tuple[Question, ...]:
    """Questions of positions given as (about, side, voice, answer, evidence, n)."""
    columns = ["about", "side", "voice", "answer", "evidence", "n"]
    frame = pd.DataFrame(rows, columns=columns).assign(
        position_id=[f"p{row}" for row in range(len(rows))], workshop="atelier", source="a.csv", locator=where,
        target=None, contribution_id=None,
    )  # fmt: skip
    return read_questions(conform("positions", frame))


def filed(*rows: dict[str, Any]) -> pd.DataFrame:
    """Positions that one file tells, each by what it has of its own."""
    usual = {"workshop": "atelier", "source": "a.txt", "target": None, "contribution_id": None, "voice": None,
             "answer": None, "side": "pour", "n": 1, "evidence": "fil"}  # fmt: skip
    told = [usual | {"position_id": f"p{n}", "locator": f"ligne {n}"} | row for n, row in enumerate(rows)]
    return conform("positions", pd.DataFrame(told))


def answer(about: str, side: str, voice: str | None, given: str | None = None, **kept: Any) -> Any:
    return about, side, voice, given, kept.get("evidence", "colonne"), kept.get("n", 1)


def test_each_person_is_counted_once_whatever_she_sent() -> None:
    (rue,) = asked(
        *(answer("La rue ?", side, f"Voix {n}") for side, n in (("pour", 1), ("pour", 1), ("contre", 2))),
        *(answer("La rue ?", side, f"Voix {n}") for side, n in (("contre", 3), ("pour", 3))),
        answer("La rue ?", "sans", "Voix 4", "bof"),
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


@pytest.mark.parametrize(
    ("n_wrote", "evidence", "is_few"), [(3, "cellule", True), (2, "cellule", False), (3, "colonne", False)]
)
def test_a_few_titles_that_take_a_side_are_no_answer_of_all(n_wrote: int, evidence: str, is_few: bool) -> None:
    """« Favorable » heads two rows of which one says nothing else, among rows that other words head."""
    sides = filed(
        {"about": "sujet", "source": "a.csv", "evidence": evidence, "contribution_id": "c0"},
        {"about": "sujet", "source": "a.csv", "evidence": evidence},
    )
    contexts = ["sujet", *["sujet"] * n_wrote, *["texte"] * 9]
    wrote = pd.DataFrame({"source": "a.csv", "context": contexts})
    assert told_by_few(sides, wrote).tolist() == [is_few] * 2


def telling_of(questions: tuple[Question, ...], came: int | None = None, of: Material | None = None) -> Telling:
    material = replace(of or hand_made(), questions=questions, declared_participants=came)
    return Telling(material, Plan({}, (), {}, {}), Places(material, compute_facts(material, {})), learn([]))


def lines(questions: tuple[Question, ...], came: int | None = None) -> tuple[list[str], list[str]]:
    """What is voted and answered, a sentence a line, a row of a table a line of cells; the same of `paroles`."""
    telling = telling_of(questions, came)
    told = (votes(telling, ()), opinions(telling), closed_answers(telling))
    voted, sides, answers = (
        [row for block in (section.blocks if section else ()) for row in map(plain, block.sentences)]
        for section in told
    )
    return voted + sides, answers


def plain(sentence: Sentence) -> str:
    is_row = sentence.nodes[-1].text == "Total" or not sentence.text.endswith(".")
    text = " | ".join(node.text for node in sentence.nodes) if is_row else sentence.text
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def given(about: str, evidence: str = "echelle", side: str = "sans", **counts: int) -> list[Any]:
    """The answers of as many people; `_` holds the place of a space, `autre` is an answer in their own words."""
    said = [None if word == "autre" else word.replace("_", " ") for word, n in counts.items() for _ in range(n)]
    return [answer(about, side, f"V{n}", word, evidence=evidence) for n, word in enumerate(said)]


def test_all_who_answered_are_counted_with_every_answer_and_those_of_their_own_words() -> None:
    questions = asked(*given("La durée ?", Trop_longue=2, Bien=56, Trop_courte=5, autre=1))
    assert questions[0].n == 64
    told = "La durée ?, 64 réponses : Bien (56), Trop courte (5), Trop longue (2), une autre réponse."
    assert lines(questions) == ([told], [told])


def test_two_who_answered_in_their_own_words_and_one_who_also_chose() -> None:
    rows = [*given("La durée ?", Bien=3, autre=2), answer("La durée ?", "sans", "V0", None, evidence="echelle")]
    assert lines(asked(*rows))[0] == ["La durée ?, cinq réponses : Bien (3), deux autres réponses."]


def test_questions_of_one_scale_are_one_table_in_the_order_of_the_files_and_of_the_scale() -> None:
    rows = (
        *given("La salle ?", Satisfait=5, Très_satisfait=2, Peu_satisfait=1), *given("Quel jour ?", samedi=6, jeudi=2),
        *given("Le repas ?", Très_satisfait=6, satisfaite=1, autre=1), *given("Le car ?", Pas_du_tout_satisfait=8),
    )  # fmt: skip
    assert lines(asked(*rows))[0] == [
        "Question | Très satisfait | Satisfait | Peu satisfait | Autre réponse | Total",
        "La salle ? | 2 | 5 | 1 | – | 8",
        "Le repas ? | 6 | 1 | – | 1 | 8",
        "Quel jour ?, huit réponses : samedi (6), jeudi (2).",
        "Le car ?, huit réponses : Pas du tout satisfait (8).",
    ]


def test_numbers_are_told_with_those_of_the_same_top() -> None:
    notes = [("contre", "1"), ("contre", "2"), ("sans", "3"), ("pour", "5"), ("pour", "4/5"), ("pour", "4")]
    rows = [
        answer(about, side, f"V{n}", said, evidence="echelle")
        for about in ("Le car", "Le train")
        for n, (side, said) in enumerate(notes[about == "Le train" :])
    ]
    rows += [answer("Le vélo", "pour", f"V{n}", str(n), evidence="echelle") for n in range(8, 11)]
    assert lines(asked(*rows))[0] == [
        "Question | 1 | 2 | 3 | 4 | 5 | Total",
        "Le car | 1 | 1 | 1 | 2 | 1 | 6",
        "Le train | – | 1 | 1 | 2 | 1 | 5",
        "Le vélo, trois réponses, de la plus basse à la plus haute : 8 (1), 9 (1), 10 (1).",
    ]


def test_a_scale_of_many_numbers_is_told_by_its_top_middle_and_bottom() -> None:
    side = {n: "contre" if n < 4 else "sans" if n < 9 else "pour" for n in range(1, 13)}
    rows = [answer("Le car ?", side[n], f"V{n}", str(n), evidence="echelle") for n in side]
    rows += [answer("Le car ?", "sans", "V0", None, evidence="echelle")]
    told = "Le car ?, treize réponses : 4 en haut de l’échelle, 3 en bas, 5 au milieu, une autre réponse."
    assert lines(asked(*rows)) == ([told], [told])


def test_answers_that_begin_with_a_number_are_not_one() -> None:
    (often,) = asked(*given("Combien de fois ?", **{"2_fois": 3, "2_à_5_fois": 2, "1_-_Oui": 1, "1_-_Non": 1}))
    assert often.answers == {"2 fois": 3, "2 à 5 fois": 2, "1 - Non": 1, "1 - Oui": 1}


def test_sides_are_told_where_answers_say_them_in_several_ways_and_degrees_where_they_say_more() -> None:
    def sided(about: str, *said: tuple[str, str | None]) -> list[Any]:
        return [answer(about, side, f"V{n}", word) for n, (side, word) in enumerate(said)]

    rows = (
        *sided("La rue ?", ("pour", "oui"), ("pour", "je suis pour"), ("contre", "non"), ("sans", None)),
        *sided("La place ?", ("pour", "Pour"), ("contre", "Contre")),
        *sided("Le pont ?", ("pour", "👍"), ("contre", "👎")),
        *sided("Le bal ?", ("pour", "Satisfait"), ("pour", "Très satisfait")),
        *sided("Le four ?", ("pour", "Oui, tout à fait"), ("pour", "Plutôt oui"), ("contre", "Non")),
        *sided("Le banc ?", ("pour", "Oui"), ("contre", "Non"), ("contre", "non.")),
        *sided("Le quai ?", ("pour", "Oui"), ("contre", "Non")),
        ("Le quai ?", "nuance", "V2", None, "cellule", 1),
    )  # fmt: skip
    assert lines(asked(*rows))[0] == [
        "Question | Pour | Contre | À condition | Autre réponse | Total",
        "La rue ? | 2 | 1 | – | 1 | 4",
        "La place ? | 1 | 1 | – | – | 2",
        "Le pont ? | 1 | 1 | – | – | 2",
        "Le quai ? | 1 | 1 | 1 | – | 3",
        "Le bal ?, deux réponses : Très satisfait (1), Satisfait (1).",
        "Le four ?, trois réponses : Oui, tout à fait (1), Plutôt oui (1), Non (1).",
        "Le banc ?, trois réponses : Oui (1), Non (2).",
    ]


@pytest.mark.parametrize(
    ("outcome", "came", "essential"),
    [
        ("adoptée", 20, ["Le vote approuve Le four (12 pour, 3 contre)."]),
        ("", 15, ["Le vote approuve Le four (12 pour, 3 contre)."]),
        ("rejetée", 20, []),
        ("non adoptée", None, []),
        ("sans quorum", None, []),
        ("vote nul", None, []),
        ("reporté au 3 juin", None, []),
        ("adoptée", 14, []),
    ],
)
def test_a_vote_concludes_nothing_where_its_result_says_otherwise_or_more_voted_than_came(
    outcome: str, came: int | None, essential: list[str]
) -> None:
    sides = (("pour", 12), ("contre", 3))
    rows = [answer("Le four", side, None, None, evidence="vote", n=n) for side, n in sides]
    rows += [answer("Le four", "sans", None, outcome, evidence="decision")] * bool(outcome)
    questions = asked(*rows, where="l. 4")
    assert [plain(one) for one in ballots(telling_of(questions, came))] == essential
    told = f" ; {outcome}" if outcome and came != 14 else ""
    assert lines(questions, came)[0] == [f"Le four : 12 pour, 3 contre{told}."]


def test_the_essential_says_the_answers_to_the_question_of_the_whole() -> None:
    rows = (
        *given("La salle ?", Plutôt_utile=12), *given("Le repas ?", Très_utile=2, Peu_utile=10),
        *given("Le car ?", Peu_utile=2, Plutôt_utile=10), *given("Le bus ?", Très_utile=9, Plutôt_utile=2, Peu_utile=1),
        *given("Quelle est votre satisfaction générale ?", Peu_utile=1, Plutôt_utile=4, Très_utile=7),
        *given("Quel jour ?", samedi=9, jeudi=3),
    )  # fmt: skip
    assert [plain(one) for one in results(telling_of(asked(*rows)))] == [
        "À Quelle est votre satisfaction générale ?, douze réponses : Très utile (7), Plutôt utile (4), Peu utile (1).",
    ]


def test_the_essential_says_what_is_answered_most_alike_where_nothing_is_rated() -> None:
    rows = (
        *given("Quand le four ?", samedi=9, dimanche=1, lundi=2), *given("Qui le chauffe ?", lui=6, elle=6),
        *given("Quel bois ?", chêne=10, hêtre=2), *given("Trop peu ?", ici=9),
    )  # fmt: skip
    assert [plain(one) for one in results(telling_of(asked(*rows)))] == [
        "À Quand le four ?, douze réponses : samedi (9), lundi (2), dimanche (1).",
        "À Quel bois ?, douze réponses : chêne (10), hêtre (2).",
    ]


def test_what_is_answered_in_turn_is_told_with_both_sides_and_their_words() -> None:
    tables = workshop()
    texts = dict(zip(tables.contributions["contribution_id"], tables.contributions["text"], strict=True))
    first, second, third = list(texts)[:3]
    rows = [("contre", second, "Voix 1, CCI"), ("pour", third, "Voix 2")]
    voices = {first: "Voix 3, maire", second: "Voix 1, CCI", third: "Voix 2"}
    reply = {"about": texts[first], "target": first}
    positions = filed(*(reply | {"contribution_id": key, "voice": voice, "side": side} for side, key, voice in rows))
    material = read_material(replace(tables, positions=positions))
    (question,) = material.questions
    assert question.said == {"contre": (second,), "pour": (third,)}
    plan = Plan({}, (), {}, {})
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
    assert said.startswith("Le maire avance : ")
    assert sides.startswith("Une personne est d’accord : ")
    assert "; une personne (CCI) n’est pas d’accord : " in sides
    banned = {
        key: replace(item, quote_choice="bannie") if item.contribution_id == first else item
        for key, item in material.items.items()
    }
    assert opinions(replace(telling, material=replace(material, items=banned))) is None  # its proposal is set aside


def test_who_answers_a_heading_alone_answers_nobody() -> None:
    tables = workshop()
    key = tables.contributions["contribution_id"].iloc[0]
    for heading, is_told in (("Retranscription des débats", False), ("Arrêter le bac du dimanche", True)):
        placed = tables.contributions.assign(context="Retranscription des débats")
        positions = filed({"about": heading, "contribution_id": key, "voice": "Voix 1", "side": "contre"})
        material = read_material(replace(tables, contributions=placed, positions=positions))
        assert bool(opinions(telling_of(material.questions, of=material))) is is_told


def test_what_is_answered_is_told_unless_its_own_words_name_somebody_masked() -> None:
    tables = workshop()
    (thanks,) = (one for one in tables.contributions.itertuples() if "Martine Quéhan" in one.text)
    told = []
    for about in ("Merci à Martine Quéhan", "Merci"):
        row = {"about": about, "target": thanks.contribution_id, "voice": "Voix 1", "side": "contre"}
        material = read_material(replace(tables, positions=filed(row)))
        told.append([one.about for one in material.questions])
    assert told == [[], ["Merci"]]


def divided(evidence: str, voices: tuple[str | None, ...], **changed: Any) -> list[str]:
    """What is told of a question on which the first ideas of a workshop are for, against, and for on a condition."""
    tables = workshop()
    keys = [*tables.contributions["contribution_id"]][:3]
    about = {"about": "Rallumer le four du bourg", "evidence": evidence}
    rows = (
        about | {"contribution_id": key, "voice": voice, "side": side}
        for key, voice, side in zip(keys, voices, ("pour", "contre", "nuance"), strict=True)
    )
    material = read_material(replace(tables, positions=filed(*rows)))
    items = {key: replace(item, **changed) for key, item in material.items.items()}
    material = replace(material, items=items)
    telling = Telling(material, Plan({}, (), {}, {}), Places(material, compute_facts(material, {})), learn(()))
    section = opinions(telling)
    return [one.text for one in section.sentences] if section else []


@pytest.mark.parametrize(
    ("evidence", "voices", "counts"),
    [
        ("colonne", ("Voix 1", "Voix 2", "Voix 3"), "une personne"),
        ("colonne", (None, None, None), "une réponse"),
        ("liste", (None, None, None), "un argument"),
    ],
)
def test_both_camps_of_what_divides_are_told_with_their_counts_and_a_word_of_each(
    evidence: str, voices: tuple[str | None, ...], counts: str
) -> None:
    (told,) = divided(evidence, voices)
    opening, against, condition = told.replace("\u202f", " ").replace("\u00a0", " ").split(" ; ")
    assert opening.startswith(f"Les avis s’opposent sur Rallumer le four du bourg : pour, {counts} – ")
    assert against.startswith(f"contre, {counts} – ")
    assert condition.startswith(f"à condition, {counts} – ")


def test_a_camp_whose_words_nobody_may_read_keeps_its_count() -> None:
    told = divided("colonne", ("Voix 1", "Voix 2", "Voix 3"), quote_choice="bannie")
    assert [one.replace("\u00a0", " ") for one in told] == [
        "Rallumer le four du bourg, trois réponses : 1 pour, 1 contre, 1 à condition."
    ]


def test_lists_that_only_argue_for_divide_nobody() -> None:
    rows = (answer("Rallumer le four du bourg", "pour", None, evidence="liste") for _ in range(3))
    (listed,) = asked(*rows)
    assert (listed.is_listed, listed.has_camps) == (True, False)


def test_what_people_decide_of_a_side_is_the_side_that_is_counted() -> None:
    tables = workshop()
    items = tables.items[["item_id", "contribution_id"]].head(2)
    positions = filed(*(
        {"about": about, "contribution_id": key, "voice": f"Voix {n}", "answer": "Oui", "evidence": "colonne"}
        for n, (key, about) in enumerate(product(items["contribution_id"], ("Four ?", "Bac ?")))
    ))  # fmt: skip
    memberships = pd.DataFrame(
        {
            "item_id": items["item_id"], "stance": ["contre", "contre"], "stance_on": ["Four ?", "Four ?"],
            "decided_by": ["Anne", None],
        }
    )  # fmt: skip
    found = with_decided_sides(positions, items, memberships)
    assert found["side"].tolist() == ["contre", "pour", "pour", "pour"]
    assert found["answer"].fillna("").tolist() == ["", "Oui", "Oui", "Oui"]


def test_votes_of_several_documents_stand_each_under_its_own_the_first_day_first() -> None:
    told = {"side": "pour", "n": 7, "evidence": "vote"}
    spring = told | {"source": "2025-04-02_assemblee.md", "about": "Le local du bas"}
    autumn = told | {"source": "proces_verbal.md", "about": "Le four du bourg"}
    others = told | {"source": "2025-04-02_assemblee.md", "about": "Les tarifs"}
    material = hand_made()
    first, second, *rest = material.items.values()
    dated = (
        replace(first, source="2025-04-02_assemblee.md", date="2025-04-02"),
        replace(second, source="proces_verbal.md", date="2024-10-12"),
    )
    items = {one.item_id: one for one in (*dated, *rest)}
    titles = {"proces_verbal.md": "Assemblée d’automne"}
    asked_there = read_questions(filed(spring, autumn, others))
    of = replace(material, items=items, documents=titles)
    telling = telling_of(asked_there, of=of)
    section = votes(telling, [])
    assert section is not None
    told_of = [block.value.text or [plain(one) for one in block.sentences] for block in section.blocks]
    assert told_of == [
        "Assemblée d’automne, 12 octobre 2024", ["Le four du bourg : 7 pour."],
        "Assemblee 2 avril 2025", ["Le local du bas : 7 pour.", "Les tarifs : 7 pour."],
    ]  # fmt: skip
    assert [plain(one) for one in ballots(telling)] == [
        "Le vote approuve Le local du bas (2 avril 2025 : 7 pour), Le four du bourg (12 octobre 2024 : 7 pour) et "
        "Les tarifs (2 avril 2025 : 7 pour)."
    ]
