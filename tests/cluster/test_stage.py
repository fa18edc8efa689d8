"""The whole stage on hand-made frames; what holds for any texts; what is read of an axis before it is grouped."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cluster import corpus, stage
from pipeline.cluster.corpus import ClusterResult, near_table, with_headings_read
from pipeline.cluster.grouping.likeness import load_likeness, topic_vectors
from pipeline.cluster.grouping.partition import WEAK, partition
from pipeline.cluster.grouping.space import points_of
from pipeline.cluster.pairs import NearPairs, no_pairs, nothing_beside
from pipeline.cluster.stage import cluster
from pipeline.config import load_config
from pipeline.contracts.checks import empty, validate
from pipeline.execution import LocalExecutor
from pipeline.language.models.encoders import load_encoder
from tests.cluster.conftest import make_frames

BUS = ["Pas assez de bus le soir", "Plus aucun bus après 19 h", "Le dernier bus part trop tôt"]
DOCTORS = ["Il manque des médecins dans le canton", "Trop peu de médecins généralistes", "On ne trouve plus de médecin"]
NIGHT_BUS = ["Créer une navette de bus le soir", "Mettre en place un bus du soir le vendredi"]


def test_two_subjects_make_two_groups(run_cluster: Callable[..., ClusterResult]) -> None:
    found = run_cluster([*BUS, *DOCTORS], ["est"] * 6).memberships["group_id"].tolist()
    assert found[0] == found[1] == found[2]
    assert found[3] == found[4] == found[5]
    assert found[0] != found[3]


def test_groups_stay_inside_their_axis_and_hors_axe_has_no_row(run_cluster: Callable[..., ClusterResult]) -> None:
    texts = [*BUS, *DOCTORS, *NIGHT_BUS, NIGHT_BUS[0], "Bonjour à tous"]
    result = run_cluster(texts, ["est"] * 6 + ["sud"] * 3 + ["hors_axe"])
    assert len(result.memberships) == 9
    assert set(result.groups["axis"]) == {"est", "sud"}


@pytest.mark.parametrize(
    ("texts", "n_groups"),
    [
        ([], 0),
        (["Pas assez de bus le soir"], 0),
        (["Pas assez de bus le soir"] * 2, 1),
        (["Pas assez de bus le soir"] * 40, 1),
        (["Pas assez de bus le soir", "Le prix du pain augmente"], 0),
        (["", " ", "."], 0),
        (["il y a", "c'est ça", "et puis voilà"], 0),
    ],
    ids=["rien", "un", "deux identiques", "tous identiques", "deux sans rapport", "vides", "mots vides"],
)
def test_degenerate_corpora_have_a_defined_outcome(
    run_cluster: Callable[..., ClusterResult], texts: list[str], n_groups: int
) -> None:
    result = run_cluster(texts, ["est"] * len(texts))
    assert len(result.groups) == n_groups
    assert len(result.memberships) == len(texts)


def test_one_idea_of_one_table_on_two_channels_is_tied_and_counts_once(
    run_cluster: Callable[..., ClusterResult],
) -> None:
    texts = [
        "Le dernier bus part trop tôt",
        "Dernier bus qui part trop tôt",
        "Le soir, le dernier bus part bien trop tôt",
        "Bus rares le soir",
    ]
    result = run_cluster(
        texts, ["est"] * 4, tables=["1", "1", "2", "3"], channels=["postit", "note", "postit", "postit"]
    )
    assert result.memberships["tied_to"].notna().sum() == 1
    assert result.groups.iloc[0]["n_ideas"] == result.groups.iloc[0]["n_items"] - 1
    stacks = result.memberships.set_index("item_id")["stack_id"]
    for item, lead in result.memberships.dropna(subset=["tied_to"])[["item_id", "tied_to"]].itertuples(index=False):
        assert stacks[item] == stacks[lead]


def test_the_tables_subjects_are_the_themes(run_cluster: Callable[..., ClusterResult]) -> None:
    subjects = {"1": "Se déplacer sans voiture", "2": "Se soigner près de chez soi"}
    result = run_cluster([*BUS, *DOCTORS], ["est"] * 6, subjects, tables=["1"] * 3 + ["2"] * 3)
    assert result.themes["title"].tolist() == list(subjects.values())


@pytest.mark.slow
def test_axes_grouped_by_two_processes_are_those_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{text} ({n})" for n in range(3) for text in (*BUS, *DOCTORS, *NIGHT_BUS)]
    axes = [("nord", "est", "sud", "ouest")[row % 4] for row in range(len(texts))]
    items, contributions, tags, embeddings = make_frames(texts, axes)
    contributions["context"] = [("Venir ici", "Vivre ici", "")[row % 3] for row in range(len(texts))]
    asked: list[int] = []

    class Counting(LocalExecutor):
        def kept(self, weights):  # type: ignore[no-untyped-def]
            asked.append(self.n_workers)
            return super().kept(weights)

    found = {}
    for n_workers in (1, 2):
        monkeypatch.setattr(stage, "N_FOR_PROCESSES", (1, 1_000))
        found[n_workers] = cluster(
            items,
            contributions,
            tags,
            embeddings,
            empty("workshop_tables"),
            load_config(),
            load_likeness(),
            executor=Counting(n_workers),
            read_topics=topic_vectors,
        )
    assert asked == [1, 2]
    assert len(found[1].groups) > 3
    for name in ("groups", "memberships", "themes"):
        pd.testing.assert_frame_equal(getattr(found[1], name), getattr(found[2], name))


WORDS = (
    "bus car navette médecin soins logement loyer école cantine ferme marché internet mairie vélo soir matin jeunes "
    "aînés bénévoles réunion argent le la pas il y a"
).split()
ANY_TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=0, max_size=6).map(" ".join), min_size=0, max_size=25)
SLOW = settings(max_examples=15)


def groups(texts: list[str]) -> tuple[set[frozenset[int]], np.ndarray, np.ndarray]:
    """The groups as sets of rows, the labels and the strengths, whatever the order of `texts`."""
    order = sorted(range(len(texts)), key=lambda row: texts[row])
    vectors = load_encoder().encode([texts[row] for row in order]).astype(np.float16).reshape(-1, 512)
    found = partition([texts[row] for row in order], vectors, 20, beside=nothing_beside(vectors))
    labels = found.labels.tolist()
    sets = {frozenset(order[i] for i, label in enumerate(labels) if label == one) for one in set(labels) - {WEAK}}
    return sets, found.labels, found.strengths


@SLOW
@given(ANY_TEXTS, st.randoms(use_true_random=False))
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
@given(ANY_TEXTS)
def test_the_same_texts_stand_together(texts: list[str]) -> None:
    _, labels, _ = groups(texts + texts)
    order = sorted(range(2 * len(texts)), key=lambda row: (texts + texts)[row])
    by_text: dict[str, set[int]] = {}
    for place, row in enumerate(order):
        by_text.setdefault((texts + texts)[row], set()).add(int(labels[place]))
    assert all(len(found) == 1 for found in by_text.values())


def test_one_subject_is_one_group() -> None:
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
    vectors = load_encoder().encode(asked + told).astype(np.float16)
    points = points_of(asked + told, vectors, 20)[: len(asked)]
    between = (points @ points.T)[~np.eye(len(asked), dtype=bool)]
    assert between.mean() < 0.3  # raw vectors: 0.6


HEADED = ["Bus rares", "Salle froide", "Plus de bancs"]


@pytest.mark.parametrize(
    ("headings", "most", "is_read"),
    [(["Frein"] * 3, 3, True), (["Frein"] * 3, 2, False), (["Frein", "Frein", "Idée"], 2, True), ([""] * 3, 3, False)],
)
def test_one_heading_above_many_ideas_is_not_read_before_each(
    headings: list[str], most: int, is_read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "N_UNDER_ONE", most)

    def reads(texts: Sequence[str]) -> npt.NDArray[np.float16]:
        return np.array([[len(text)] for text in texts], dtype=np.float16)

    topics = reads(HEADED)
    found = with_headings_read(replace(nothing_beside(topics), headings=headings), HEADED, reads)
    assert found is not None
    told = [f"{heading} : {text}" for heading, text in zip(headings, HEADED, strict=True)]
    assert (found.under == (reads(told) if is_read else topics)).all()


def near(one: int, other: int) -> NearPairs:
    return NearPairs(np.array([one]), np.array([other]), np.array([0.5]))


def test_rows_of_each_axis_become_items() -> None:
    ids = [pd.Series(["a", "c"], index=[4, 9]), pd.Series(["b", "d", "e"]), pd.Series(["f"])]
    found = validate("near_pairs", near_table(zip(ids, (near(0, 1), near(1, 2), no_pairs()), strict=True)))
    assert found.to_numpy().tolist() == [["a", "c", 0.5], ["d", "e", 0.5]]
    assert len(validate("near_pairs", near_table([]))) == 0
