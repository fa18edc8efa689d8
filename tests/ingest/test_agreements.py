"""Answers between speakers: who agrees with whom, and what is no answer."""

from pathlib import Path

import pytest
from labelled import false_of

from pipeline.config import load_config
from pipeline.ingest.agreements import tell_answers
from pipeline.ingest.formats.records import Entry
from pipeline.ingest.stage import ingest

BEFORE = [
    ("Jeanne Prat", "La vase monte."), ("M. Vidal", "Draguons le chenal."), ("Mme la maire", "Le quai glisse aussi."),
]  # fmt: skip
CASES = [
    ("by name", "Je suis d'accord avec M. Vidal, et vite.", "pour", 1),
    ("a shorter name", "Je rejoins Mme Prat.", "pour", 0),
    ("a part", "Je partage l'avis de Mme la maire.", "pour", 2),
    ("what was said", "Contrairement à ce que dit M. Vidal, le chenal tient.", "contre", 1),
    ("a denial", "Je ne suis pas d’accord avec Jeanne Prat.", "contre", 0),
    ("a condition", "Je suis d'accord avec M. Vidal, à condition d'attendre l'été.", "nuance", 1),
    ("the turn before", "Pas d'accord, il tient bien.", "contre", 2),
    ("the turn before, fully", "Tout à fait d'accord.", "pour", 2),
    ("but", "Je suis d'accord, mais pas l'hiver.", "nuance", 2),
    ("who spoke before", "Je ne suis pas d'accord avec vous, il tient.", "contre", 2),
    ("no", "Non, il vient d'être refait.", "contre", 2),
    ("false", "C'est faux.", "contre", 2),
]


def told(text: str) -> list[Entry]:
    turns = [*BEFORE, ("Lucie", text)]
    entries = [Entry(f"ligne {n}", words, voice=voice, frame="debat") for n, (voice, words) in enumerate(turns)]
    tell_answers(entries, "a.md")
    return entries


@pytest.mark.parametrize(("text", "side", "target"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_an_answer_takes_a_side_on_a_turn(text: str, side: str, target: int) -> None:
    entries = told(text)
    assert [(one.side, one.evidence) for one in entries[-1].positions] == [(side, "fil")]
    assert entries[-1].answers == (entries[target].own_name,)


test_words_that_answer_nobody_who_is_known = false_of(
    lambda text: told(text)[-1].positions,
    "D'accord.",
    "Je suis d'accord pour une échelle.",
    "Je suis d'accord avec Zorba.",
    "Je ne suis plus d'accord avec M. Vidal.",
    "Qui est d'accord avec M. Vidal ?",
    "On n'est pas d'accord avec la mairie.",
    "M. Vidal est parti.",
    "Je suis d'accord avec ceux du quai.",
    "Non loin du quai, il y a un bac.",
)

PROPOSALS = ["Il faudrait une navette le samedi.", "Je propose une navette le samedi.", "Une navette le samedi ?"]
ANSWERS = [
    ("Trop compliqué.", "contre"),
    ("Ça ne marchera jamais.", "contre"),
    ("Surtout pas.", "contre"),
    ("Excellente idée.", "pour"),
    ("Oui, à condition que ce soit gratuit.", "nuance"),
]


def debate(*said: tuple[str, str]) -> list[Entry]:
    entries = [Entry(f"ligne {n}", words, voice=voice, frame="debat") for n, (voice, words) in enumerate(said)]
    tell_answers(entries, "a.md")
    return entries


@pytest.mark.parametrize("proposal", PROPOSALS)
@pytest.mark.parametrize(("answer", "side"), ANSWERS)
def test_what_is_said_at_once_of_a_proposal_takes_a_side_on_it(proposal: str, answer: str, side: str) -> None:
    first, second = debate(("Léa", proposal), ("Omar", answer))
    assert [(one.side, one.about) for one in second.positions] == [(side, proposal)]
    assert second.answers == (first.own_name,)


test_what_takes_no_side_on_a_proposal = false_of(
    lambda answer: debate(("Léa", PROPOSALS[0]), ("Omar", answer))[1].positions,
    "Qui la conduirait ?",
    "Le samedi, il y a le marché.",
    "On en reparle tout à l'heure.",
    "J'habite à Vermont.",
    "N'est pas d'accord avec le prix, ni avec la date.",
)


@pytest.mark.parametrize(
    "words",
    [
        "Quels horaires ?",
        "Durée du trajet ?",
        "La navette passe à midi.",
        "Qui la conduit ?",
        "Le prix du bac monte-t-il ?",
    ],
)
def test_what_proposes_nothing_is_answered_by_no_side(words: str) -> None:
    assert {one.side for one in debate(("Léa", words), ("Omar", "Trop compliqué."))[1].positions} <= {"sans"}


def test_who_speaks_after_a_question_answers_it() -> None:
    asked, reply, other = debate(
        ("M. Vidal", "Combien coûte le quai ?"), ("Mme la maire", "Trois mille euros."), ("Omar", "La vase monte.")
    )
    assert reply.answers == (asked.own_name,)
    assert [(one.side, one.evidence) for one in reply.positions] == [("sans", "fil")]
    assert not other.answers


def test_who_disagrees_with_an_objection_is_for_what_it_objects_to() -> None:
    said = debate(
        ("Léa", PROPOSALS[0]), ("Omar", "Trop compliqué."), ("Jean", "Je ne suis pas d'accord, c'est simple.")
    )
    assert [(one.side, one.about) for one in said[2].positions] == [("pour", PROPOSALS[0])]
    assert said[2].answers == (said[0].own_name,)
    agrees = debate(("Léa", PROPOSALS[0]), ("Omar", "Trop compliqué."), ("Jean", "Tout à fait d'accord."))
    assert [one.side for one in agrees[2].positions] == ["contre"]


def test_a_position_knows_the_contribution_that_it_answers(tmp_path: Path) -> None:
    text = "M. Vidal : Draguons le chenal.\n\nMme Prat : Je suis d'accord avec M. Vidal.\n\nM. Vidal : Bien.\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    result = ingest(tmp_path, load_config())
    said = dict(zip(result.contributions["contribution_id"], result.contributions["text"], strict=True))
    (row,) = result.positions.itertuples()
    assert (row.side, row.evidence, row.voice) == ("pour", "fil", "Voix 2")
    assert (said[row.target], said[row.contribution_id]) == ("Draguons le chenal.", "Je suis d'accord avec M. Vidal.")


def test_the_end_of_a_long_turn_is_what_the_next_one_answers() -> None:
    long = "On a parlé du quai tout l'hiver, et des bateaux, et du sable qui revient. " * 4
    first, second = debate(
        ("Léa", f"{long}Il faudrait une navette le samedi."), ("Omar", "Pas d'accord, elle est vide.")
    )
    (said,) = second.positions
    assert said.about.endswith("Il faudrait une navette le samedi.")
    assert len(said.about) <= 200 < len(first.text)


def test_another_side_is_told_at_the_head_of_a_turn() -> None:
    _, second = debate(
        ("Léa", "Ne parlons pas entre nous."), ("Omar", "D'un autre côté, il faut accepter la distance.")
    )
    assert [one.side for one in second.positions] == ["nuance"]


def test_no_to_what_denies_something_agrees_with_it() -> None:
    assert not debate(("Léa", "Il n'y a rien au port."), ("Omar", "Non, vraiment."))[1].positions


def test_who_stands_by_her_own_proposal_is_not_one_more_for_it() -> None:
    said = debate(("Léa", PROPOSALS[0]), ("Omar", "Trop compliqué."), ("Léa", "Je ne suis pas d'accord, c'est simple."))
    assert [one.side for one in said[1].positions] == ["contre"]
    assert not said[2].positions


def test_a_condition_set_after_an_objection_is_on_what_was_proposed_and_who_answers_it_is_left_alone() -> None:
    said = debate(
        ("Léa", PROPOSALS[0]), ("Omar", "Je ne suis pas d'accord, c'est loin."),
        ("Jean", "D'accord, à condition que le port paie."), ("Zoé", "Non, c'est déjà pris."),
    )  # fmt: skip
    assert [[one.side for one in entry.positions] for entry in said] == [[], ["contre"], ["nuance"], []]
    assert said[2].answers == said[1].answers == (said[0].own_name,)


def on_a_point(text: str) -> list[tuple[str, str, str]]:
    point = ("Un bac le dimanche", "Vote")
    entry = Entry("ligne 2", text, voice="Omar", frame="debat", headings=point)
    tell_answers([Entry("ligne 1", "La vase monte.", voice="Lucie", headings=point), entry], "a.md")
    return [(one.side, one.evidence, one.about) for one in entry.positions]


VOTES = [
    ("alone", "Moi je vote contre.", "contre"),
    ("with a reason", "Le chenal coûte trop cher, donc je vote contre.", "contre"),
    ("later", "Je voterai pour, parce que s'il pleut on glisse.", "pour"),
    ("of many", "Nous voterons contre cette motion parce que rien n'est chiffré.", "contre"),
    ("on a condition", "Je voterai pour si le bac part le soir.", "nuance"),
    ("but", "Je voterai pour, mais le ponton est à refaire.", "nuance"),
    ("against, but", "Je vote contre, mais le ponton est à refaire.", "contre"),
    ("neither", "Je m'abstiendrai.", "abstention"),
]


@pytest.mark.parametrize(("text", "side"), [case[1:] for case in VOTES], ids=[case[0] for case in VOTES])
def test_who_says_what_she_votes_takes_a_side_on_the_point_above(text: str, side: str) -> None:
    assert on_a_point(text) == [(side, "fil", "Un bac le dimanche")]


def test_who_says_what_she_votes_takes_a_side_on_what_was_just_proposed_or_on_the_motion() -> None:
    _, second = debate(("Léa", PROPOSALS[0]), ("Omar", "Moi je vote contre."))
    assert [(one.side, one.about) for one in second.positions] == [("contre", PROPOSALS[0])]
    alone = Entry("ligne 1", "Je voterai pour.", voice="Omar", frame="debat", headings=("Débat",), asked="Un bac neuf")
    tell_answers([alone], "a.md")
    assert [(one.side, one.about) for one in alone.positions] == [("pour", "Un bac neuf")]


test_words_that_tell_no_vote_of_who_says_them = false_of(
    on_a_point,
    "Si on doublait le prix, je vote contre.",
    "Je ne vote pas contre.",
    "Je vote pour ?",
    "Je vote contre l'amendement.",
    "Je voterai pour l'article 1 et contre l'article 2.",
    "Nous voterons contre la motion de M. Vidal.",
    "Il a dit : je vote contre.",
    "Je vote contre. Enfin non, je vote pour.",
    "Je m'abstiens de tout commentaire.",
)
